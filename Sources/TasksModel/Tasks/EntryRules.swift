/// What people may enter, and the error that says what is wrong with it.
///
/// The command line, the HTTP interface and the importers share these.
package enum EntryRules {
  package static let longestTitle = 500
  package static let longestName = 100
  /// In bytes of UTF-8.
  package static let longestText = 65_536

  /// Returns the title without the white space around it.
  package static func title(_ text: String) throws(EntryError) -> String {
    try line(text, field: .title, limit: longestTitle)
  }

  package static func project(_ text: String) throws(EntryError) -> String {
    try line(text, field: .project, limit: longestName)
  }

  /// Returns the tag; a leading `+` is not part of it.
  package static func tag(_ text: String) throws(EntryError) -> String {
    let field = Field("tag")
    let tag = try line(text, field: field, limit: longestName)
    if let bad = tag.unicodeScalars.first(where: { $0.properties.isWhitespace || $0 == "," }) {
      throw .character(field, bad)
    }
    if let first = tag.unicodeScalars.first, first == "+" || first == "-" {
      throw .character(field, first)
    }
    // Filters use it for tasks without a tag.
    if tag.lowercased() == "none" { throw .reserved(field, tag) }
    return tag
  }

  /// Returns text of any number of lines without the blank space around it; nil if nothing is left.
  package static func longText(_ text: String, field: Field) throws(EntryError) -> String? {
    let trimmed = text.trimmingWhitespace()
    guard trimmed.utf8.count <= longestText else {
      throw .tooLong(field, limit: longestText, unit: "bytes")
    }
    if trimmed.utf8.contains(0) { throw .character(field, "\0") }
    return trimmed.isEmpty ? nil : trimmed
  }

  /// Returns text of one line without the white space around it.
  package static func line(
    _ text: String, field: Field, limit: Int
  ) throws(EntryError) -> String {
    let trimmed = text.trimmingWhitespace()
    guard !trimmed.isEmpty else { throw .empty(field) }
    var count = 0
    for scalar in trimmed.unicodeScalars {
      count += 1
      switch scalar.value {
      case 0: throw .character(field, scalar)
      case 0x0a...0x0d, 0x85, 0x2028, 0x2029: throw .severalLines(field)
      default: break
      }
    }
    guard count <= limit else { throw .tooLong(field, limit: limit, unit: "characters") }
    return trimmed
  }
}

/// Why something cannot be entered.
package enum EntryError: Error, Hashable, Sendable {
  case empty(Field)
  case tooLong(Field, limit: Int, unit: String)
  case severalLines(Field)
  case character(Field, Unicode.Scalar)
  /// The word means something else there.
  case reserved(Field, String)
}

extension String {
  /// The text without the Unicode white space at its ends.
  package func trimmingWhitespace() -> String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.isBlank }),
      let last = scalars.lastIndex(where: { !$0.isBlank })
    else { return "" }
    return String(scalars[first...last])
  }
}

extension Unicode.Scalar {
  /// Whether it is white space to Unicode, which is known of ASCII without a look into its tables.
  package var isBlank: Bool {
    isASCII ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace
  }
}
