/// Plain text for a terminal: lines no wider than it, and no blanks at their ends.
struct TextLayout {
  /// The width that lines keep to.
  ///
  /// Very long lines are hard to read, very short ones cannot be filled.
  let width: Int
  private(set) var lines: [String] = []

  init(width: Int) {
    self.width = min(max(width, 40), 100)
  }

  var text: String { lines.map { $0 + "\n" }.joined() }

  /// Adds an empty line, unless there is nothing to set apart.
  mutating func gap() {
    if let last = lines.last, !last.isEmpty { lines.append("") }
  }

  mutating func heading(_ title: String) {
    gap()
    lines.append(Prose.folded(title) + ":")
  }

  /// Adds a text, filled; lines after the first are indented by `hanging` more.
  mutating func paragraph(_ text: String, indent: Int = 0, hanging: Int = 0) {
    var line = String(repeating: " ", count: indent)
    var isEmpty = true
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !isEmpty && line.count + 1 + word.count > width {
        lines.append(line)
        line = String(repeating: " ", count: indent + hanging)
        isEmpty = true
      }
      line += isEmpty ? String(word) : " \(word)"
      isEmpty = false
    }
    if !isEmpty { lines.append(line) }
  }

  /// Adds a line as it is: something to copy is never broken.
  mutating func verbatim(_ line: String, indent: Int) {
    let last = line.lastIndex { !$0.isWhitespace }
    guard let last else { return }
    lines.append(String(repeating: " ", count: indent) + line[...last])
  }

  /// Adds terms with a line for each, cut where the terminal ends.
  mutating func table(_ rows: [(term: String, meaning: String)]) {
    let column = min(rows.map(\.term.count).max() ?? 0, width / 2)
    for row in rows {
      let term = "  " + row.term + String(repeating: " ", count: max(0, column - row.term.count))
      verbatim(cut(term + "  " + Prose.folded(row.meaning)), indent: 0)
    }
  }

  /// Adds terms with their meaning in full below each.
  mutating func definitions(_ rows: [(term: String, meaning: String)]) {
    for row in rows {
      verbatim(row.term, indent: 2)
      paragraph(row.meaning, indent: 8)
    }
  }

  private func cut(_ line: String) -> String {
    line.count <= width ? line : line.prefix(width - 1) + "…"
  }
}
