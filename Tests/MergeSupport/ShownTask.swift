package import TasksModel

/// A task as a device shows it, apart from what is local to the device.
package struct ShownTask: Equatable {
  /// Canonical JSON by field; what is not there has no entry.
  ///
  /// Times that follow from writes have names in brackets.
  package var fields: [Field: UTF8Key] = [:]

  package init() {}

  package static let createdAt = Field("(created)")
  package static let updatedAt = Field("(updated)")
  package static let completedAt = Field("(completed)")

  private static let texts: Set<Field> = [
    .title, .description, .project, .priority, .due, .wait,
  ]

  package mutating func set(_ field: Field, to value: JSON?) {
    fields[field] = value.map { UTF8Key($0.canonicalText) }
  }

  /// Returns what a person or program gets to see of a register's value; nil if that is nothing.
  ///
  /// A value of an unexpected kind counts as none.
  package static func shown(_ value: JSON, in field: Field) -> JSON? {
    if texts.contains(field) { return value.stringValue.map(JSON.string) }
    if field == .completed || field == .isDeleted { return .bool(value.boolValue ?? false) }
    if field == .createdAt { return nil }
    if value.isNull { return nil }
    if field.tag != nil { return true }
    if let id = field.noteID, let note = Note(id: id, value: value) { return note.value }
    return value
  }
}

extension ShownTask: CustomStringConvertible {
  package var description: String {
    fields.sorted { $0.key < $1.key }.map { "\($0.key.name)=\($0.value.text)" }
      .joined(separator: " ")
  }
}
