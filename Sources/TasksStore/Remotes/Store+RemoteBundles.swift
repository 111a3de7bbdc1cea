package import TasksModel

/// A bundle that a remote had when it was last looked at.
package struct SeenBundle: Sendable {
  package let name: String
  /// Since when, by the clock of this device.
  package let seenAt: Instant
  /// Whether the queue knows that its changes are there.
  package let isNoted: Bool
  /// Since when it has been found not to be whole.
  package let badAt: Instant?
}

extension Store {
  /// The bundles that a remote had when it was last looked at, by their names.
  ///
  /// A sync asks several times, and there may be hundreds, so they are read again only if something was written since.
  package func seenBundles(on remote: RemoteRecord) throws(StoreError) -> [String: SeenBundle] {
    let version = try connection.version
    if let seen, seen.remote == remote.key, seen.at == version { return seen.bundles }
    let bundles = try readSeenBundles(on: remote)
    // In a transaction nobody else's writes are told.
    seen = connection.isInTransaction ? nil : (remote.key, version, bundles)
    return bundles
  }

  private func readSeenBundles(
    on remote: RemoteRecord
  ) throws(StoreError) -> [String: SeenBundle] {
    var seen: [String: SeenBundle] = [:]
    try connection.each(
      "SELECT name, seen_at, is_noted, bad_at FROM remote_bundles WHERE remote = ?",
      [.integer(remote.key)]
    ) { row in
      let name = row.text(0)
      seen[name] = SeenBundle(
        name: name, seenAt: Instant(milliseconds: row.integer(1)), isNoted: row.bool(2),
        badAt: row.optionalInteger(3).map { Instant(milliseconds: $0) })
    }
    return seen
  }

  /// Remembers which bundles a remote has now.
  package func note(
    on remote: RemoteRecord, appeared: [String], gone: [String], at now: Instant
  ) throws {
    guard !appeared.isEmpty || !gone.isEmpty else { return }
    try connection.transaction(writing: true) {
      for name in gone {
        try connection.run(
          "DELETE FROM remote_bundles WHERE remote = ? AND name = ?", .integer(remote.key),
          .text(name))
      }
      for name in appeared {
        try connection.run(
          """
          INSERT INTO remote_bundles (remote, name, seen_at, is_noted) VALUES (?, ?, ?, 0)
          ON CONFLICT (remote, name) DO NOTHING
          """, .integer(remote.key), .text(name), SQLValue(now))
      }
    }
  }

  /// Notes that bundles were read on a remote, and whether they were whole.
  package func noteReading(
    of names: [String], on remote: RemoteRecord, areWhole: Bool, at now: Instant
  ) throws {
    guard !names.isEmpty else { return }
    try connection.transaction(writing: true) {
      for name in names {
        try connection.run(
          """
          UPDATE remote_bundles SET bad_at = CASE WHEN ?1 THEN NULL ELSE coalesce(bad_at, ?2) END
          WHERE remote = ?3 AND name = ?4
          """, SQLValue(areWhole), SQLValue(now), .integer(remote.key), .text(name))
      }
    }
  }

  /// Whether a remote is the one that the queue is for, now: it may have been another when the sync began.
  func isDefault(_ record: RemoteRecord) throws -> Bool {
    try remote(nil)?.key == record.key
  }

  /// Notes that a bundle was read on a remote and is whole; one that was removed meanwhile needs no note.
  ///
  /// - Parameter isAllNew: whether all of its operations were taken in with it, so that none of them is in the queue.
  func note(_ origin: IncomingBundle.Origin, isAllNew: Bool, at now: Instant) throws {
    try connection.run(
      """
      INSERT INTO remote_bundles (remote, name, seen_at, is_noted)
      SELECT key, ?, ?, ? FROM remotes WHERE key = ?
      ON CONFLICT (remote, name) DO UPDATE
        SET bad_at = NULL, is_noted = max(is_noted, excluded.is_noted)
      """, .text(origin.name), SQLValue(now),
      SQLValue(isAllNew && isDefault(origin.remote)), .integer(origin.remote.key))
  }

  /// Notes that bundles are on a remote whose changes are all held here; the queue lets go of these.
  package func notePublished(
    _ bundles: [(name: String, span: HeldSpan)], on remote: RemoteRecord, at now: Instant
  ) throws {
    guard !bundles.isEmpty else { return }
    try connection.transaction(writing: true) {
      let isDefault = try isDefault(remote)
      for (name, span) in bundles {
        try connection.run(
          """
          INSERT INTO remote_bundles (remote, name, seen_at, is_noted)
          SELECT key, ?, ?, 1 FROM remotes WHERE key = ?
          ON CONFLICT (remote, name) DO UPDATE SET is_noted = 1
          """, .text(name), SQLValue(now), .integer(remote.key))
        guard isDefault else { continue }
        for changes in try span.conditions(in: self) {
          try notePublished(changes, server: remote.serverID(of: name), at: now)
        }
      }
    }
  }

  /// Lets go of the operations of some changes, given as a condition on `changes`.
  private func notePublished(
    _ changes: (sql: String, values: [SQLValue]), server: String, at now: Instant
  ) throws(StoreError) {
    try connection.run(
      """
      UPDATE tasks SET server_id = coalesce(server_id, ?), last_synced_at = ? WHERE key IN (
        SELECT task FROM changes
        JOIN operations ON operations.key >= first AND operations.key < first + changes.count
        WHERE \(changes.sql))
      """, [.text(server), SQLValue(now)] + changes.values)
    try connection.run(
      """
      UPDATE operations SET queued = NULL, last_error = NULL
      FROM (SELECT first, count FROM changes WHERE \(changes.sql)) AS sent
      WHERE operations.key >= sent.first AND operations.key < sent.first + sent.count
        AND queued IS NOT NULL
      """, changes.values)
  }
}

extension HeldSpan {
  /// Which changes it is, for SQL.
  fileprivate func conditions(in store: Store) throws -> [(sql: String, values: [SQLValue])] {
    guard device.isForked else {
      let values: [SQLValue] = [
        .integer(device.key), .integer(Int64(first)), .integer(Int64(last)),
      ]
      return [(sql: "device = ? AND seq BETWEEN ? AND ?", values: values)]
    }
    return try (store.chain(of: self) ?? []).map {
      (sql: "changes.key = ?", values: [.integer($0)])
    }
  }
}
