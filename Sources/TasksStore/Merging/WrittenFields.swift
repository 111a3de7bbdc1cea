import TasksModel

/// A field that an operation writes, and the value as canonical JSON.
struct WrittenField: Sendable {
  let field: Field
  let value: String
}

extension [WrittenField] {
  init(_ written: [Field: JSON]) {
    self = written.map { WrittenField(field: $0, value: $1.canonicalText) }
  }
}

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
