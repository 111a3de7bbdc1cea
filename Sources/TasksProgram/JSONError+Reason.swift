package import TasksModel

extension JSONError.Kind {
  /// What is wrong with it, as a person is told.
  package var reason: String {
    switch self {
    case .unexpectedEnd: "it ends too early"
    case .unexpectedByte(let byte) where (0x21..<0x7F).contains(byte):
      "'\(Character(Unicode.Scalar(byte)))' is not expected there"
    case .unexpectedByte: "something is not expected there"
    case .trailingContent: "something follows its end"
    case .duplicateKey(let key) where key.utf8.count <= Self.longestKey:
      "'\(key)' stands in it twice"
    case .duplicateKey: "a member with a long name stands in it twice"
    case .invalidUTF8: "it is not valid UTF-8"
    case .loneSurrogate: "it has half of a character (a lone surrogate)"
    case .nullCharacter: "it has a character U+0000"
    case .controlCharacter: "it has a control character that is not escaped"
    case .badEscape: "it has an escape that JSON does not know"
    case .badNumber: "it has a number that is none"
    case .tooDeep(let limit): "it is nested more than \(limit) deep"
    case .tooLarge(let limit): "it is longer than \(limit >> 10) KiB"
    }
  }

  /// Bytes of a name that is repeated to whoever sent it.
  private static let longestKey = 100
}
