package import TasksModel

/// What a change did to one task.
package struct LoggedTask: Sendable {
  package let id: TaskID
  package let number: Int?
  package let title: String?
  /// Whether the task came into being in the change.
  package private(set) var isNew = false
  /// The kind of the last operation.
  package private(set) var kind = ""
  /// The fields that were set, and what to; deletion only where it was said.
  package private(set) var fields: [Field: JSON] = [:]

  /// Whether the task is deleted after it.
  package var isDeleted: Bool { fields[.isDeleted] == true }

  init(id: TaskID, number: Int?, title: String?) {
    self.id = id
    self.number = number
    self.title = title
  }

  /// Takes the next operation into account.
  mutating func take(_ kind: String, _ fields: JSON) {
    self.kind = kind
    if kind == OperationKind.create.rawValue { isNew = true }
    if kind == OperationKind.delete.rawValue {
      self.fields[.isDeleted] = true
    } else if isDeleted {
      self.fields[.isDeleted] = false
    }
    for member in fields.objectValue ?? [] { self.fields[Field(member.key)] = member.value }
  }
}
