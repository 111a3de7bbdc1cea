/// Why bytes are no JSON that this program accepts, and where.
package struct JSONError: Error, Hashable, Sendable {
  package let kind: Kind
  /// Bytes before the place where it went wrong, counted from the start of everything that was given.
  package let offset: Int

  package init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
  }

  package enum Kind: Hashable, Sendable {
    case unexpectedEnd
    case unexpectedByte(UInt8)
    /// Something other than whitespace after the value.
    case trailingContent
    /// The same key, byte for byte, twice in one object.
    case duplicateKey(String)
    case invalidUTF8
    /// A `\uD800`–`\uDFFF` that is no half of a pair.
    case loneSurrogate
    /// U+0000, raw or escaped.
    case nullCharacter
    /// A byte below 0x20 inside a string.
    case controlCharacter(UInt8)
    case badEscape
    case badNumber
    case tooDeep(limit: Int)
    case tooLarge(limit: Int)
  }

  /// The line (from 1) and the byte in it (from 1) that the offset is at, for a message to a person.
  package func position(in bytes: [UInt8]) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for byte in bytes.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    return (line, column)
  }
}

/// What a reader accepts before it gives up, so that a hostile file costs no more than an honest one.
package struct JSONLimits: Hashable, Sendable {
  /// The deepest nesting that can be asked for: the parser recurses, and so does freeing the value.
  package static let deepest = 256

  /// Arrays and objects inside one another.
  package let maximumDepth: Int
  package let maximumBytes: Int

  package init(maximumDepth: Int = 32, maximumBytes: Int = 64 << 20) {
    self.maximumDepth = min(max(maximumDepth, 0), Self.deepest)
    self.maximumBytes = max(maximumBytes, 0)
  }
}
