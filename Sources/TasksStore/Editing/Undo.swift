package import TasksModel

/// What taking back a command came to.
package struct UndoOutcome: Sendable {
  /// The command that was taken back.
  package let name: String
  package let at: Instant
  /// The tasks it had edited, as they are now.
  package let tasks: [TaskRecord]
  /// Whether anything was taken back at all.
  package let isChanged: Bool
  /// Fields that somebody has changed since, which were left as they are.
  package let skipped: [(task: TaskRecord, field: Field)]
}

extension Store {
  /// Takes back the last editing command that was not taken back yet, by a new edit.
  package func undo(at now: Instant) throws -> UndoOutcome {
    try edit("undo", at: now, canUndo: false) { editor in
      guard
        let command = try connection.first(
          "SELECT key, name, at FROM commands WHERE can_undo ORDER BY key DESC LIMIT 1",
          read: {
            (key: $0.integer(0), name: $0.text(1), at: Instant(milliseconds: $0.integer(2)))
          })
      else { throw StoreError.nothingToUndo }
      try connection.run("UPDATE commands SET can_undo = 0 WHERE key = ?", .integer(command.key))

      var tasks: [TaskKey] = []
      var skipped: [(task: TaskKey, field: Field)] = []
      for change in try changes(of: command.key) {
        tasks.append(change.task)
        skipped += try undo(change, with: editor).map { (change.task, $0) }
      }
      return UndoOutcome(
        name: command.name, at: command.at, tasks: try records(of: tasks),
        isChanged: editor.hasWritten,
        skipped: try skipped.compactMap { skip in
          try record(of: skip.task).map { ($0, skip.field) }
        })
    }
  }

  /// What a command did to one task: every field it wrote, before and after.
  private struct Change {
    let task: TaskKey
    var lastOperation: Int64
    var isCreation = false
    var before: [Field: JSON] = [:]
    var after: [Field: JSON] = [:]
  }

  /// Takes back one task's change and returns the fields that were left alone.
  private func undo(_ change: Change, with editor: Editor) throws(StoreError) -> [Field] {
    if change.isCreation {
      // Unmaking a task would hide what somebody else has written to it since.
      let isTouched = try connection.first(
        "SELECT 1 FROM operations WHERE task = ? AND key > ? AND command IS NULL LIMIT 1",
        .integer(change.task.rawValue), .integer(change.lastOperation), read: { _ in true })
      guard isTouched == nil else { return [.isDeleted] }
      try editor.delete(change.task)
      return []
    }
    var edits = Edits()
    var skipped: [Field] = []
    for (field, after) in change.after.sorted(by: { $0.key < $1.key }) {
      let before = change.before[field] ?? field.absentValue
      guard before != after else { continue }
      let current = try connection.writes(of: field, task: change.task.rawValue)
      // Beside a write of somebody else it is a conflict, which undoing would settle unasked.
      guard current.count == 1, current[0].gave(after.canonicalText) else {
        skipped.append(field)
        continue
      }
      edits.set(field, to: before)
    }
    // A task that was deleted since stays so.
    try editor.updateAsShown(change.task, edits)
    return skipped
  }

  /// What a command did, task by task.
  private func changes(of command: Int64) throws(StoreError) -> [Change] {
    let keys = try connection.all(
      """
      SELECT key FROM operations
      WHERE command = ?1
        AND key >= (SELECT first FROM commands WHERE key = ?1)
        AND key < coalesce((SELECT first FROM commands WHERE key > ?1 ORDER BY key LIMIT 1),
          9223372036854775807)
      ORDER BY key
      """, .integer(command), read: { $0.integer(0) })
    let own = try connection.ownDevice()
    var changes: [Change] = []
    var places: [Int64: Int] = [:]
    for key in keys {
      guard let operation = try connection.pastOperation(key, own: own) else { continue }
      let place = places[operation.task] ?? changes.count
      if place == changes.count {
        places[operation.task] = place
        changes.append(Change(task: TaskKey(rawValue: operation.task), lastOperation: key))
      }
      changes[place].lastOperation = key
      if operation.kind == OperationKind.create.rawValue { changes[place].isCreation = true }
      let replaced = try connection.replacedValues(of: operation, own: own)
      for (field, value) in operation.written {
        if changes[place].after[field] == nil { changes[place].before[field] = replaced[field] }
        changes[place].after[field] = value
      }
    }
    return changes
  }
}
