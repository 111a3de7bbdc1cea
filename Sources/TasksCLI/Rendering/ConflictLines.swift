import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// Conflicts for people: in a list, in one line each, and their parts in words.
struct ConflictLines {
  let clock: Clock
  let style: Style
  /// How wide a line may be; nil where there is no screen to fit.
  let columns: Int?
  /// What this device is called, for what it has not sealed yet.
  let ownName: String

  /// How wide a line of a list is made where nothing limits it: values may be very long.
  private static let mostColumns = 200

  // MARK: - Parts

  func value(_ side: Conflict.Side, of conflict: Conflict) -> String {
    SpokenValue(value: side.value, field: conflict.field).line(clock)
  }

  func device(_ side: Conflict.Side) -> String {
    let name = side.deviceName ?? ownName
    return visible(name.isEmpty ? String(side.device.text.prefix(8)) : name)
  }

  /// Who wrote it, and when by their clock.
  func origin(_ side: Conflict.Side) -> String {
    "\(device(side)), \(HumanTime.short(.instant(side.shownAt), clock))"
  }

  /// The command that gives the field another value.
  static func taking(_ conflict: Conflict, number: Int? = nil) -> String {
    let command = "tasks conflicts take \(conflict.shortID)"
    return conflict.losers.count == 1 ? command : command + " " + (number.map(String.init) ?? "N")
  }

  /// A value, shortened so that one sees how it differs from the one shown.
  private func excerpt(_ side: Conflict.Side, of conflict: Conflict, columns: Int) -> String {
    let other =
      conflict.winner.value != side.value
      ? conflict.winner : conflict.losers.first { $0.value != side.value } ?? conflict.winner
    return SpokenValue.excerpt(
      value(side, of: conflict), besides: value(other, of: conflict), columns: max(columns, 8))
  }

  // MARK: - The list

  /// A heading, a line for every value, and what to do.
  func entry(_ conflict: Conflict) -> [String] {
    let width = columns ?? Self.mostColumns
    let heading = "\(visible(conflict.field.spoken)) of \(conflict.taskName)"
    let room = max(8, width - conflict.shortID.count - 2)
    var lines = [
      style.strong(conflict.shortID) + "  " + TextFit.truncate(heading, to: room)
    ]
    var rows = [(label: "shown", side: conflict.winner)]
    rows += conflict.losers.prefix(Self.mostValues).enumerated().map {
      ("\($0.offset + 1)", $0.element)
    }
    if let ending = conflict.ending { rows.append(("ended", ending)) }
    lines += self.rows(rows, of: conflict, width: width)
    let rest = conflict.losers.count - Self.mostValues
    if rest > 0 { lines.append("  … and \(rest) more: tasks conflicts show \(conflict.shortID)") }
    if conflict.isOpen {
      lines.append("  " + style.hint(Self.taking(conflict)))
    } else if conflict.ending == nil, let endedAt = conflict.endedAt {
      let text = "grew into another, \(HumanTime.short(.instant(endedAt), clock))"
      lines.append("  " + style.faint("ended") + "  " + TextFit.truncate(text, to: room))
    }
    return lines
  }

  /// Values with who wrote them behind, or below where the line is too short for both.
  private func rows(
    _ rows: [(label: String, side: Conflict.Side)], of conflict: Conflict, width: Int
  ) -> [String] {
    let indent = 9
    let origins = rows.map { origin($0.side) }
    let originWidth = origins.map { DisplayWidth.columns(of: $0) }.max() ?? 0
    let beside = width - indent - 2 - originWidth
    let whole = rows.map { DisplayWidth.columns(of: value($0.side, of: conflict)) }.max() ?? 0
    let isBeside = whole <= beside || beside >= 30
    let texts = rows.map {
      excerpt($0.side, of: conflict, columns: isBeside ? beside : width - indent)
    }
    let column = texts.map { DisplayWidth.columns(of: $0) }.max() ?? 0
    var lines: [String] = []
    for (index, row) in rows.enumerated() {
      let label = "  " + style.faint(TextFit.pad(row.label, to: indent - 4)) + "  "
      if isBeside {
        let text = TextFit.pad(texts[index], to: column)
        lines.append(label + text + "  " + style.faint(origins[index]))
      } else {
        let origin = TextFit.truncate(origins[index], to: max(8, width - indent))
        lines += [
          label + texts[index], String(repeating: " ", count: indent) + style.faint(origin),
        ]
      }
    }
    return lines
  }

