import TasksModel

/// Tasks as the to-dos of a calendar (RFC 5545).
///
/// What there is no attribute for is kept as it stands in fields `ics.NAME`, and so is what would be written in another
/// way now: a time in a zone, a priority between ours.
enum ICalendar {
  static let prefix = "ics."
  /// What stands inside a to-do, such as alarms.
  static let inner = Field("ics.components")

  static func read(_ file: ForeignFile, _ each: (ForeignRecord) throws -> Void) throws {
    var counts: [TaskID: Int] = [:]
    var reader = CalendarReader(file)
    try reader.read { component, offset in
      try each(
        ForeignRecord(component.line, offset) { () throws(RefusedRecord) in
          if let problem = component.problem { throw problem }
          return try task(component, file, &counts)
        })
    }
  }

  private static func task(
    _ component: CalendarReader.Component, _ file: ForeignFile, _ counts: inout [TaskID: Int]
  ) throws(RefusedRecord) -> ForeignTask {
    let lines = component.lines
    func first(_ name: String) -> CalendarLine? { lines.first { $0.name == name } }
    let times = CalendarTimes(zone: file.zone, zoneNamed: file.zoneNamed)
    var edits = Edits()
    let text = first("DESCRIPTION").map { CalendarLine.text($0.value) }
    if let text, !text.trimmingWhitespace().isEmpty { edits.set(.description, to: .string(text)) }
    let summary = first("SUMMARY").map { CalendarLine.text($0.value) }
    try ForeignText.setTitle(summary, named: "SUMMARY", in: &edits)

    let modified = try times.instant(first("LAST-MODIFIED"))
    let completedAt = try times.instant(first("COMPLETED"))
    let state = state(of: lines)
    let written = modified ?? file.modifiedAt
    let created = try times.instant(first("CREATED")) ?? min(written, completedAt ?? written)
    if state == .completed { edits.setCompleted(true) }
    edits.setDueIfAny(try times.moment(first("DUE")))
    edits.setWaitIfAny(try times.moment(first("DTSTART")))
    if let kept = first("X-TASKS-WAIT") {
      edits.setWaitIfAny(Moment(text: CalendarLine.text(kept.value)))
    }
    if let word = try priority(first("PRIORITY")) { edits.set(.priority, to: .string(word)) }
    for tag in tags(lines) { edits.set(.tag(tag), to: .bool(true)) }
    setNotes(lines, created: created, in: &edits)
    try setOurs(lines, in: &edits)
    keep(component, times, in: &edits)

    let closed = state == .open ? nil : max(completedAt ?? written, created)
    var task = ForeignTask(
      id: id(of: component, summary ?? "", &counts), createdAt: created,
      modifiedAt: max(written, created), closedAt: closed, isDeleted: state == .cancelled,
      edits: edits)
    if state == .cancelled { task.deletedAt = max(written, created) }
    task.dating = modified == nil ? .undated(since: nil) : .written
    task.speaksOf = speaks
    return task
  }

  /// Whether every program keeps such a field.
  @Sendable private static func speaks(of field: Field) -> Bool {
    switch field {
    case .title, .description, .due, .wait, .priority: true
    default: field.tag != nil || field.name.utf8.starts(with: prefix.utf8)
    }
  }

  // MARK: - What the lines mean

  /// The id that a `UID` stands for.
  static func id(uid: String) -> TaskID { TaskID(uid) ?? TaskID(client: "ics", name: uid) }

  private static func id(
    of component: CalendarReader.Component, _ summary: String, _ counts: inout [TaskID: Int]
  ) -> TaskID {
    func value(_ name: String) -> String? {
      component.lines.first { $0.name == name }?.value.trimmingWhitespace()
    }
    if let uid = value("UID"), !uid.isEmpty {
      // One of a series that is different has the series' name, and its own day.
      guard let day = value("RECURRENCE-ID") else { return id(uid: CalendarLine.text(uid)) }
      return TaskID(client: "ics", name: "\(uid) \(day)")
    }
    let name = TaskID(client: "ics", name: "summary " + summary)
    counts[name, default: 0] += 1
    let count = counts[name] ?? 1
    return count == 1 ? name : TaskID(client: "ics", name: "summary \(count) \(summary)")
  }

  enum State { case open, completed, cancelled }

