/// A text of the table, cut into plain text and `code`, which stands between a pair of backticks.
///
/// The only markup that texts have: the terminal shows it as it is, manual pages in bold, Markdown as code.
enum Prose {
  enum Piece: Equatable {
    case text(String)
    case code(String)
  }

  /// The pieces of a text.
  ///
  /// A backtick that has no partner is text.
  static func pieces(of text: String) -> [Piece] {
    var pieces: [Piece] = []
    var plain = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "`") {
      let inside = rest[rest.index(after: open)...]
      guard let close = inside.firstIndex(of: "`"), close > inside.startIndex else {
        plain += rest[...open]
        rest = inside
        continue
      }
      plain += rest[..<open]
      if !plain.isEmpty { pieces.append(.text(plain)) }
      plain = ""
      pieces.append(.code(String(inside[..<close])))
      rest = inside[inside.index(after: close)...]
    }
    plain += rest
    if !plain.isEmpty { pieces.append(.text(plain)) }
    return pieces
  }

  /// The text with every run of blanks made a single space: line breaks in the source mean nothing.
  static func folded(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
