import TasksModel

extension ICalendar {
  static func begin(_ bytes: inout [UInt8]) {
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tasks//tasks//EN"] {
      CalendarLine.append(line, "", to: &bytes)
    }
  }

  static func end(_ bytes: inout [UInt8]) {
    CalendarLine.append("END:VCALENDAR", "", to: &bytes)
  }

  /// Appends a to-do.
  static func append(_ task: TaskRecord, _ times: CalendarTimes, to bytes: inout [UInt8]) {
    var writer = ToDoWriter(task, times)
    writer.write()
    bytes += writer.bytes
  }
}

/// One to-do on its way out.
private struct ToDoWriter {
  private(set) var bytes: [UInt8] = []
  private let task: TaskRecord
  private let times: CalendarTimes
  /// The lines that were kept when the task was brought in, by their names.
  private var kept: [String: [CalendarLine]] = [:]
  private var inner: [String] = []
  private var others: [JSON.Member] = []

  init(_ task: TaskRecord, _ times: CalendarTimes) {
    self.task = task
    self.times = times
    for member in task.otherFields {
      let texts = member.value.arrayValue ?? [member.value]
      let strings = texts.compactMap(\.stringValue)
      let isText =
        strings.count == texts.count
        && !strings.contains { $0.utf8.contains { $0 < 0x20 && $0 != 9 } }
      if Field(member.key) == ICalendar.inner, isText, ToDoWriter.isWhole(strings) {
        inner = strings
        continue
      }
      let name = member.key.hasPrefix(ICalendar.prefix) ? String(member.key.dropFirst(4)) : ""
      let lines = strings.compactMap { CalendarLine(name: name, kept: $0) }
      if isText, !lines.isEmpty, lines.count == texts.count, CalendarLine(name + ":")?.name == name,
        name != "BEGIN", name != "END"
      {
        kept[name] = lines
      } else {
        others.append(member)
      }
    }
  }

  /// Whether all that begins ends.
  private static func isWhole(_ lines: [String]) -> Bool {
    var open: [String] = []
    for line in lines {
      if line.uppercased().hasPrefix("BEGIN:") {
        open.append(String(line.dropFirst(6)))
      } else if line.uppercased().hasPrefix("END:") {
        guard open.popLast() == String(line.dropFirst(4)) else { return false }
      } else if open.isEmpty {
        return false
      }
    }
    return open.isEmpty && !lines.isEmpty
  }

  private mutating func line(_ name: String, _ rest: String) {
    CalendarLine.append(name, rest, to: &bytes)
  }

  private mutating func text(_ name: String, _ text: String) {
    line(name, ":" + CalendarLine.escaped(text))
  }

  /// Writes the kept line if it still says what the task says, else one of ours.
  private mutating func line(
    _ name: String, ifKept isSame: ([CalendarLine]) -> Bool, else rest: String?
  ) {
    if let lines = kept.removeValue(forKey: name), isSame(lines) {
      for kept in lines { line(name, kept.rest) }
    } else if let rest {
      line(name, rest)
    }
  }

  mutating func write() {
    line("BEGIN", ":VTODO")
    let id = task.id
    line(
      "UID",
      ifKept: { lines in
        lines.count == 1
          && ICalendar.id(uid: CalendarLine.text(lines[0].value.trimmingWhitespace())) == id
      },
      else: ":" + id.text)
    let stamp = ":" + Taskwarrior.basic(task.updatedAt)
    line("DTSTAMP", stamp)
    line("CREATED", ":" + Taskwarrior.basic(task.createdAt))
    line("LAST-MODIFIED", stamp)
    let (title, description) = (task.title ?? "(no title yet)", task.description)
    line(
      "SUMMARY", ifKept: { CalendarLine.text($0[0].value) == title },
      else: ":" + CalendarLine.escaped(title))
    line(
      "DESCRIPTION", ifKept: { CalendarLine.text($0[0].value) == description },
      else: description.map { ":" + CalendarLine.escaped($0) })
    writeTimes()
    writeState()
    let priority = task.priority
    let numbers = ["H": ":1", "M": ":5", "L": ":9"]
    line(
      "PRIORITY",
      ifKept: { lines in
        guard let read = try? ICalendar.priority(lines[0]) else { return priority == nil }
        return read == priority
      },
      else: priority.flatMap { numbers[$0] })
    let tags = Set(task.tags)
    line(
      "CATEGORIES", ifKept: { ICalendar.tags($0) == tags },
      else: tags.isEmpty
        ? nil : ":" + task.tags.map(CalendarLine.escaped).joined(separator: ","))
    for note in task.notes {
      line("COMMENT", ";X-TASKS-AT=\(note.at.milliseconds):" + CalendarLine.escaped(note.text))
    }
    if let project = task.project { text("X-TASKS-PROJECT", project) }
    if let priority, numbers[priority] == nil { text("X-TASKS-PRIORITY", priority) }
    if !others.isEmpty { text("X-TASKS-FIELDS", JSON.object(others).canonicalText) }
    for (name, lines) in kept.sorted(by: { $0.key < $1.key }) {
      for kept in lines { line(name, kept.rest) }
    }
    for text in inner { line(text, "") }
    line("END", ":VTODO")
  }

  private mutating func writeTimes() {
    let times = times
    let (due, wait) = (task.due, task.wait)
    func isSame(_ lines: [CalendarLine], _ moment: Moment?) -> Bool {
      lines.count == 1 && (try? times.moment(lines[0])) == moment
    }
    line("DUE", ifKept: { isSame($0, due) }, else: due.map(CalendarTimes.rest))
    // Both must be of one kind, and the start before the end (section 3.6.2).
    let isAllowed: Bool
    switch (wait, due) {
    case (.date(let start)?, .date(let end)?): isAllowed = start < end
    case (.instant(let start)?, .instant(let end)?): isAllowed = start.seconds < end.seconds
    default: isAllowed = due == nil
    }
    line(
      "DTSTART", ifKept: { isSame($0, wait) },
      else: isAllowed ? wait.map(CalendarTimes.rest) : nil)
    if let wait, !isAllowed { text("X-TASKS-WAIT", wait.text) }
  }

  private mutating func writeState() {
    let state: ICalendar.State =
      task.isDeleted ? .cancelled : task.isCompleted ? .completed : .open
    let words: [ICalendar.State: String] = [
      .open: ":NEEDS-ACTION", .completed: ":COMPLETED", .cancelled: ":CANCELLED",
    ]
    line("STATUS", ifKept: { ICalendar.state(of: $0) == state }, else: words[state])
    if task.isCompleted {
      line("COMPLETED", ":" + Taskwarrior.basic(task.completedAt ?? task.updatedAt))
    }
    line(
      "PERCENT-COMPLETE", ifKept: { _ in state == .open },
      else: state == .completed ? ":100" : nil)
  }
}
