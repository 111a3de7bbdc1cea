import TasksModel
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

  /// Where a task comes from the default remote, that has it.
  @Test(arguments: ["origin", "stick"])
  func whatIsReadOnTheDefaultRemoteIsNotQueued(name: String) throws {
    let laptop = try Desk(name: "laptop")
    try laptop.add("Buy milk")
    try laptop.seal()
    let desk = try Desk(name: "desk")
    _ = try desk.store.addRemote("origin", url: "/origin")
    _ = try desk.store.addRemote("stick", url: "/stick")
    let remote = try #require(try desk.store.remotes().first { $0.name == name })
    let isDefault = name == "origin"

    try take("one", of: laptop, from: remote, into: desk)
    #expect(try desk.store.queue().count == (isDefault ? 0 : 1))
    let record = try desk.record(#require(try desk.only()))
    #expect(record.serverID == (isDefault ? "\(remote.id)/one" : nil))
    #expect(record.lastSyncedAt == (isDefault ? desk.now : nil))
    #expect(try desk.store.seenBundles(on: remote)["one"]?.isNoted == isDefault)
  }

  /// What came by another way is queued, and the queue must be told that it is there.
  @Test func aBundleOfWhichSomeWasHeldIsNotNotedYet() throws {
    let laptop = try Desk(name: "laptop")
    try laptop.add("Buy milk")
    try laptop.seal()
    let desk = try Desk(name: "desk")
    try desk.take(laptop.bundles())
    let remote = try desk.store.addRemote("origin", url: "/origin")
    try take("one", of: laptop, from: remote, into: desk)
    #expect(try desk.store.queue().count == 1)
    #expect(try desk.store.seenBundles(on: remote)["one"]?.isNoted == false)
  }

  /// Another command may remove it, or add another default one, while a sync is under way.
  @Test func aRemoteThatIsRemovedDuringAPullLeavesNothing() throws {
    let laptop = try Desk(name: "laptop")
    try laptop.add("Buy milk")
    try laptop.seal()
    let desk = try Desk(name: "desk")
    let remote = try desk.store.addRemote("origin", url: "/origin")
    _ = try desk.store.addRemote("stick", url: "/stick")
    try desk.store.removeRemote(remote)
    try take("one", of: laptop, from: remote, into: desk)
    #expect(try desk.store.check(at: desk.now).findings.isEmpty)
    #expect(try desk.store.queue().count == 1)
    let stick = try #require(try desk.store.remotes().first)
    #expect(try desk.store.seenBundles(on: stick).isEmpty)
  }

  private func take(
    _ name: String, of laptop: Desk, from remote: RemoteRecord, into desk: Desk
  ) throws {
    let bundle = try #require(try laptop.bundles().first)
    _ = try desk.store.takeIn(1, at: desk.now) { _ in
      IncomingBundle(bundle, origin: .init(name, on: remote))
    }
  }
}
