package import TasksModel

extension Store {
  /// The open conflicts, or all that there ever were, the newest last.
  package func conflicts(all: Bool = false) throws -> [Conflict] {
    try readConflicts(all ? "true" : "ended_at IS NULL", [])
  }

  /// Calls `body` for the open conflicts, the newest last.
  package func forEachOpenConflict(_ body: (Conflict) -> Void) throws {
    try consistently { try eachConflict("ended_at IS NULL", [], body) }
  }

  /// The open conflicts of a task.
  package func conflicts(of task: TaskKey) throws -> [Conflict] {
    try readConflicts(
      "conflicts.task = ? AND ended_at IS NULL", [.integer(task.rawValue)])
  }

  /// The conflicts of a task that ended at that moment.
  package func conflicts(of task: TaskKey, endedAt moment: Instant) throws -> [Conflict] {
    try readConflicts(
      "conflicts.task = ? AND ended_at = ?",
      [.integer(task.rawValue), .integer(moment.milliseconds)])
  }

  /// The conflicts whose ids begin like that, open or not.
  package func conflicts(idPrefix prefix: String) throws -> [Conflict] {
    let prefix = prefix.lowercased()
    // "g" sorts after every hexadecimal digit.
    return try readConflicts(
      "conflicts.id >= ? AND conflicts.id < ?", [.text(prefix), .text(prefix + "g")])
  }

  /// All conflicts that there ever were of a field of a task.
  func conflicts(ofField field: Field, of task: TaskKey) throws -> [Conflict] {
    try readConflicts(
      "conflicts.task = ? AND field = ?", [.integer(task.rawValue), .text(field.name)])
  }

  /// The tasks that have open conflicts.
  ///
  /// It takes as long as there are conflicts, however many tasks there are.
  package func tasksInConflict() throws(StoreError) -> Set<TaskID> {
    Set(
      try connection.all(
        """
        SELECT id FROM tasks WHERE key IN (SELECT task FROM conflicts WHERE ended_at IS NULL)
        """, read: { TaskID(stored: $0.text(0)) }))
  }

  /// The ids of open conflicts that begin like that, each with its field and its task's title.
  package func openConflictIDs(
    startingWith prefix: String
  ) throws(StoreError) -> [(id: String, field: Field, title: String?)] {
    try connection.all(
      """
      SELECT conflicts.id, field, title FROM conflicts JOIN tasks ON tasks.key = task
      WHERE ended_at IS NULL AND conflicts.id >= ? AND conflicts.id < ?
      ORDER BY conflicts.id LIMIT 1000
      """, .text(prefix), .text(prefix + "g"),
      read: { ($0.text(0), Field($0.text(1)), $0.optionalText(2)) })
  }

  private func readConflicts(_ condition: String, _ values: [SQLValue]) throws -> [Conflict] {
    var conflicts: [Conflict] = []
    try consistently { try eachConflict(condition, values) { conflicts.append($0) } }
    return conflicts
  }

  /// A row of the journal.
  private struct Entry {
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

  private func eachConflict(
    _ condition: String, _ values: [SQLValue], _ body: (Conflict) -> Void
  ) throws(StoreError) {
    var entries: [Entry] = []
    try connection.each(
      """
      SELECT conflicts.id, task, tasks.id, number, title, field, sides, found_at, ended_at, ended_by
      FROM conflicts JOIN tasks ON tasks.key = task
      WHERE \(condition) ORDER BY found_at, task, field, conflicts.id
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
    let own = try connection.ownDevice()
    var writers = Writers(connection, own: own)
    for entry in entries {
      if let conflict = try conflict(entry, own: own, &writers) { body(conflict) }
    }
  }

  private func conflict(
    _ entry: Entry, own: DeviceID, _ writers: inout Writers
  ) throws(StoreError) -> Conflict? {
    // Which of the open ones wins can change when what was made here is sealed.
    let keys =
      entry.endedAt == nil
      ? Register(
        try connection.stampedWrites(of: entry.field, task: entry.task, own: own)
      ).writes.map(\.name) : entry.sides
    var sides: [Conflict.Side] = []
    for key in keys {
      if let side = try writers.side(key, field: entry.field) { sides.append(side) }
    }
    guard let winner = sides.first else { return nil }
    return Conflict(
      id: entry.id, shortID: try connection.shortConflictID(entry.id),
      task: TaskKey(rawValue: entry.task), taskID: entry.taskID, number: entry.number,
      title: entry.title, field: entry.field, winner: winner,
      losers: sides.dropFirst().filter { $0.value != winner.value },
      foundAt: entry.foundAt, endedAt: entry.endedAt,
      ending: try entry.endedBy.flatMap { key throws(StoreError) in
        try writers.side(key, field: entry.field)
      })
  }
}

/// Operations that take part in conflicts.
///
/// Each is read once: one that wrote a thousand tags can be a side of a thousand conflicts.
private struct Writers {
  private struct Writer {
    let written: [Field: JSON]
    let at: Instant
    let clock: Instant?
    let device: DeviceID
    let deviceName: String?
    let change: ChangeID?
  }

  private let connection: Connection
  private let own: DeviceID
  private var known: [Int64: Writer] = [:]
  /// So that very many conflicts are not all in memory.
  private static let mostKnown = 4096

  init(_ connection: Connection, own: DeviceID) {
    self.connection = connection
    self.own = own
  }

  /// What an operation gave a field.
  mutating func side(_ operation: Int64, field: Field) throws(StoreError) -> Conflict.Side? {
    guard let writer = try writer(operation), let value = writer.written[field] else { return nil }
    return Conflict.Side(
      value: value, at: writer.at, clock: writer.clock, device: writer.device,
      deviceName: writer.deviceName, change: writer.change, key: operation)
  }

  private mutating func writer(_ operation: Int64) throws(StoreError) -> Writer? {
    if let writer = known[operation] { return writer }
    let writer = try connection.first(
      """
      SELECT kind, fields, operations.at, clock, devices.id, devices.name, changes.id
      FROM operations LEFT JOIN changes ON changes.key = change
      LEFT JOIN devices ON devices.key = device WHERE operations.key = ?
      """, .integer(operation)
    ) { row in
      Writer(
        written: WrittenFields.of(row.text(0), row.text(1)),
        at: Instant(milliseconds: row.integer(2)),
        clock: row.optionalInteger(3).map { Instant(milliseconds: $0) },
        device: row.optionalText(4).map { DeviceID(trusted: $0) } ?? own,
        deviceName: row.optionalText(5), change: row.optionalText(6).map { ChangeID(trusted: $0) })
    }
    if known.count >= Self.mostKnown { known = [:] }
    known[operation] = writer
    return writer
  }
}

extension Connection {
  /// The first digits of a conflict's id: as many as tell it from all others, and at least eight.
  fileprivate func shortConflictID(_ id: String) throws(StoreError) -> String {
    for length in 8..<ConflictID.length {
      let prefix = String(id.prefix(length))
      let count = try first(
        "SELECT count(*) FROM conflicts WHERE id >= ? AND id < ?", .text(prefix),
        .text(prefix + "g"), read: { $0.integer(0) })
      if count == 1 { return prefix }
    }
    return id
  }
}
