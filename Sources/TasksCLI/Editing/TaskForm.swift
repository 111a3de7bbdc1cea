import TasksModel
import TasksProgram
import TasksText

/// A task as text that a person edits: a line for each attribute, then the description.
struct TaskForm {
  private let task: TaskRecord
  private let clock: Clock

  init(_ task: TaskRecord, clock: Clock) {
    self.task = task
    self.clock = clock
  }

  private static let divider = "# ---- The description: everything below this line. ----"

  /// The text to edit.
  var text: String {
    let name = task.number.map { "Task \($0)" } ?? "Task"
    var lines = [
      "# \(name) (\(task.id.short)). Lines that begin with # are left out.",
      "# Dates: 2025-11-21, 2025-11-21 14:30, tomorrow, fri, +3d. Empty takes a value away.",
      "",
    ]
    for (key, value) in values { lines.append(value.isEmpty ? "\(key):" : "\(key): \(value)") }
    lines += ["", Self.divider, ""]
    return lines.joined(separator: "\n") + (task.description.map { $0 + "\n" } ?? "")
  }

  /// Every value on one line: what another program put into it is made visible, and stays as it is if untouched.
  private var values: [(key: String, value: String)] {
    [
      ("title", visible(task.title ?? "")), ("project", visible(task.project ?? "")),
      ("priority", visible(task.priority ?? "")), ("due", moment(task.due)),
      ("wait", moment(task.wait)), ("tags", visible(task.tags.joined(separator: " "))),
    ]
  }

  /// A date as it is, an instant in the person's own time.
  private func moment(_ moment: Moment?) -> String {
    switch moment {
    case nil: ""
    case .date(let date): date.description
    case .instant(let instant): minutes(clock.zone.civil(of: instant))
    }
  }

  /// As in `2025-11-21 14:30`; seconds are not worth a person's time.
  private func minutes(_ civil: CivilDateTime) -> String {
    "\(civil.date) \(civil.time.description.prefix(5))"
  }

  /// Understands the edited text: only what differs from the task counts.
  func edits(from text: String) throws -> Edits {
    var edits = Edits()
    let lines = Self.lines(text)
    guard let divider = lines.firstIndex(where: { $0.trimmingWhitespace() == Self.divider }) else {
      throw Failure.usage(
        "the line above the description is missing", hint: "put it back: \(Self.divider)")
    }
    let shown = Dictionary(uniqueKeysWithValues: values.map { ($0.key, $0.value) })
    for (index, line) in lines[..<divider].enumerated() {
      let trimmed = line.trimmingWhitespace()
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      let key = String(trimmed.prefix { $0 != ":" }).trimmingWhitespace().lowercased()
      guard let colon = trimmed.firstIndex(of: ":"), let before = shown[key] else {
        throw Failure.usage(
          "line \(index + 1) is not understood: \(trimmed)",
          hint: "a line is one of \(values.map { $0.key + ":" }.joined(separator: " "))")
      }
      let value = String(trimmed[trimmed.index(after: colon)...]).trimmingWhitespace()
      guard !value.utf8.elementsEqual(before.trimmingWhitespace().utf8) else { continue }
      try set(key, to: value, in: &edits)
    }
    let description = lines[(divider + 1)...].joined(separator: "\n").trimmingWhitespace()
    let before = Self.lines(task.description ?? "").joined(separator: "\n").trimmingWhitespace()
    if !description.utf8.elementsEqual(before.utf8) {
      try edits.setDescription(description)
    }
    return edits
  }

  /// The lines; the return before a line feed, which is one character with it, is no part of them.
  private static func lines(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
  }

  private func set(_ key: String, to value: String, in edits: inout Edits) throws {
    switch key {
    case "title": try edits.setTitle(value)
    case "project": try edits.setProject(AttributeWords.isNone(value) ? nil : value)
    case "due": edits.setDue(try DateWords.moment(value, clock))
    case "wait": edits.setWait(try DateWords.moment(value, clock))
    case "priority":
      edits.setPriority(AttributeWords.isNone(value) ? nil : try Priority(typed: value))
    default:
      // A tag that stands as it was shown is that tag, whatever it holds.
      let known = Dictionary(task.tags.map { (UTF8Key(visible($0)), $0) }) { first, _ in first }
      let wanted = value.split(whereSeparator: \.isWhitespace).map { word in
        known[UTF8Key(String(word))] ?? String(word.first == "+" ? word.dropFirst() : word)
      }
      // By their bytes: what looks the same may be two tags.
      let (before, after) = (Set(task.tags.map(UTF8Key.init)), Set(wanted.map(UTF8Key.init)))
      for tag in after.subtracting(before) { try edits.addTag(tag.text) }
      for tag in before.subtracting(after) { edits.set(.tag(tag.text), to: .null) }
    }
  }
}
