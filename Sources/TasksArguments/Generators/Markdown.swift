/// Text for Markdown as GitHub reads it, escaped so that it comes out as it went in.
enum Markdown {
  /// A text of the table; its `code` is code there, too.
  static func prose(_ text: String) -> String {
    let pieces = Prose.pieces(of: Prose.folded(text)).map { piece in
      switch piece {
      case .text(let text): escaped(text)
      case .code(let code): self.code(code)
      }
    }
    return startGuarded(pieces.joined())
  }

  /// Code within a line: fenced by more backticks than it holds in a row.
  static func code(_ text: String) -> String {
    let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
    let pad = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    return fence + pad + text + pad + fence
  }

  /// Lines of code.
  static func block(_ lines: [String], language: String) -> [String] {
    let longest = lines.map { longestRun(of: "`", in: $0) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return [fence + language] + lines + [fence]
  }

  /// A table; a bar inside a cell would end it, even within code.
  static func table(_ heading: [String], _ rows: [[String]]) -> [String] {
    let rule = heading.map { _ in "---" }
    return ([heading, rule] + rows).map { cells in
      let cells = cells.map { cell in cell.map { $0 == "|" ? "\\|" : String($0) }.joined() }
      return "| " + cells.joined(separator: " | ") + " |"
    }
  }

  /// What GitHub calls a heading in links.
  static func anchor(_ heading: String) -> String {
    heading.lowercased().compactMap { character in
      if character == " " { return "-" }
      let isKept = character.isLetter || character.isNumber || "-_".contains(character)
      return isKept ? String(character) : nil
    }.joined()
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\`*_[]<>&~#$".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  /// The line with nothing at its start that makes it a list or a heading.
  private static func startGuarded(_ line: String) -> String {
    guard let first = line.first else { return line }
    if "-+=".contains(first) { return "\\" + line }
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, let next = line[digits.endIndex...].first, ".)".contains(next) else {
      return line
    }
    return digits + "\\" + line[digits.endIndex...]
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    var longest = 0
    var run = 0
    for other in text {
      run = other == character ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
