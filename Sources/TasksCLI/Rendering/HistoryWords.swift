import TasksModel
import TasksStore
import TasksText

/// What edits did, in a word or two.
enum HistoryWords {
  /// What stands before a task: whether it is new, changed or deleted.
  static func sign(isNew: Bool, isDeleted: Bool) -> String {
    isDeleted && !isNew ? "-" : isNew ? "+" : "*"
  }

  /// What a change did to a task that is not new: `done, due, +shop`.
  ///
  /// Of a new task only what became of it at once.
  static func summary(_ task: LoggedTask) -> [String] {
    var words: [String] = []
    if task.isDeleted, task.isNew { words.append("deleted") }
    let fields = task.fields.map { FieldOrder(field: $0.key) }.sorted(by: FieldValue.isLess)
    for order in fields {
      let value = task.fields[order.field] ?? .null
      if task.isNew, order.field != .completed || value == false { continue }
      if task.isDeleted, order.field == .isDeleted { continue }
      let word = word(order.field, value)
      if !words.contains(word) { words.append(word) }
    }
    return words
  }

  private static func word(_ field: Field, _ value: JSON) -> String {
    switch field {
    case .completed: return value == true ? "done" : "reopened"
    case .isDeleted: return value == true ? "deleted" : "restored"
    default: break
    }
    if let tag = field.tag { return (value.isNull ? "-" : "+") + visible(tag) }
    if field.noteID != nil { return value.isNull ? "note removed" : "note" }
    return visible(field.name)
  }

  /// What an operation did, in a word, and the field of which nothing more need be said.
  static func word(_ kind: String, _ fields: [FieldChange]) -> (text: String, told: Field?) {
    func value(_ field: Field) -> JSON? {
      fields.first { $0.field == field && $0.isChange }?.to
    }
    switch OperationKind(rawValue: kind) {
    case .create: return ("created", nil)
    case .delete: return ("deleted", .isDeleted)
    case nil: return (visible(kind), nil)
    case .update: break
    }
    switch (value(.isDeleted), value(.completed)) {
    case (true, _): return ("deleted", .isDeleted)
    case (false, _): return ("restored", .isDeleted)
    case (_, true): return ("done", .completed)
    case (_, false): return ("reopened", .completed)
    default: return ("edited", nil)
    }
  }
}

extension Lines {
  /// A task on one line: its sign, its number, its title, and what was done to it.
  func task(
    _ sign: String, number: Int?, id: TaskID, title: String?, words: [String], indent: Int,
    style: Style
  ) -> String {
    let start = "\(sign) \(number.map(String.init) ?? id.short) "
    var title = visible(title ?? "(no title yet)")
    var end = words.isEmpty ? "" : ": " + words.joined(separator: ", ")
    if let columns {
      let room = max(10, columns - indent - DisplayWidth.columns(of: start))
      end = TextFit.truncate(end, to: max(room / 2, room - DisplayWidth.columns(of: title)))
      title = TextFit.truncate(title, to: room - DisplayWidth.columns(of: end))
    }
    let paint =
      switch sign {
      case "+": style.added
      case "-": style.removed
      default: style.today
      }
    let rest = start.dropFirst(sign.count)
    return String(repeating: " ", count: indent) + paint(sign) + style.faint(String(rest)) + title
      + end
  }
}
