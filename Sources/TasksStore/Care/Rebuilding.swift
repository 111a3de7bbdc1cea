import TasksFiles
import TasksFormat
import TasksModel

/// Fills a new database from the changes of a store and from what was salvaged.
struct Rebuilding {
  private let store: Store
  private let salvage: Salvage
  private let files: ChangesDirectory
  private let now: Instant
  private var connection: Connection { store.connection }

  init(store: Store, salvage: Salvage, files: ChangesDirectory, now: Instant) {
    self.store = store
    self.salvage = salvage
    self.files = files
    self.now = now
  }

  func run(
    _ outcome: inout RebuildOutcome, old: Connection?, directory: String
  ) throws {
    if salvage.knowsDevice {
      for setting in salvage.settings { try store.set(setting.key, to: setting.value) }
    }
    for device in salvage.ownDevices where DeviceID(device) != nil {
      try connection.run(
        "INSERT OR IGNORE INTO devices (id, name, last, is_own) VALUES (?, '', 0, 1)",
        .text(device))
    }
    let entries = try files.entries().filter { $0.digest != nil }
    let taken = try store.takeIn(entries.count, at: now, lookingForCopies: false) { index in
      let file = try FileHandle(entries[index].path, flags: FileHandle.forReading)
      return IncomingBundle(
        try file.readToEnd(limit: FormatLimits.bundle + 1), hash: entries[index].digest?.text)
    }
    outcome.files = entries.count - taken.failures.count
    for failure in taken.failures {
      guard let error = failure.error as? FormatError, error.isDamage else { throw failure.error }
      try quarantine(entries[failure.index], in: directory)
      outcome.quarantined.append((entries[failure.index].name, error))
    }
    if let old { try restoreChanges(of: old, &outcome) }
    try connection.transaction(writing: true) {
      outcome.edits = try bringEdits()
      try bringRemotes()
      try bringQueue()
      try bringLocals()
      try bringJournal()
      try connection.indexChangedTexts()
    }
    outcome.changes =
      try connection.first("SELECT count(*) FROM changes", read: { Int($0.integer(0)) }) ?? 0
    outcome.tasks =
      try connection.first("SELECT count(*) FROM tasks", read: { Int($0.integer(0)) }) ?? 0
    outcome.missing = try store.missing()
  }

  private func takeIn(_ bytes: [UInt8]) throws {
    _ = try store.takeIn(1, at: now, lookingForCopies: false) { _ in IncomingBundle(bytes) }
  }

  private func quarantine(_ entry: ChangesDirectory.Entry, in directory: String) throws {
    let folder = Paths.join(directory, Store.quarantineName)
    try Directories.make(folder)
    let name = entry.name.split(separator: "/").last.map(String.init) ?? entry.name
    try Files.rename(entry.path, to: Paths.join(folder, name))
  }

  // MARK: - Changes whose file is gone

  /// Writes changes anew that only the old database has, if their line comes out with their id.
  private func restoreChanges(of old: Connection, _ outcome: inout RebuildOutcome) throws {
    var writer = BundleWriter()
    for change in LostChanges(old: old, new: connection).changes {
      guard let sealed = change else {
        outcome.lost += 1
        continue
      }
      outcome.restored += 1
      try writer.append(sealed) { try takeIn($0.bytes) }
    }
    try writer.handOverRest { try takeIn($0.bytes) }
  }

  // MARK: - What only the old database had

  /// Holds the edits that were not sealed; returns how many.
  private func bringEdits() throws -> Int {
    let merger = Merger(connection: connection, now: now)
    var keys: [Int64: Int64] = [:]
    var tasks: [String: Int64] = [:]
    for edit in salvage.edits {
      guard let id = TaskID(canonical: edit.task) else { continue }
      var task = tasks[edit.task]
      if task == nil {
        task = try connection.first(
          "SELECT key FROM tasks WHERE id = ?", .text(id.text), read: { $0.integer(0) })
      }
      let taskKey: Int64
      if let task { taskKey = task } else { taskKey = try merger.makeTask(id) }
      tasks[edit.task] = taskKey
      let key = try merger.takeKeys()
      keys[edit.key] = key
      var replaces: [HeldOperation.Replaced] = []
      for element in edit.over {
        if case .integer(let old) = element, let new = keys[old] {
          replaces.append(.held(new))
        }
        guard case .string(let name) = element, let dot = Dot(name) else { continue }
        let held = try connection.operations(named: dot)
        replaces += held.map(HeldOperation.Replaced.held)
        if held.isEmpty { replaces.append(.unknown(dot)) }
      }
      try merger.take(
        HeldOperation(
          key: key, task: taskKey, kind: edit.kind,
          stamp: Stamp(
            at: Instant(milliseconds: edit.at), device: merger.ownDevice(), change: nil,
            index: Int(key)),
          clock: edit.clock.map { Instant(milliseconds: $0) }, fields: edit.fields,
          written: Array(WrittenFields.of(edit.kind, edit.fields)), replaces: replaces))
    }
    try merger.flush()
    // If the database was older than its changes, some of its edits were sealed since.
    let dropped = try store.dropEditsMadeElsewhere(merger, since: 0)
    return keys.count - dropped
  }

