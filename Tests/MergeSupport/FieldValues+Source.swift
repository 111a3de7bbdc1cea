import TasksModel

extension FieldValues {
  /// As Swift, to be kept in a test.
  package var source: String {
    guard !members.isEmpty else { return "[:]" }
    return "[\(members.map { "\($0.key.source): \($0.value.source)" }.joined(separator: ", "))]"
  }
}

/// So that a script prints as Swift.
extension FieldValues: CustomDebugStringConvertible {
  package var debugDescription: String { source }
}

extension JSON {
  fileprivate var source: String {
    switch self {
    case .null: "nil"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let text): ".number(\"\(text)\")"
    case .string(let text): text.source
    case .array(let values): "[\(values.map(\.source).joined(separator: ", "))]"
    case .object(let members): FieldValues(members).source
    }
  }
}

extension String {
  /// As a literal of ASCII, since editors do not keep apart what Unicode calls equal.
  fileprivate var source: String {
    "\"\(unicodeScalars.map { $0.escaped(asASCII: true) }.joined())\""
  }
}
