package import TasksModel

/// An edit that somebody made elsewhere, without seeing what was written here meanwhile: from an app's offline queue.
package struct ClientEdit: Sendable {
  package let task: TaskID
  package let kind: OperationKind
  package let edits: Edits
  /// When it was made, by the client's clock.
  package let at: Instant
  /// The `updated_at` of the task as the client last got it; nil if it does not know.
  package let base: Instant?

  package init(
    _ kind: OperationKind, _ task: TaskID, _ edits: Edits, at: Instant, base: Instant? = nil
  ) {
    self.task = task
    self.kind = kind
    self.edits = edits
    self.at = at
    self.base = base
  }
}

/// What became of a client's edit.
package enum ClientOutcome: Hashable, Sendable {
  /// Nothing competed with it.
  case applied
  /// It is what the task shows, beside other writes that its author cannot have seen.
  case won
  /// Something later is what the task shows, in at least one field.
  case lost
  /// It was here already.
  case duplicate
  /// There is no such task to update or delete.
  case unknownTask
}

extension Editor {
  /// Takes a client's edit in, as what it is: a write at its time, which replaces what its author can have seen.
  ///
  /// That is what was written until `base`, else what was written before it. So a newer edit wins, an older one loses,
  /// and what loses is an open conflict, as after a pull.
  package func take(_ edit: ClientEdit) throws(StoreError) -> ClientOutcome {
    guard let task = try key(of: edit.task) else {
      guard edit.kind == .create else { return .unknownTask }
      _ = try create(
        id: edit.task, history: [Step(kind: .create, at: edit.at, edits: edit.edits)])
      return .applied
    }
    guard try !isTaken(edit, task) else { return .duplicate }
    let written = edit.edits.written(by: edit.kind)
    var isRivalled = false
    try apply(
      edit.kind == .delete ? .delete : .update, edit.edits, to: task, at: edit.at, isExact: true
    ) { field, current throws(StoreError) in
      let (seen, unseen) = Self.split(current) { write in
        edit.base.map { write.at <= $0 } ?? (write.at < edit.at)
      }
      let value = written[field]?.canonicalText ?? ""
      if unseen.contains(where: { !$0.gave(value) }) { isRivalled = true }
      return seen
    }
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

  /// Whether the very edit was taken before: the same fields at the same time.
  private func isTaken(_ edit: ClientEdit, _ task: TaskKey) throws(StoreError) -> Bool {
    try connection.first(
      """
      SELECT 1 FROM operations WHERE task = ? AND coalesce(clock, at) = ? AND fields = ?
        AND (kind = 'delete') = ? LIMIT 1
      """, .integer(task.rawValue), SQLValue(edit.at), .text(edit.edits.canonicalText),
      SQLValue(edit.kind == .delete), read: { _ in true }) ?? false
  }

  private static func split(
    _ writes: [Write], _ isSeen: (Write) -> Bool
  ) -> (seen: [Write], unseen: [Write]) {
    (writes.filter(isSeen), writes.filter { !isSeen($0) })
  }
}
