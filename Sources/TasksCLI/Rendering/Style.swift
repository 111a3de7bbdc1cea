/// Colours with a meaning, or none at all.
///
/// Only colours of the terminal's own sixteen that can be read on a dark background and on a light one: no yellow, which
/// vanishes on white, and no blue, which vanishes on black.
struct Style {
  let isOn: Bool

  func error(_ text: String) -> String { paint(text, "1;31") }
  func hint(_ text: String) -> String { paint(text, "1;36") }
  func heading(_ text: String) -> String { paint(text, "4") }
  func strong(_ text: String) -> String { paint(text, "1") }
  func overdue(_ text: String) -> String { paint(text, "1;31") }
  func today(_ text: String) -> String { paint(text, "35") }
  /// What is done, deleted, or only said aside.
  func faint(_ text: String) -> String { paint(text, "2") }
  /// Where it belongs: its project, its tags.
  func place(_ text: String) -> String { paint(text, "36") }
  /// What was there before, and what is there now.
  func removed(_ text: String) -> String { paint(text, "31") }
  func added(_ text: String) -> String { paint(text, "32") }

  private func paint(_ text: String, _ code: String) -> String {
    isOn && !text.isEmpty ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }
}
