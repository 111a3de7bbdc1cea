import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// `conflicts take`, `keep` and `merge`: ending a conflict.
struct ConflictChoice {
  /// How the conflict's id begins.
  let prefix: String
  let isJSON: Bool

  /// Gives the task another of the values: the `number`-th, or the only one.
  func take(_ number: Int?, in session: Session) throws {
    let store = try session.store(for: .reading)
    let lines = try session.conflictLines(in: store)
    var taken: JSON = .null
    let conflict = try store.resolve(prefix, as: "conflicts take", at: session.clock.now) {
      conflict in
      taken = try Self.side(number, of: conflict, lines).value
      return taken
    }
    try report(conflict, at: session.clock.now, in: session, store) { name in
      switch (conflict.field, taken) {
      case (.isDeleted, true): "Deleted \(name)"
      case (.isDeleted, _): "Restored \(name)"
      case (.completed, true): "Completed \(name)"
      case (.completed, _): "Reopened \(name)"
      default: "Changed \(visible(conflict.field.spoken)) of \(name)"
      }
    }
  }

  private static func side(
    _ number: Int?, of conflict: Conflict, _ lines: ConflictLines
  ) throws(Failure) -> Conflict.Side {
    if let number, number <= conflict.losers.count { return conflict.losers[number - 1] }
    if number == nil, conflict.isBetweenTwo { return conflict.losers[0] }
    let values = conflict.losers.enumerated().map { index, side in
      "\(index + 1)  \(lines.value(side, of: conflict))  \(lines.origin(side))"
    }
    throw Failure(
      number.map { "there is no value \($0)" } ?? "there are several values to take",
      hint: ConflictLines.taking(conflict, number: 1), status: .usage, details: values)
  }

  /// Leaves the value that is shown.
  func keep(in session: Session) throws {
    let store = try session.store(for: .reading)
    let conflict = try store.resolve(prefix, as: "conflicts keep", at: session.clock.now) {
      $0.winner.value
    }
    try report(conflict, at: session.clock.now, in: session, store) { name in
      switch (conflict.field, conflict.winner.value) {
      case (.isDeleted, true): "Still deleted: \(name)"
      case (.isDeleted, _): "Still there: \(name)"
      case (.completed, true): "Still done: \(name)"
      case (.completed, _): "Still to do: \(name)"
      default: "Kept \(visible(conflict.field.spoken)) of \(name)"
      }
    }
  }

  /// Makes one text of all values, in an editor unless the person brings it.
  func merge(readsText: Bool, in session: Session) throws {
    let store = try session.store(for: .reading)
    let material = try store.mergeMaterial(idPrefix: prefix)
    let merge = try ConflictMerge(material, session.conflictLines(in: store))
    let write = { (text: String, now: Instant) in
      try store.resolve(
        material, with: try merge.value(from: text), as: "conflicts merge", at: now)
      try report(material.conflict, at: now, in: session, store) {
        "Merged \(visible(material.conflict.field.spoken)) of \($0)"
      }
    }
    if readsText {
      try write(try StandardInput.text(), session.clock.now)
      return
    }
    try EditorSession(session: session).edit(
      merge.text + "\n", isWorthKeeping: merge.overlaps > 0
    ) { text in
      // The edit is made now, not when the editor was opened.
      try write(text, session.laterClock.now)
    }
  }

  /// Tells what was done, and what is open still.
  private func report(
    _ conflict: Conflict, at now: Instant, in session: Session, _ store: Store,
    _ line: (String) -> String
  ) throws {
    try session.report(try store.records(of: [conflict.task]), asJSON: isJSON) { task in
      let isTold = conflict.field == .isDeleted || !task.isDeleted
      return line(session.name(task) + (isTold ? "" : " (deleted)"))
    }
    guard !isJSON else { return }
    let lines = try session.conflictLines(in: store)
    // Where one operation is a side of both, replacing it for one field replaces it for the other.
    for other in try store.conflicts(of: conflict.task, endedAt: now)
    where other.id != conflict.id && other.ending != nil {
      session.say(
        "This also ended conflict \(other.shortID) (\(visible(other.field.spoken))); its values:"
          + " tasks conflicts show \(other.shortID)")
    }
    for other in try store.conflicts(of: conflict.task) { session.say(lines.news(other)) }
  }
}
