package import TasksModel

/// What became of a task that was brought in.
package struct ImportOutcome: Sendable {
  /// Whether the task was not here before.
  package var isNew = false
  /// Fields of a task that was here, which got another value.
  package var written: [Field] = []
  /// Fields whose value here is newer, and was kept.
  package var newer: [Field] = []
  /// Whether the task was deleted here after the source last wrote to it, and stays out of sight.
  package var isDeletedHere = false
}

extension Store {
  /// Runs an import: all that `body` brings in takes effect together, or nothing if it throws.
  package func bringIn<Result>(
    at now: Instant, _ body: (Editor) throws -> Result
  ) throws -> Result {
    try connection.withoutReferenceChecks {
      try edit(Editor.importName, at: now, body)
    }
  }
}

extension Editor {
  /// What the command is called, which is also how values are known that were brought in.
  fileprivate static let importName = "import"

  /// Brings in tasks from elsewhere, one after the other, with the times of their source.
  ///
  /// A field whose value here was written later keeps it, and what is already so is not written again: bringing in
  /// the same thing twice changes nothing. Where the source does not say when a field was written, what was edited here
  /// since the source was made is taken to be later.
  ///
  /// Those that are not here yet and follow one another are made together.
  package func bring(_ tasks: [IncomingTask]) throws(StoreError) -> [ImportOutcome] {
    if broughtIn.isEmpty {
      hadTasks = try connection.first("SELECT 1 FROM tasks LIMIT 1", read: { _ in true }) ?? false
    }
    var outcomes: [ImportOutcome] = []
    var new: [IncomingTask] = []
    func makeNew() throws(StoreError) {
      try create(new)
      new.removeAll()
    }
    for incoming in tasks {
      let id = incoming.task.id
      // The source may have it twice.
      let isTwice = !broughtIn.insert(id).inserted
      if isTwice { try makeNew() }
      if isTwice || hadTasks, let key = try key(of: id) {
        try makeNew()
        outcomes.append(try bring(incoming.task, into: key))
      } else {
        new.append(incoming)
        outcomes.append(ImportOutcome(isNew: true))
      }
    }
    try makeNew()
    return outcomes
  }

  private func bring(
    _ task: ForeignTask, into key: TaskKey
  ) throws(StoreError) -> ImportOutcome {
    var outcome = ImportOutcome()
    guard let before = try connection.projection(of: key.rawValue) else { return outcome }
    // A source that has no completion says that the task is open, which matters if it is not so here.
    var task = task
    if task.closedAt == nil,
      try connection.writes(of: .completed, task: key.rawValue).first?.gave("true") ?? false
    {
      task.edits.setCompleted(false)
    }
    let matched = try matchNotes(of: &task, to: key)
    let gone = try takenAway(task, key, except: matched)
    // What was made from the task as it is here says nothing new by saying the same.
    let isReasserting =
      task.dating == .written && task.modifiedAt != before.updatedAt
      && task.modifiedAt != Instant(seconds: before.updatedAt.seconds)
    for write in task.writes {
      var edits = Edits()
      for (field, value) in write.edits.values {
        let current = try connection.writes(of: field, task: key.rawValue).first
        let latest = task.dating == .written ? write.at : task.modifiedAt
        let isSame = current?.gave(value.canonicalText) ?? false
        if let current, try isNewer(current, than: latest, task.dating) {
          if !isSame { outcome.newer.append(field) }
        } else if let current, !isSame, task.dating == .written,
          try isStale(value, of: field, besides: current, of: key)
        {
          outcome.newer.append(field)
        } else {
          edits.set(field, to: value)
        }
      }
      if write.isLast { for field in gone { edits.set(field, to: .null) } }
      // A deletion that is newer stays: the fields are brought up to date all the same.
      let deletion = try connection.writes(of: .isDeleted, task: key.rawValue).first
      if !edits.isEmpty, let deletion, deletion.gave("true") {
        let isNewer = try isNewer(deletion, than: write.at, task.dating)
        if isNewer || deletion.at > write.at { edits.set(.isDeleted, to: .bool(true)) }
      }
      // A value that the source says is still so is as new as that, and no older export can bring another back.
      outcome.written += try update(key, edits, at: write.at, reasserting: isReasserting)
    }
    try bringDeletion(task, into: key, before, &outcome)
    return outcome
  }

  /// Whether a value here is newer than what a source says that was written, or may have been, until `at`.
  private func isNewer(
    _ write: Write, than at: Instant, _ dating: ForeignTask.Dating
  ) throws(StoreError) -> Bool {
    let source = try source(of: write)
    if source.at >= at { return true }
    return switch dating {
    case .written: false
    case .undated(since: let since?): source.at > since
    case .undated(since: nil): !source.isImport
    }
  }

  /// Whether a value of a source is what the last import wrote to the field, and somebody has written another since.
  ///
  /// A source that dates its tasks says when one was changed, but not which of its fields. A value that an import has
  /// refused is not remembered.
  private func isStale(
    _ value: JSON, of field: Field, besides current: Write, of key: TaskKey
  ) throws(StoreError) -> Bool {
    guard try !source(of: current).isImport else { return false }
    let imported = try connection.all(
      """
      SELECT kind, fields FROM operations JOIN commands ON commands.key = command
      WHERE task = ? AND name = ? ORDER BY operations.key DESC
      """, .integer(key.rawValue), .text(Editor.importName),
      read: { WrittenFields.of($0.text(0), $0.text(1)) })
    guard !imported.isEmpty else { return false }
    // What is open says nothing of being completed.
    let last = imported.lazy.compactMap { $0[field] }.first ?? (field == .completed ? false : nil)
    return last == value
  }