  // MARK: - In one line

  /// The other values of a task's field, for its sheet: a line each, or two where the command does not fit behind.
  func beside(_ conflict: Conflict) -> [String] {
    let width = columns ?? Self.mostColumns
    let rest = conflict.losers.count - Self.mostValues
    let more = rest > 0 ? ["… and \(rest) more: tasks conflicts show \(conflict.shortID)"] : []
    return conflict.losers.prefix(Self.mostValues).enumerated().flatMap { index, side in
      let before =
        "Conflict \(conflict.shortID): \(SpokenValue.subject(conflict.field) ?? "it") is also "
      let behind = " (\(origin(side)))"
      let room = width - DisplayWidth.columns(of: before + behind)
      // On a narrow screen it takes several lines anyway.
      let text = before + excerpt(side, of: conflict, columns: room < 12 ? width : room) + behind
      let command = Self.taking(conflict, number: index + 1)
      let used = DisplayWidth.columns(of: text) + 3 + command.utf8.count
      guard used > width else { return [style.today(text) + "   " + style.hint(command)] }
      return TextFit.wrap(text, columns: max(width, 10)).map(style.today) + [
        "  " + style.hint(command)
      ]
    } + more
  }

  /// How many other values a line names.
  private static let mostNews = 3
  /// How many other values are listed with a task or a conflict.
  private static let mostValues = 20

  /// What happened, and the command that gives back the other value.
  func news(_ conflict: Conflict) -> String {
    var others = conflict.losers.prefix(Self.mostNews).map { side in
      "\(excerpt(side, of: conflict, columns: 30)) (\(origin(side)))"
    }
    let rest = conflict.losers.count - others.count
    if rest > 0 { others.append("\(rest) more") }
    let number = conflict.number.map(String.init) ?? conflict.taskID.short
    let title = TextFit.truncate(visible(conflict.title ?? "(no title yet)"), to: 30)
    let task = "task \(number)" + (conflict.field == .title ? "" : " (\(title))")
    let subject = SpokenValue.subject(conflict.field)
    return "Conflict \(conflict.shortID): " + (subject.map { "\($0) of " } ?? "") + task
      + " is \(excerpt(conflict.winner, of: conflict, columns: 30)) (\(device(conflict.winner)))"
      + ", and also \(others.joined(separator: ", "))   \(Self.taking(conflict))"
  }
}

extension Session {
  /// What shows conflicts on this person's screen.
  func conflictLines(in store: Store) throws -> ConflictLines {
    ConflictLines(
      clock: clock, style: style, columns: columns,
      ownName: try store.device(named: machineName).name)
  }

  /// Tells of conflicts that have just been found, each with the command that gives back the other value.
  ///
  /// - Parameter ids: their ids, as `Intake.conflicts` has them; those that have ended already are left out.
  func announce(conflicts ids: [String], in store: Store) throws {
    let lines = try conflictLines(in: store)
    let conflicts = try ids.prefix(Self.mostAnnounced).flatMap { id in
      try store.conflicts(idPrefix: id).filter(\.isOpen)
    }
    for conflict in conflicts.sorted(by: { ($0.taskID, $0.field) < ($1.taskID, $1.field) }) {
      say(lines.news(conflict))
    }
    if ids.count > Self.mostAnnounced {
      say("\(counted(ids.count - Self.mostAnnounced, "more conflict")): tasks conflicts")
    }
  }

  private static let mostAnnounced = 10

  /// Tells which of the fields that were just written hold other values too, because somebody else wrote meanwhile.
  func sayConflicts(of task: TaskKey, fields: [Field], in store: Store) throws {
    let found = try store.conflicts(of: task).filter { fields.contains($0.field) }
    guard !found.isEmpty else { return }
    say("Somebody else changed it meanwhile. Nothing is lost; both are kept.")
    try announce(conflicts: found.map(\.id), in: store)
  }
}
