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
    let operations = try connection.all(
      """
      SELECT key, task, kind, fields, over FROM operations
      WHERE command = ?1
        AND key >= (SELECT first FROM commands WHERE key = ?1)
        AND key < coalesce((SELECT first FROM commands WHERE key > ?1 ORDER BY key LIMIT 1),
          9223372036854775807)
      ORDER BY key
      """,
      .integer(command)
    ) { row in
      (
        key: row.integer(0), task: TaskKey(rawValue: row.integer(1)), kind: row.text(2),
        fields: row.text(3), over: JSON(canonicalText: row.text(4))
      )
    }
    var changes: [Change] = []
    var places: [TaskKey: Int] = [:]
    for operation in operations {
      if places[operation.task] == nil {
        places[operation.task] = changes.count
        changes.append(Change(task: operation.task, lastOperation: operation.key))
      }
      guard let place = places[operation.task] else { continue }
      changes[place].lastOperation = operation.key
      if operation.kind == OperationKind.create.rawValue { changes[place].isCreation = true }
      let written = WrittenFields.of(operation.kind, operation.fields)
      let replaced = try replacedValues(operation.over)
      for (field, value) in written {
        if changes[place].after[field] == nil { changes[place].before[field] = replaced[field] }
        changes[place].after[field] = value
      }
    }
    return changes
  }

  /// The values that the replaced operations had given: of each field the one that was shown.
  private func replacedValues(_ over: JSON) throws(StoreError) -> [Field: JSON] {
    guard case .array(let keys) = over else { return [:] }
    let own = DeviceID(trusted: try setting("device.id") ?? "")
    var latest: [Field: (stamp: Stamp, value: JSON)] = [:]
    for case .integer(let key) in keys {
      let operation = try connection.first(
        """
        SELECT kind, fields, operations.at, devices.id, changes.id, operations.key - first
        FROM operations LEFT JOIN changes ON changes.key = change
        LEFT JOIN devices ON devices.key = device WHERE operations.key = ?
        """, .integer(key)
      ) { row in
        (
          written: WrittenFields.of(row.text(0), row.text(1)),
          stamp: Stamp(
            at: Instant(milliseconds: row.integer(2)),
            device: row.optionalText(3).map { DeviceID(trusted: $0) } ?? own,
            change: row.optionalText(4).map { ChangeID(trusted: $0) },
            index: Int(row.optionalInteger(5) ?? key))
        )
      }
      guard let operation else { continue }
      for (field, value) in operation.written
      where latest[field].map({ $0.stamp < operation.stamp }) ?? true {
        latest[field] = (operation.stamp, value)
      }
    }
    return latest.mapValues(\.value)
  }
}
