import TasksModel
import TasksText

/// Fields and their values as people read them in a history.
struct FieldValue {
  let clock: Clock

  /// Fields in the order of a task's sheet; the others behind them.
  static func isLess(_ left: FieldOrder, _ right: FieldOrder) -> Bool {
    (left.rank, left.field) < (right.rank, right.field)
  }

  /// What a field is called before its value.
  static func label(_ field: Field) -> String {
    switch field {
    case .completed: "done"
    case .isDeleted: "deleted"
    case .createdAt: "created"
    case _ where field.noteID != nil: "note"
    default: visible(field.name)
    }
  }

  /// A value on one line; nil is one that has not arrived.
  func text(_ value: JSON?, of field: Field) -> String {
    guard let value else { return "?" }
    // The label says what is so or not.
    if let isTrue = value.boolValue { return isTrue ? "yes" : "no" }
    return SpokenValue(value: value, field: field).line(clock)
  }
}

/// A field and its place among the others.
struct FieldOrder {
  let field: Field

  var rank: Int {
    switch field {
    case .title: 0
    case .completed: 1
    case .isDeleted: 2
    case .due: 3
    case .wait: 4
    case .priority: 5
    case .project: 6
    case .description: 8
    case _ where field.tag != nil: 7
    case _ where field.noteID != nil: 9
    default: 10
    }
  }
}
