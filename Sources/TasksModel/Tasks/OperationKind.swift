/// What an operation does to a task.
package enum OperationKind: String, Sendable {
  case create
  case update
  case delete
}

extension Edits {
  /// Everything an operation with these edits writes: what it sets, and whether the task is deleted.
  ///
  /// An operation that says nothing of deletion says that the task is there, unless it is a deletion itself. So
  /// deletion is a field like any other, and its current writes are the newest operations on the task.
  package func written(by kind: OperationKind) -> [Field: JSON] {
    var fields = values
    if fields[.isDeleted] == nil { fields[.isDeleted] = .bool(kind == .delete) }
    return fields
  }
}

extension Operation {
  /// Everything the operation writes; nil if it is of an unknown kind without fields, which is kept and does nothing.
  package var written: [Field: JSON]? {
    guard let fields else { return nil }
    var edits = Edits()
    for member in fields { edits.set(Field(member.key), to: member.value) }
    return edits.written(by: OperationKind(rawValue: kind) ?? .update)
  }
}
