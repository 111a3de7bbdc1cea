import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// What became of the fields of a task, for people: `title: "Buy milk" → "Buy oat milk"`.
///
/// What does not fit on one line has what was and what is on lines of their own, behind `-` and `+`.
struct FieldLines {
  /// How text of many lines is shown.
  enum LongText {
    /// The start of it, or where it begins to differ.
    case inBrief
    /// The lines that differ.
    case inFull
  }

  private let values: FieldValue
  private let style: Style
  private let lines: Lines
  private let longText: LongText
  private let indent: Int

  init(_ session: Session, indent: Int, longText: LongText) {
    values = FieldValue(clock: session.clock)
    style = session.style
    lines = Lines(columns: session.columns)
    self.indent = indent
    self.longText = longText
  }

  func lines(_ changes: [FieldChange]) -> [String] {
    let ordered = changes.sorted {
      FieldValue.isLess(FieldOrder(field: $0.field), FieldOrder(field: $1.field))
    }
    let tags = ordered.filter { $0.field.tag != nil && ($0.to == .bool(true) || $0.to.isNull) }
    var result: [String] = []
    var hasTags = false
    for change in ordered {
      if change.field.tag != nil, tags.contains(where: { $0.field == change.field }) {
        if !hasTags { result += line(ofTags: tags) }
        hasTags = true
      } else {
        result += lines(change)
      }
    }
    return result
  }

  private func line(ofTags tags: [FieldChange]) -> [String] {
    let words = tags.map { ($0.to.isNull ? "-" : "+") + visible($0.field.tag ?? "") }
    return lines.wrap("tags: " + words.joined(separator: " "), indent: indent)
  }

  private func lines(_ change: FieldChange) -> [String] {
    let field = change.field
    let label = FieldValue.label(field)
    let isLong = field == .description || field.noteID != nil
    if isLong, longText == .inFull { return block(change, label) }
    let hadNothing = change.from == field.absentValue || change.from?.isNull == true
    let from = values.text(change.from, of: field)
    let to = values.text(change.to, of: field)
    if field.noteID != nil, change.to.isNull {
      return whole("note removed: \(from)", isLong: true)
    }
    if hadNothing, !change.to.isNull { return whole("\(label): \(to)", isLong: isLong) }
    if lines.holds("\(label): \(from) → \(to)", indent: indent) {
      return [
        String(repeating: " ", count: indent) + "\(label): " + style.removed(from) + " → "
          + style.added(to)
      ]
    }
    guard isLong else { return pair(label, from, to) }
    return heading(label) + [
      mark("- ", fit(from, besides: to), style.removed),
      mark("+ ", fit(to, besides: from), style.added),
    ]
  }

  /// What was and what is on lines of their own.
  private func pair(_ label: String, _ from: String, _ to: String) -> [String] {
    heading(label)
      + lines.wrap(from, indent: indent + 2, mark: "- ", paint: style.removed)
      + lines.wrap(to, indent: indent + 2, mark: "+ ", paint: style.added)
  }

  /// Text of several lines, with those that differ.
  private func block(_ change: FieldChange, _ label: String) -> [String] {
    func text(_ value: JSON?) -> String? {
      guard let value, !value.isNull else { return nil }
      if let id = change.field.noteID { return Note(id: id, value: value)?.text }
      return value.stringValue ?? value.canonicalText
    }
    func all(_ text: String, _ mark: String) -> [LineDifference.Line] {
      text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        .map { LineDifference.Line(mark: mark, text: String($0)) }
    }
    let (old, new) = (text(change.from), text(change.to))
    var differing = LineDifference(from: old ?? "", to: new ?? "").lines(around: 1)
    if differing.isEmpty || old == nil || new == nil {
      differing = (old.map { all($0, "-") } ?? []) + (new.map { all($0, "+") } ?? [])
    }
    return heading(label)
      + differing.flatMap { line in
        let paint =
          switch line.mark {
          case "-": style.removed
          case "+": style.added
          default: style.faint
          }
        return wrapped(line.mark + " ", line.text, paint)
      }
  }

  private func wrapped(
    _ mark: String, _ line: String, _ paint: (String) -> String
  ) -> [String] {
    lines.wrap(
      visible(line, multiline: true), indent: indent + 2, mark: mark, paint: paint)
  }

  private func heading(_ label: String) -> [String] {
    [String(repeating: " ", count: indent) + "\(label):"]
  }

  private func whole(_ text: String, isLong: Bool) -> [String] {
    guard isLong else { return lines.wrap(text, indent: indent) }
    return [String(repeating: " ", count: indent) + lines.fit(text, indent: indent)]
  }

  private func mark(_ mark: String, _ text: String, _ paint: (String) -> String) -> String {
    String(repeating: " ", count: indent + 2) + paint(mark + text)
  }

  private func fit(_ text: String, besides other: String) -> String {
    guard let columns = lines.columns else { return text }
    return SpokenValue.excerpt(text, besides: other, columns: max(1, columns - indent - 4))
  }
}
