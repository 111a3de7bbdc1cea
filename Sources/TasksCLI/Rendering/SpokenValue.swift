import TasksModel
import TasksText

/// The value of a field as a person says it.
struct SpokenValue {
  let value: JSON
  let field: Field

  /// The text, if it is one that people wrote: a title, a description, what a note says.
  var text: String? {
    if field.noteID != nil { return value["text"]?.stringValue }
    switch field {
    case .completed, .isDeleted, .due, .wait, .priority: return nil
    default: return value.stringValue
    }
  }

  /// Everything on one line, made harmless for a terminal.
  func line(_ clock: Clock) -> String {
    if let text { return "\"\(visible(Self.folded(text)))\"" }
    return visible(word(clock))
  }

  /// What is said of a value that is no text.
  private func word(_ clock: Clock) -> String {
    if field.tag != nil { return value.isNull ? "removed" : "there" }
    if field.noteID != nil, value.isNull { return "removed" }
    switch (field, value) {
    case (.isDeleted, _): return value == true ? "deleted" : "not deleted"
    case (.completed, _): return value == true ? "done" : "not done"
    case (_, .null): return "none"
    case (.due, .string(let text)), (.wait, .string(let text)):
      return Moment(text: text).map { HumanTime.full($0, clock) } ?? text
    case (.createdAt, .integer(let milliseconds)):
      return HumanTime.full(Instant(milliseconds: milliseconds), clock)
    case (_, .string(let text)): return text
    default: return value.canonicalText
    }
  }

  /// What is said to be so: `title is also …`; nil for the task itself, as in `it is also deleted`.
  static func subject(_ field: Field) -> String? {
    field == .isDeleted || field == .completed ? nil : visible(field.spoken)
  }

  /// The lines of a text behind each other, as poems are quoted.
  private static func folded(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      .joined(separator: " / ")
  }

  /// As much of a line as fits, from before the first place where it differs from another.
  ///
  /// Two long texts that begin alike would otherwise look the same.
  static func excerpt(_ line: String, besides other: String, columns: Int) -> String {
    guard DisplayWidth.columns(of: line) > columns else { return line }
    let same = zip(line, other).prefix { $0 == $1 }.count
    // What is quoted stays so.
    let quote = line.hasPrefix("\"") ? "\"" : ""
    let room = columns - quote.count
    guard same > columns * 2 / 3 else { return TextFit.truncate(line, to: room) + quote }
    let rest = line.dropFirst(same - min(same, columns / 3))
    return TextFit.truncate(quote + "…" + rest.dropLast(quote.count), to: room) + quote
  }
}