  static func state(of lines: [CalendarLine]) -> State {
    var state: State?
    var isDone = false
    for line in lines {
      switch line.name {
      case "STATUS":
        switch line.value.uppercased().trimmingWhitespace() {
        case "COMPLETED": state = .completed
        case "CANCELLED": state = .cancelled
        default: state = .open
        }
      case "COMPLETED": isDone = true
      case "PERCENT-COMPLETE": isDone = isDone || line.value == "100"
      default: break
      }
    }
    return state ?? (isDone ? .completed : .open)
  }

  /// The priority of ours; nil for none.
  static func priority(_ line: CalendarLine?) throws(RefusedRecord) -> String? {
    guard let line else { return nil }
    guard let number = Int(line.value.trimmingWhitespace()) else { throw .unexpected("PRIORITY") }
    switch number {
    case 1...4: return "H"
    case 5: return "M"
    case 6...9: return "L"
    default: return nil
    }
  }

  static func tags(_ lines: [CalendarLine]) -> Set<String> {
    var tags: Set<String> = []
    for line in lines where line.name == "CATEGORIES" {
      for text in line.texts { if let tag = ForeignText.tag(text) { tags.insert(tag) } }
    }
    return tags
  }

  private static func setNotes(_ lines: [CalendarLine], created: Instant, in edits: inout Edits) {
    for line in lines where line.name == "COMMENT" {
      let text = CalendarLine.text(line.value)
      guard !text.trimmingWhitespace().isEmpty else { continue }
      // A comment has no time of its own; that of the task never changes.
      let at = line.parameter("X-TASKS-AT").flatMap { Int64($0) }
        .map { Instant(milliseconds: $0) }
      let note = Note(
        at: at.flatMap { Instant.writtenRange.contains($0) ? $0 : nil } ?? created, text: text)
      edits.set(.note(note.id), to: note.value)
    }
  }

  /// Reads what only we write.
  private static func setOurs(
    _ lines: [CalendarLine], in edits: inout Edits
  ) throws(RefusedRecord) {
    for line in lines {
      switch line.name {
      case "X-TASKS-PROJECT":
        edits.set(.project, to: .string(CalendarLine.text(line.value)))
      case "X-TASKS-PRIORITY":
        edits.set(.priority, to: .string(CalendarLine.text(line.value)))
      case "X-TASKS-FIELDS":
        guard let fields = try? JSONParser.parse(CalendarLine.text(line.value)) else {
          throw .unexpected(line.name)
        }
        try JSONLines.setFields(fields, in: &edits)
      default: break
      }
    }
  }

  /// Keeps the lines that nothing else stands for, and those we would write in another way.
  private static func keep(
    _ component: CalendarReader.Component, _ times: CalendarTimes, in edits: inout Edits
  ) {
    var kept: [String: [String]] = [:]
    for line in component.lines where needsKeeping(line, times) {
      kept[line.name, default: []].append(line.kept)
    }
    for (name, values) in kept {
      let value: JSON = values.count == 1 ? .string(values[0]) : .array(values.map(JSON.string))
      edits.set(Field(prefix + name), to: value)
    }
    if !component.inner.isEmpty {
      edits.set(inner, to: .array(component.inner.map(JSON.string)))
    }
  }

  private static func needsKeeping(_ line: CalendarLine, _ times: CalendarTimes) -> Bool {
    switch line.name {
    case "CREATED", "LAST-MODIFIED", "DTSTAMP", "COMPLETED", "COMMENT", "X-TASKS-WAIT",
      "X-TASKS-PROJECT", "X-TASKS-PRIORITY", "X-TASKS-FIELDS":
      false
    case "UID": TaskID(canonical: line.value) == nil
    case "SUMMARY", "DESCRIPTION":
      // Parameters, such as the language.
      line.rest.utf8.first == UInt8(ascii: ";")
    case "DUE", "DTSTART":
      (try? times.moment(line)).map { $0.map(CalendarTimes.rest) != line.rest } ?? true
    case "PRIORITY": !["1", "5", "9"].contains(line.value)
    case "STATUS": !["NEEDS-ACTION", "COMPLETED"].contains(line.value)
    case "PERCENT-COMPLETE": line.value != "100"
    case "CATEGORIES":
      line.rest.utf8.first == UInt8(ascii: ";") || line.texts.contains { ForeignText.tag($0) != $0 }
    default: true
    }
  }
}

extension Edits {
  fileprivate mutating func setDueIfAny(_ due: Moment?) { if let due { setDue(due) } }
  fileprivate mutating func setWaitIfAny(_ wait: Moment?) { if let wait { setWait(wait) } }
}