  /// Whether a value was brought in, and when it was written: by its source, though it had to be moved behind what it
  /// replaced.
  private func source(of write: Write) throws(StoreError) -> (isImport: Bool, at: Instant) {
    let clock = try connection.first(
      """
      SELECT clock FROM operations JOIN commands ON commands.key = command
      WHERE operations.key = ? AND name = ?
      """, .integer(write.operation), .text(Editor.importName),
      read: { row in row.optionalInteger(0).map { Instant(milliseconds: $0) } ?? write.at })
    return (clock != nil, clock ?? write.at)
  }

  /// The fields that were brought in, or are in the state the source was made from, and that it no longer has.
  private func takenAway(
    _ task: ForeignTask, _ key: TaskKey, except matched: Set<Field>
  ) throws(StoreError) -> [Field] {
    let values = try connection.all(
      "SELECT field, operation, at, value, wins FROM writes WHERE task = ? AND wins AND value <> 'null'",
      .integer(key.rawValue),
      read: { row in
        (field: Field(row.text(0)), write: Write(row, from: 1))
      })
    var gone: [Field] = []
    for (field, write) in values
    where task.edits.values[field] == nil && task.speaksOf(field) && !matched.contains(field) {
      switch field {
      case .completed, .createdAt, .isDeleted, .title: continue
      default: break
      }
      if case .undated(since: _?) = task.dating {
      } else if try !source(of: write).isImport {
        continue
      }
      if try !isNewer(write, than: task.modifiedAt, task.dating) { gone.append(field) }
    }
    return gone
  }

  /// Finds the notes that are here already, though the source has cut their times to seconds, or moved them apart.
  ///
  /// Returns their names here: they are neither written nor taken away.
  private func matchNotes(
    of task: inout ForeignTask, to key: TaskKey
  ) throws(StoreError) -> Set<Field> {
    let incoming = task.edits.values.filter { $0.key.noteID != nil }
    guard !incoming.isEmpty else { return [] }
    let held = try connection.all(
      "SELECT field, value FROM writes WHERE task = ? AND field >= 'note:' AND field < 'note;' AND wins",
      .integer(key.rawValue),
      read: { (field: Field($0.text(0)), value: JSON(canonicalText: $0.text(1))) })
    var free: [Field: JSON] = [:]
    for note in held where incoming[note.field] == nil { free[note.field] = note.value }
    guard !free.isEmpty else { return [] }
    var matched: Set<Field> = []
    for (field, value) in incoming where !held.contains(where: { $0.field == field }) {
      guard let note = Note(id: field.noteID ?? "", value: value), note.at.milliseconds % 1000 == 0
      else { continue }
      guard let same = ForeignTask.same(note, in: free) else { continue }
      free[same] = nil
      task.edits.forget(field)
      matched.insert(same)
    }
    return matched
  }

  /// Deletes or restores the task as the source has it, if that is newer than what is so here.
  private func bringDeletion(
    _ task: ForeignTask, into key: TaskKey, _ before: Projection, _ outcome: inout ImportOutcome
  ) throws(StoreError) {
    guard let shown = try connection.projection(of: key.rawValue) else { return }
    let at = task.isDeleted ? task.goneAt : task.modifiedAt
    // What was written just now says nothing of how new the task was here.
    let isOlder = before.updatedAt > at && !before.isDeleted
    switch (task.isDeleted, shown.isDeleted) {
    case (true, false) where isOlder: outcome.newer.append(.isDeleted)
    case (true, false):
      try delete(key, at: at)
      outcome.written.append(.isDeleted)
    case (false, true):
      let deletion = try connection.writes(of: .isDeleted, task: key.rawValue).first
      guard let deletion, deletion.at < at, try !isNewer(deletion, than: at, task.dating) else {
        outcome.isDeletedHere = true
        return
      }
      var edits = Edits()
      edits.set(.isDeleted, to: false)
      outcome.written += try update(key, edits, at: at)
    default: break
    }
  }
}

extension ForeignTask {
  /// The note among those here that a note with a time in whole seconds can only be.
  fileprivate static func same(_ note: Note, in held: [Field: JSON]) -> Field? {
    for (field, value) in held {
      guard let other = Note(id: field.noteID ?? "", value: value) else { continue }
      // A source that cannot have two notes at one time has moved them apart.
      let distance = note.at.milliseconds - other.at.milliseconds
      if (-999...10_000).contains(distance), UTF8Order.areEqual(note.text, other.text) {
        return field
      }
    }
    // One that was taken away here is known by its name only, which follows from its time.
    guard held.contains(where: { $0.value.isNull }) else { return nil }
    return (1..<1000).lazy
      .map { Field.note(Note(at: note.at.adding(milliseconds: $0), text: note.text).id) }
      .first { held[$0]?.isNull ?? false }
  }
}
