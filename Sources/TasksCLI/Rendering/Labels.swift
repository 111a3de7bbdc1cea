import TasksText

/// Attributes with their names before them, a name in a column of its own.
struct Labels {
  /// What becomes of text that is written to the screen.
  typealias Paint = (String) -> String

  let style: Style
  let lines: Lines

  private static let width = 11

  func lines(_ name: String, _ value: String, _ paint: Paint = { $0 }) -> [String] {
    let parts = lines.columns.map { TextFit.wrap(value, columns: max(10, $0 - Self.width)) }
    return (parts ?? [value]).enumerated().map { index, part in
      let label = TextFit.pad(index == 0 ? name : "", to: Self.width - 1, alignRight: false)
      return style.faint(label) + " " + paint(part)
    }
  }
}
