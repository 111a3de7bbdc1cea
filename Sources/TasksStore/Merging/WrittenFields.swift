import TasksModel

/// What an operation writes, read from what the store keeps of it.
enum WrittenFields {
  /// - Parameters:
  ///   - kind: the operation's kind.
  ///   - fields: the fields it sets, as JSON text.
  static func of(_ kind: String, _ fields: String) -> [Field: JSON] {
    var edits = Edits()
    for member in JSON(canonicalText: fields).objectValue ?? [] {
      edits.set(Field(member.key), to: member.value)
    }
    return edits.written(by: OperationKind(rawValue: kind) ?? .update)
  }
}
