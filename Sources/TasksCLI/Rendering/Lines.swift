import TasksText

/// Lines made to fit the screen.
struct Lines {
  /// How many columns a line may have; nil where there is no screen to fit.
  let columns: Int?

  /// A text that may be painted.
  struct Part {
    let text: String
    let paint: (String) -> String

    init(_ text: String, _ paint: @escaping (String) -> String = { $0 }) {
      self.text = text
      self.paint = paint
    }
  }

  /// The parts beside each other with two spaces between; those that do not fit go on the next line.
  func flow(_ parts: [Part]) -> [String] {
    var lines: [String] = []
    var current = ""
    var used = 0
    for part in parts {
      let width = DisplayWidth.columns(of: part.text)
      if let columns, used > 0, used + 2 + width > columns {
        lines.append(current)
        (current, used) = ("", 0)
      }
      let gap = used > 0 || !lines.isEmpty ? "  " : ""
      current += gap + part.paint(fit(part.text, indent: gap.utf8.count))
      used += gap.utf8.count + width
    }
    return lines + [current]
  }

  /// The text in as many lines as it takes, each behind so many spaces, the first behind a mark if there is one.
  func wrap(
    _ text: String, indent: Int, mark: String = "", paint: (String) -> String = { $0 }
  ) -> [String] {
    let width = DisplayWidth.columns(of: mark)
    let parts = columns.map { TextFit.wrap(text, columns: max(10, $0 - indent - width)) } ?? [text]
    let blank = String(repeating: " ", count: indent)
    return parts.enumerated().map { index, part in
      blank + paint((index == 0 ? mark : String(repeating: " ", count: width)) + part)
    }
  }

  /// As much of the text as fits on a line behind so many columns.
  func fit(_ text: String, indent: Int) -> String {
    guard let columns else { return text }
    return TextFit.truncate(text, to: max(1, columns - indent))
  }

  /// Whether the text fits on a line behind so many columns.
  func holds(_ text: String, indent: Int) -> Bool {
    columns.map { DisplayWidth.columns(of: text) <= $0 - indent } ?? true
  }
}
