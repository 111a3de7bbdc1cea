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
      line(index == 0 ? name : "", part, paint)
    }
  }

  /// On one line, however wide: a path or an address, which somebody may want to copy.
  func line(_ name: String, _ value: String, _ paint: Paint = { $0 }) -> String {
    let label = TextFit.pad(name, to: Self.width - 1, alignRight: false)
    return style.faint(label) + " " + paint(value)
  }

  /// Whether it is no wider than the screen.
  func fits(_ value: String) -> Bool {
    lines.columns.map { DisplayWidth.columns(of: value) + Self.width <= $0 } ?? true
  }
}
