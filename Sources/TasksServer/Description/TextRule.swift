import TasksModel

/// Which texts are allowed, said twice: as a regular expression for readers of the document, and as code.
///
/// Both must say the same; a test compares them on many thousands of texts. An expression is of the kind that ECMA-262
/// (with `u`), Python's `re` and Rust's `regex` read alike: explicit classes instead of `\s`, `\uXXXX` escapes only. In
/// Python `$` also matches before a line feed that ends the text, hence `(?!\n)$` wherever that would make a difference.
package struct TextRule: Sendable {
  /// What follows "must be".
  let phrase: String
  /// The expression, anchored at both ends.
  let pattern: String
  /// A format of JSON Schema 2020-12 that describes the same, if there is one.
  let format: String?
  let isAllowed: @Sendable (String) -> Bool

  init(
    _ phrase: String, pattern: String, format: String? = nil,
    isAllowed: @escaping @Sendable (String) -> Bool
  ) {
    self.phrase = phrase
    self.pattern = pattern
    self.format = format
    self.isAllowed = isAllowed
  }
}

/// Classes of characters, as they stand between the brackets of an expression.
enum CharacterClass {
  static let null = #"\u0000"#
  /// What ends a line: the characters that `EntryRules.line` refuses.
  static let breaks = #"\u000a-\u000d\u0085\u2028\u2029"#
  /// Unicode's White_Space without `breaks`.
  static let blanks = #"\u0009\u0020\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"#
  static let white = blanks + breaks
}

extension Unicode.Scalar {
  /// Whether it is one of `CharacterClass.breaks`.
  var isLineBreak: Bool {
    switch value {
    case 0x0a...0x0d, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }
}

// What people enter. Stricter than `EntryRules` in two ways, so that an expression can say it: there may be no line break
// in the white space around a title or project either, and none of any kind around a tag.
extension TextRule {
  /// A title or the name of a project.
  static let line = TextRule(
    "one line of text that is not blank",
    pattern:
      "^[\(CharacterClass.blanks)]*[^\(CharacterClass.white)\(CharacterClass.null)]"
      + #"[^\#(CharacterClass.breaks)\#(CharacterClass.null)]*(?!\n)$"#
  ) { text in
    var isBlank = true
    for scalar in text.unicodeScalars {
      if scalar.value == 0 || scalar.isLineBreak { return false }
      if isBlank, !scalar.properties.isWhitespace { isBlank = false }
    }
    return !isBlank
  }

  static let tag = TextRule(
    "a tag: no white space, no comma, no + or - at its start, and not the word none",
    pattern: #"^(?![Nn][Oo][Nn][Ee]$)[^+\-,\#(CharacterClass.white)\#(CharacterClass.null)]"#
      + #"[^,\#(CharacterClass.white)\#(CharacterClass.null)]*(?!\n)$"#
  ) { text in
    guard let first = text.unicodeScalars.first, first != "+", first != "-" else { return false }
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.value != 0 && $0 != "," && !$0.properties.isWhitespace
    }
    return isPlain && text.lowercased() != "none"
  }

  /// Any number of lines, also none.
  static let text = TextRule(
    "text without U+0000", pattern: "^[^\(CharacterClass.null)]*$"
  ) { !$0.utf8.contains(0) }

  static let someText = TextRule(
    "text that is not blank, without U+0000",
    pattern: "^[\(CharacterClass.white)]*[^\(CharacterClass.white)\(CharacterClass.null)]"
      + "[^\(CharacterClass.null)]*$"
  ) { text in
    !text.utf8.contains(0) && text.unicodeScalars.contains { !$0.properties.isWhitespace }
  }
}

// Names and times.
extension TextRule {
  static let uuid = TextRule(
    "a UUID",
    pattern: #"^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?!\n)$"#, format: "uuid"
  ) { TaskID($0) != nil }

  /// The days that there are, leap years and all, in the years 0000 to 9999.
  private static let day =
    "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    + "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    + "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"

  static let date = TextRule(
    "a date such as 2025-11-21", pattern: #"^\#(day)(?!\n)$"#, format: "date"
  ) { CivilDate(iso: $0) != nil }

  /// RFC 3339 in capitals, to the nanosecond; no leap second.
  ///
  /// In the first year and the last one only `Z` will do, as an offset could lead out of the years 0000 to 9999.
  static let dateTime = TextRule(
    "a date-time such as 2025-11-21T12:34:56Z",
    pattern: #"^(?!(?:0000|9999)[^Z]*$)\#(day)T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"#
      + #"(?:\.[0-9]{1,9})?(?:Z|[+\-](?:[01][0-9]|2[0-3]):[0-5][0-9])(?!\n)$"#,
    format: "date-time"
  ) { text in
    // `Instant(iso:)` also takes times without seconds, and any number of digits behind them.
    let bytes = Array(text.utf8)
    guard bytes.count > 19, bytes[16] == UInt8(ascii: ":"), Instant(iso: text) != nil else {
      return false
    }
    let digits = bytes[19...].dropFirst().prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard bytes[19] != UInt8(ascii: ".") || digits.count <= 9 else { return false }
    let isAtTheEdge = bytes.starts(with: "0000".utf8) || bytes.starts(with: "9999".utf8)
    return !isAtTheEdge || bytes.last == UInt8(ascii: "Z")
  }
}

// What stands in addresses and headers.
extension TextRule {
  /// Fields to sort by; one that is named again changes nothing, because no expression could refuse it simply.
  static let sort = TextRule(
    "fields separated by commas, each with a dash before it to reverse it: "
      + SortField.allCases.map(\.rawValue).joined(separator: ", "),
    pattern: "^-?(?:\(sortFields))(?:,-?(?:\(sortFields)))*(?!\\n)$"
  ) { SortWords.keys($0) != nil }

  private static let sortFields = SortField.allCases.map(\.rawValue).joined(separator: "|")

  static let cursor = TextRule(
    "a cursor that a page before ended with", pattern: #"^[0-9A-Za-z_\-]+(?!\n)$"#
  ) { text in
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  static let conflictID = TextRule(
    "the id of a conflict", pattern: #"^[0-9a-f]{16}(?!\n)$"#
  ) { Hexadecimal.isLowercase($0, count: 16) }

  /// `*`, or entity tags in quotes separated by commas (RFC 9110, 8.8.3 and 13.1.1).
  static let entityTags = TextRule(
    "* or entity tags in quotes",
    pattern: #"^(?:\*|(?:W/)?"[!#-~]*"(?:[ \t]*,[ \t]*(?:W/)?"[!#-~]*")*)(?!\n)$"#
  ) { EntityTags($0) != nil }
}
