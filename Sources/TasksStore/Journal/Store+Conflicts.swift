package import TasksModel

/// Two or more values of one field, written by people who did not know of each other.
package struct Conflict: Sendable {
  /// One of the values.
  package struct Side: Sendable {
    package let value: JSON
    package let at: Instant
    /// What the clock said, where the time had to be moved away from it.
    package let clock: Instant?
    package let device: DeviceID
    /// What the device calls itself; nil if it has sealed nothing yet.
    package let deviceName: String?
    /// Nil while it has not been sealed.
    package let change: ChangeID?
    /// The operation.
    let key: Int64

    /// When it was written, by the clock of whoever wrote it.
    package var shownAt: Instant { clock ?? at }
  }

  package let id: String
  package let task: TaskKey
  package let taskID: TaskID
  package let number: Int?
  package let title: String?
  package let field: Field
  /// The value that the task shows, or showed while it was open.
  package let winner: Side
  package let losers: [Side]
  package let foundAt: Instant
  package let endedAt: Instant?
  /// The value that the field had when it ended; nil if it is open, or grew into another conflict.
  package let ending: Side?

  package var isOpen: Bool { endedAt == nil }
}

extension Store {
  /// The open conflicts, or all that there ever were, the newest last.
  package func conflicts(all: Bool = false) throws -> [Conflict] {
    try readConflicts(all ? "true" : "ended_at IS NULL", [])
  }

  /// The open conflicts of a task.
  package func conflicts(of task: TaskKey) throws -> [Conflict] {
    try readConflicts(
      "conflicts.task = ? AND ended_at IS NULL", [.integer(task.rawValue)])
  }

  /// The conflicts whose ids begin like that, open or not.
  package func conflicts(idPrefix prefix: String) throws -> [Conflict] {
    let prefix = prefix.lowercased()
    // "g" sorts after every hexadecimal digit.
    return try readConflicts(
      "conflicts.id >= ? AND conflicts.id < ?", [.text(prefix), .text(prefix + "g")])
  }

  private func readConflicts(_ condition: String, _ values: [SQLValue]) throws -> [Conflict] {
    guard !connection.isInTransaction else { return try readConflictsNow(condition, values) }
    return try connection.transaction(writing: false) { try readConflictsNow(condition, values) }
  }

  private func readConflictsNow(
    _ condition: String, _ values: [SQLValue]
  ) throws(StoreError) -> [Conflict] {
    struct Entry {
      let id: String
      let task: Int64
      let taskID: TaskID
      let number: Int?
      let title: String?
      let field: Field
      let sides: [Int64]
      let foundAt: Instant
      let endedAt: Instant?
      let endedBy: Int64?
    }
    var entries: [Entry] = []
    try connection.each(
      """
      SELECT conflicts.id, task, tasks.id, number, title, field, sides, found_at, ended_at, ended_by
      FROM conflicts JOIN tasks ON tasks.key = task
      WHERE \(condition) ORDER BY found_at, conflicts.id
      """, values
    ) { row in
      let sides = JSON(canonicalText: row.text(6)).arrayValue ?? []
      entries.append(
        Entry(
          id: row.text(0), task: row.integer(1), taskID: TaskID(stored: row.text(2)),
          number: row.optionalInteger(3).map { Int($0) }, title: row.optionalText(4),
          field: Field(row.text(5)), sides: sides.compactMap(\.integerValue),
          foundAt: Instant(milliseconds: row.integer(7)),
          endedAt: row.optionalInteger(8).map { Instant(milliseconds: $0) },
          endedBy: row.optionalInteger(9)))
    }
    let own = try setting("device.id") ?? ""
    var conflicts: [Conflict] = []
    for entry in entries {
      // Which of the open ones wins can change when what was made here is sealed.
      let keys =
        entry.endedAt == nil
        ? try connection.writes(of: entry.field, task: entry.task).map(\.operation) : entry.sides
      var sides: [Conflict.Side] = []
      for key in keys {
        if let side = try connection.side(key, field: entry.field, own: own) { sides.append(side) }
      }
      guard let winner = sides.first else { continue }
      conflicts.append(
        Conflict(
          id: entry.id, task: TaskKey(rawValue: entry.task), taskID: entry.taskID,
          number: entry.number, title: entry.title, field: entry.field, winner: winner,
          losers: sides.dropFirst().filter { $0.value != winner.value },
          foundAt: entry.foundAt, endedAt: entry.endedAt,
          ending: try entry.endedBy.flatMap { key throws(StoreError) in
            try connection.side(key, field: entry.field, own: own)
          }))
    }
    return conflicts
  }
}

extension Connection {
  /// What an operation gave a field.
  fileprivate func side(
    _ operation: Int64, field: Field, own: String
  ) throws(StoreError) -> Conflict.Side? {
    let found = try first(
      """
      SELECT kind, fields, operations.at, clock, devices.id, devices.name, changes.id
      FROM operations LEFT JOIN changes ON changes.key = change
      LEFT JOIN devices ON devices.key = device WHERE operations.key = ?
      """, .integer(operation)
    ) { row -> Conflict.Side? in
      guard let value = WrittenFields.of(row.text(0), row.text(1))[field] else { return nil }
      return Conflict.Side(
        value: value, at: Instant(milliseconds: row.integer(2)),
        clock: row.optionalInteger(3).map { Instant(milliseconds: $0) },
        device: DeviceID(trusted: row.optionalText(4) ?? own), deviceName: row.optionalText(5),
        change: row.optionalText(6).map { ChangeID(trusted: $0) }, key: operation)
    }
    return found ?? nil
  }
}
