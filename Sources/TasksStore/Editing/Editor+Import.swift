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

extension Editor {
  /// Brings in a task from elsewhere, with the times of its source.
  ///
  /// A field whose value here was written later keeps it, and what is already so is not written again: bringing in
  /// the same thing twice changes nothing.
  package func bring(_ task: ForeignTask) throws(StoreError) -> ImportOutcome {
    let found = try connection.first(
      "SELECT key FROM tasks WHERE id = ?", .text(task.id.text),
      read: { TaskKey(rawValue: $0.integer(0)) })
    if let found { return try bring(task, into: found) }

    var history = task.writes.map { Step(kind: .update, at: $0.at, edits: $0.edits) }
    // The first of its writes makes it, and says when it came into being if that was earlier.
    let first = history.isEmpty ? nil : history.removeFirst()
    var edits = first?.edits ?? Edits()
    if let first, first.at != task.createdAt { edits.setCreatedAt(task.createdAt) }
    history.insert(Step(kind: .create, at: first?.at ?? task.createdAt, edits: edits), at: 0)
    if task.isDeleted {
      history.append(Step(kind: .delete, at: task.closedAt ?? task.modifiedAt, edits: Edits()))
    }
    _ = try create(id: task.id, history: history)
    return ImportOutcome(isNew: true)
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
    for write in task.writes {
      var edits = Edits()
      for (field, value) in write.edits.values {
        let current = try connection.writes(of: field, task: key.rawValue).first
        if let current, try sourceTime(of: current) >= write.at {
          if !current.gave(value.canonicalText) { outcome.newer.append(field) }
        } else {
          edits.set(field, to: value)
        }
      }
      // A deletion that is newer stays: the fields are brought up to date all the same.
      let deletion = try connection.writes(of: .isDeleted, task: key.rawValue).first
      if !edits.isEmpty, let deletion, deletion.at > write.at, deletion.gave("true") {
        edits.set(.isDeleted, to: .bool(true))
      }
      // A value that the source says is still so is as new as that, and no older export can bring another back.
      outcome.written += try update(key, edits, at: write.at, reasserting: true)
    }
    try bringDeletion(task, into: key, before, &outcome)
    return outcome
  }

  /// When a value was written: for one that was brought in, by its source, though it had to be moved behind what it
  /// replaced.
  private func sourceTime(of write: Write) throws(StoreError) -> Instant {
    let clock = try connection.first(
      """
      SELECT clock FROM operations JOIN commands ON commands.key = command
      WHERE operations.key = ? AND name = 'import' AND clock IS NOT NULL
      """, .integer(write.operation), read: { Instant(milliseconds: $0.integer(0)) })
    return clock ?? write.at
  }

  /// Deletes or restores the task as the source has it, if that is newer than what is so here.
  private func bringDeletion(
    _ task: ForeignTask, into key: TaskKey, _ before: Projection, _ outcome: inout ImportOutcome
  ) throws(StoreError) {
    guard let shown = try connection.projection(of: key.rawValue) else { return }
    let at = task.isDeleted ? task.closedAt ?? task.modifiedAt : task.modifiedAt
    // What was written just now says nothing of how new the task was here.
    let isOlder = before.updatedAt > at && !before.isDeleted
    switch (task.isDeleted, shown.isDeleted) {
    case (true, false) where isOlder: outcome.newer.append(.isDeleted)
    case (true, false):
      try delete(key, at: at)
      outcome.written.append(.isDeleted)
    case (false, true):
      let deletion = try connection.writes(of: .isDeleted, task: key.rawValue).first
      guard let deletion, deletion.at < at else {
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
  /// What was written to the task, moment by moment: the completion when it was closed, all else when it was last
  /// modified.
  ///
  /// Nothing is older than the task.
  fileprivate var writes: [(at: Instant, edits: Edits)] {
    var moments: [Instant: Edits] = [:]
    for (field, value) in edits.values {
      let at = field == .completed ? closedAt ?? modifiedAt : modifiedAt
      moments[max(at, createdAt), default: Edits()].set(field, to: value)
    }
    return moments.sorted { $0.key < $1.key }.map { (at: $0.key, edits: $0.value) }
  }
}
