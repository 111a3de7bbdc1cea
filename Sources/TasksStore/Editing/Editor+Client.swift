package import TasksModel

extension Editor {
  /// Takes a client's edit in, as what it is: a write at its time, which replaces what its author can have seen.
  ///
  /// That is what was written until `base`, else what was written before it, and what the client wrote itself. So a newer
  /// edit wins, an older one loses, and what loses is an open conflict, as after a pull.
  ///
  /// - Parameter edits: makes the edits of the task as it is, of which only what the client can have seen is shown; of
  ///   nil if there is no such task.
  package func take(
    _ edit: ClientEdit, in store: Store, _ edits: (TaskRecord?) throws -> Edits
  ) throws -> ClientOutcome {
    guard try !isTaken(edit) else { return .duplicate }
    guard let task = try key(of: edit.task) else {
      guard edit.kind == .create else { return .unknownTask }
      let made = try create(edits(nil), id: edit.task, at: edit.at)
      try remember(edit, on: made)
      return .applied
    }
    let shown = try record(of: task, in: store, seenBy: edit)
    let values = try edits(shown)
    let written = values.written(by: edit.kind)
    var isRivalled = false
    try apply(
      edit.kind == .delete ? .delete : .update, values, to: task, at: edit.at, isExact: true
    ) { field, current throws(StoreError) in
      var seen: [Write] = []
      let value = written[field]?.canonicalText ?? ""
      for write in current {
        if try self.isSeen(write, by: edit) {
          seen.append(write)
        } else if !write.gave(value) {
          isRivalled = true
        }
      }
      return seen
    }
    try remember(edit, on: task)
    guard isRivalled else { return .applied }
    for (field, value) in written {
      let winner = try connection.writes(of: field, task: task.rawValue).first
      if let winner, !winner.gave(value.canonicalText) { return .lost }
    }
    return .won
  }

  /// The task's key; nil if there is no such task.
  package func key(of task: TaskID) throws(StoreError) -> TaskKey? {
    try connection.first(
      "SELECT key FROM tasks WHERE id = ?", .text(task.text),
      read: { TaskKey(rawValue: $0.integer(0)) })
  }

  private func isTaken(_ edit: ClientEdit) throws(StoreError) -> Bool {
    try connection.first(
      "SELECT 1 FROM client_edits WHERE hash = ?", .text(edit.hash), read: { _ in true }) ?? false
  }

  /// Remembers an edit by the last operation on its task, which it has just made.
  private func remember(_ edit: ClientEdit, on task: TaskKey) throws(StoreError) {
    try connection.run(
      """
      INSERT OR IGNORE INTO client_edits (hash, client, operation)
      SELECT ?, ?, max(key) FROM operations WHERE task = ?
      """, .text(edit.hash), .text(edit.client), .integer(task.rawValue))
  }

  /// Whether a client can have seen a write when it made an edit.
  private func isSeen(_ write: Write, by edit: ClientEdit) throws(StoreError) -> Bool {
    if let base = edit.base {
      if write.at <= base { return true }
    } else if write.at < edit.at {
      return true
    }
    // What it wrote itself, unless that was later and came first.
    guard write.at <= edit.at else { return false }
    return try connection.first(
      "SELECT 1 FROM client_edits WHERE operation = ? AND client = ?", .integer(write.operation),
      .text(edit.client), read: { _ in true }) ?? false
  }

  /// The task without tags and notes that the client cannot have seen: a list of it says nothing about those.
  private func record(
    of task: TaskKey, in store: Store, seenBy edit: ClientEdit
  ) throws -> TaskRecord? {
    guard var record = try store.record(of: task) else { return nil }
    func isSeen(_ field: Field) throws -> Bool {
      guard let winner = try connection.writes(of: field, task: task.rawValue).first else {
        return true
      }
      return try self.isSeen(winner, by: edit)
    }
    record.tags = try record.tags.filter { try isSeen(.tag($0)) }
    record.notes = try record.notes.filter { try isSeen(.note($0.id)) }
    return record
  }
}
