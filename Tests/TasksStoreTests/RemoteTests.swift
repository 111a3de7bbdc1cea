import Testing

@testable import TasksStore

/// What a store knows of its remotes.
@Suite struct RemoteTests {
  /// Else the next sync would publish in clear.
  @Test func aRemoteThatIsToBeEncryptedIsNeverKnownWithoutThat() throws {
    let store = try Desk().store
    try store.connection.execute(
      """
      CREATE TRIGGER fails BEFORE INSERT ON remote_keys BEGIN SELECT RAISE(ABORT, 'no'); END
      """)
    let encryption = NewEncryption(settings: [1], secret: [2], slot: (name: "a.json", content: [3]))
    #expect(throws: StoreError.self) {
      try store.addRemote("nas", url: "/nas", encryption: encryption)
    }
    #expect(try store.remotes().isEmpty)
    try store.connection.execute("DROP TRIGGER fails")
    let remote = try store.addRemote("nas", url: "/nas", encryption: encryption)
    #expect(remote.settings == [1] && remote.secret == [2] && !remote.isMet)
    #expect(try store.slots(of: remote).map(\.content) == [[3]])
  }

  /// `watch` asks for it whenever the store is written to, however long its history is.
  @Test func whatIsUnsentIsFoundByWhatIsQueued() throws {
    let desk = try Desk()
    #expect(try desk.store.newestUnsent == nil)
    try desk.add("a")
    try desk.add("b")
    #expect(try desk.store.newestUnsent == 2)
    try desk.store.connection.run("UPDATE operations SET queued = NULL WHERE key = 2")
    #expect(try desk.store.newestUnsent == 1)
    let plan = try desk.store.connection.all(
      """
      EXPLAIN QUERY PLAN
      SELECT max(key) FROM operations INDEXED BY operations_queued WHERE queued IS NOT NULL
      """, read: { $0.text(3) })
    #expect(plan.contains { $0.contains("COVERING INDEX operations_queued") }, "\(plan)")
  }
}