  /// Brings over the remotes, and what was seen there.
  private func bringRemotes() throws(StoreError) {
    // A damaged database may have rows of remotes that are not there.
    try connection.run("PRAGMA defer_foreign_keys = ON")
    for table in salvage.remotes {
      let places = table.columns.map { _ in "?" }.joined(separator: ", ")
      for row in table.rows {
        try connection.run(
          "INSERT OR IGNORE INTO \(table.name) (\(table.columns.joined(separator: ", "))) VALUES (\(places))",
          row)
      }
    }
    for table in ["remote_bundles", "remote_keys"] {
      try connection.run(
        "DELETE FROM \(table) WHERE remote NOT IN (SELECT key FROM remotes)")
    }
    // What the queue knows is not all brought over; the next sync tells it again.
    try connection.run("UPDATE remote_bundles SET is_noted = 0")
  }

  private func bringQueue() throws(StoreError) {
    for row in salvage.queue {
      try connection.run(
        """
        UPDATE operations SET queued = ?, attempts = ?, attempted_at = ?, last_error = ?
        FROM (SELECT first, count FROM changes WHERE short = ? AND id = ?) AS held
        WHERE operations.key >= held.first AND operations.key < held.first + held.count
        """, SQLValue(row.state), .integer(row.attempts),
        row.attemptedAt.map(SQLValue.integer) ?? .null, SQLValue(row.error),
        .text(String(row.change.prefix(16))), .text(row.change))
    }
  }

  /// What a person can type as a number.
  private static let greatestNumber: Int64 = 9_999_999

  /// Gives the tasks the numbers they had; new ones get what is left.
  private func bringLocals() throws(StoreError) {
    guard !salvage.locals.isEmpty else { return }
    try connection.run("UPDATE tasks SET number = NULL")
    try connection.run("DELETE FROM free_numbers")
    var taken: Set<Int64> = []
    for local in salvage.locals {
      // A damaged database can say anything.
      let number = local.number.flatMap { number in
        (1...Self.greatestNumber).contains(number) && taken.insert(number).inserted ? number : nil
      }
      try connection.run(
        """
        UPDATE tasks SET number = ?, server_id = ?, last_synced_at = ?,
          closed_at = CASE WHEN closed_at IS NULL THEN NULL ELSE coalesce(?, closed_at) END
        WHERE id = ?
        """, number.map(SQLValue.integer) ?? .null, SQLValue(local.serverID),
        local.lastSyncedAt.map(SQLValue.integer) ?? .null,
        local.closedAt.map(SQLValue.integer) ?? .null, .text(local.id))
    }
    var numbers = Numbers(connection: connection, now: now)
    let nameless = try connection.all(
      """
      SELECT key FROM tasks WHERE number IS NULL AND NOT completed AND NOT is_deleted ORDER BY key
      """, read: { $0.integer(0) })
    for task in nameless {
      try connection.run(
        "UPDATE tasks SET number = ? WHERE key = ?", .integer(Int64(try numbers.take())),
        .integer(task))
    }
    try freeUnusedNumbers()
  }

  private func freeUnusedNumbers() throws(StoreError) {
    let used = try connection.all(
      "SELECT number FROM tasks WHERE number IS NOT NULL ORDER BY number", read: { $0.integer(0) })
    var next: Int64 = 1
    for number in used {
      // A salvaged number can be as great as it likes; only a dense range is worth listing.
      while next < number, number - next <= 100_000 {
        try connection.run("INSERT OR IGNORE INTO free_numbers VALUES (?)", .integer(next))
        next += 1
      }
      next = number + 1
    }
  }

  /// Brings over when conflicts were found, and those that have ended.
  private func bringJournal() throws(StoreError) {
    // What was a conflict between one file and the next was none.
    try connection.run("DELETE FROM conflicts WHERE ended_at IS NOT NULL")
    for entry in salvage.journal {
      try connection.run(
        "UPDATE conflicts SET found_at = ? WHERE id = ?", .integer(entry.foundAt), .text(entry.id))
      guard let endedAt = entry.endedAt else { continue }
      let task = try connection.first(
        "SELECT key FROM tasks WHERE id = ?", .text(entry.task), read: { $0.integer(0) })
      guard let task else { continue }
      var sides: [String] = []
      for side in entry.sides {
        if let key = try self.key(of: side) { sides.append(String(key)) }
      }
      let by = try entry.endedBy.flatMap { name throws(StoreError) in try key(of: name) }
      try connection.run(
        "INSERT OR IGNORE INTO conflicts VALUES (?, ?, ?, ?, ?, ?, ?)", .text(entry.id),
        .integer(task), .text(entry.field), .text("[\(sides.joined(separator: ","))]"),
        .integer(entry.foundAt), .integer(endedAt), by.map(SQLValue.integer) ?? .null)
    }
  }

  private func key(of name: JSON) throws(StoreError) -> Int64? {
    guard case .string(let text) = name, let dot = Dot(text) else { return nil }
    return try connection.operations(named: dot).first
  }
}
