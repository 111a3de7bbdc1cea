import TasksFormat
package import TasksModel

extension Store {
  /// The remotes: the default one first, then in the order in which they were added.
  package func remotes() throws(StoreError) -> [RemoteRecord] {
    var isFirst = true
    return try connection.all(
      """
      SELECT key, name, url, id, transport, settings, secret, last_push, last_pull, last_error,
        last_error_at, is_met
      FROM remotes ORDER BY name <> '\(RemoteRecord.usualName)', key
      """
    ) { row in
      defer { isFirst = false }
      func instant(_ column: Int32) -> Instant? {
        row.optionalInteger(column).map { Instant(milliseconds: $0) }
      }
      return RemoteRecord(
        key: row.integer(0), name: row.text(1), url: row.text(2), id: row.text(3),
        transport: row.optionalText(4), settings: row.isNull(5) ? nil : row.blob(5),
        isMet: row.bool(11),
        secret: row.isNull(6) ? nil : row.blob(6), isDefault: isFirst, lastPush: instant(7),
        lastPull: instant(8), lastError: row.optionalText(9), lastErrorAt: instant(10))
    }
  }

  /// The remote of that name, or the default one; nil if there is none.
  package func remote(_ name: String?) throws(StoreError) -> RemoteRecord? {
    let remotes = try remotes()
    guard let name else { return remotes.first }
    return remotes.first { UTF8Order.areEqual($0.name, name) }
  }

  /// Adds a remote; the name must be free.
  ///
  /// All at once: a remote that is to be encrypted is never known without that.
  package func addRemote(
    _ name: String, url: String, encryption: NewEncryption? = nil
  ) throws -> RemoteRecord {
    try changingRemotes {
      try connection.run(
        "INSERT INTO remotes (name, url, id) VALUES (?, ?, lower(hex(randomblob(8))))",
        .text(name), .text(url))
      guard let encryption, let added = try remote(name) else { return }
      try pin(added, settings: encryption.settings, secret: encryption.secret, isMet: false)
      try pin(added, slot: encryption.slot.name, content: encryption.slot.content)
    }
    guard let added = try remote(name) else {
      throw StoreError.damaged(path: connection.path, detail: "it does not take in a remote")
    }
    return added
  }

  package func removeRemote(_ remote: RemoteRecord) throws {
    try changingRemotes {
      try connection.run("DELETE FROM remotes WHERE key = ?", .integer(remote.key))
    }
  }

  /// Says where a remote is from now on.
  ///
  /// It is the same remote at another place: what was seen there is seen to be gone if it is not there.
  package func setURL(of remote: RemoteRecord, to url: String, at now: Instant) throws {
    try connection.transaction(writing: true) {
      try connection.run(
        "UPDATE remotes SET url = ?, transport = NULL WHERE key = ?", .text(url),
        .integer(remote.key))
      try doubtBundles(on: remote, at: now)
    }
    hasEdited = true
  }

  /// Forgets since when bundles are there and whether they are whole: they may be others under the same names.
  package func doubtBundles(on remote: RemoteRecord, at now: Instant) throws(StoreError) {
    try connection.run(
      "UPDATE remote_bundles SET seen_at = ?, bad_at = NULL WHERE remote = ?",
      SQLValue(now), .integer(remote.key))
  }

  /// Remembers what a remote's `tasks-remote.json` says, and the key to it.
  ///
  /// - Parameter isMet: whether its place has said so.
  package func pin(
    _ remote: RemoteRecord, settings: [UInt8], secret: [UInt8]?, isMet: Bool
  ) throws(StoreError) {
    try connection.run(
      "UPDATE remotes SET settings = ?, secret = ?, is_met = ? WHERE key = ?", .blob(settings),
      secret.map(SQLValue.blob) ?? .null, SQLValue(isMet), .integer(remote.key))
  }

  /// Remembers a key slot of an encrypted remote.
  package func pin(_ remote: RemoteRecord, slot name: String, content: [UInt8]) throws(StoreError) {
    try connection.run(
      """
      INSERT INTO remote_keys (remote, name, content) VALUES (?, ?, ?)
      ON CONFLICT (remote, name) DO NOTHING
      """, .integer(remote.key), .text(name), .blob(content))
  }

  /// The key slots that a remote had.
  package func slots(
    of remote: RemoteRecord
  ) throws(StoreError) -> [(name: String, content: [UInt8])] {
    try connection.all(
      "SELECT name, content FROM remote_keys WHERE remote = ? ORDER BY name", .integer(remote.key),
      read: { (name: $0.text(0), content: $0.blob(1)) })
  }

  /// Remembers how a remote's SSH server is reached.
  package func setTransport(of remote: RemoteRecord, to transport: String?) throws {
    try connection.transaction(writing: true) {
      try connection.run(
        "UPDATE remotes SET transport = ? WHERE key = ?", SQLValue(transport),
        .integer(remote.key))
    }
  }

  /// Notes that a remote was spoken to with success.
  package func noteSuccess(
    on remote: RemoteRecord, pushed: Bool, pulled: Bool, at now: Instant
  ) throws {
    try connection.transaction(writing: true) {
      try noteSuccess(remote, pushed: pushed, pulled: pulled, now)
    }
  }

  private func noteSuccess(
    _ remote: RemoteRecord, pushed: Bool, pulled: Bool, _ now: Instant
  ) throws(StoreError) {
    try connection.run(
      """
      UPDATE remotes SET last_push = CASE WHEN ? THEN ? ELSE last_push END,
        last_pull = CASE WHEN ? THEN ? ELSE last_pull END, last_error = NULL, last_error_at = NULL
      WHERE key = ?
      """, SQLValue(pushed), SQLValue(now), SQLValue(pulled), SQLValue(now), .integer(remote.key))
  }

  /// Notes that speaking to a remote failed, and how often it was tried.
  ///
  /// - Parameter sending: whether something was to be sent, so that the queue tells of it.
  package func noteFailure(
    on remote: RemoteRecord, _ reason: String, attempts: Int, sending: Bool, at now: Instant
  ) throws {
    try connection.transaction(writing: true) {
      try connection.run(
        "UPDATE remotes SET last_error = ?, last_error_at = ? WHERE key = ?", .text(reason),
        SQLValue(now), .integer(remote.key))
      guard remote.isDefault, sending else { return }
      try connection.run(
        """
        UPDATE operations SET queued = 'failed', attempts = attempts + ?, attempted_at = ?,
          last_error = ?
        WHERE queued IS NOT NULL AND change IS NOT NULL
        """, .integer(Int64(attempts)), SQLValue(now), .text(reason))
    }
  }

  /// Changes which remotes there are; if another is the default one then, the queue begins anew.
  private func changingRemotes(_ body: () throws -> Void) throws {
    try connection.transaction(writing: true) {
      let before = try remote(nil)?.key
      try body()
      guard try remote(nil)?.key != before else { return }
      try connection.run(
        """
        UPDATE operations SET queued = 'pending', attempts = 0, attempted_at = NULL,
          last_error = NULL
        """)
      try connection.run("UPDATE tasks SET server_id = NULL, last_synced_at = NULL")
      try connection.run("UPDATE remote_bundles SET is_noted = 0")
    }
    hasEdited = true
  }
}
