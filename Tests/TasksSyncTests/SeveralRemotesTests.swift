import RemoteSupport
import TasksModel
import TasksRemote
import TasksStore
import TasksSync
import Testing

/// More than one remote, and looking without touching.
@Suite struct SeveralRemotesTests {
  private let rig: Rig
  private let stick: Place
  private let laptop: Device

  init() throws {
    rig = try Rig()
    stick = rig.place("stick")
    laptop = try rig.device("laptop")
    try laptop.add(stick, as: "stick")
    try laptop.add("a", "b")
  }

  @Test func eachRemoteHasAStateOfItsOwn() throws {
    try laptop.push(on: "stick")
    #expect(try laptop.queue().count == 2)
    #expect(try laptop.store.counts().pending == 2)
    #expect(try laptop.push().sent.changes == 2)
    #expect(try laptop.queue() == [])
    try laptop.add("c")
    #expect(try laptop.push().sent.changes == 1)
    #expect(try laptop.push(on: "stick").sent.changes == 1)
    try stick.empty()
    #expect(try laptop.push().sent.changes == 0)
    #expect(try failing { try laptop.push(on: "stick") } == .lost(hasBundles: false))
    #expect(try laptop.queue() == [])
  }

  @Test func whatFailsOnAnotherRemoteIsNotSaidOfTheQueue() throws {
    laptop.disturb = { wire, _ in wire.faults.failingCall = 1 }
    #expect(try failing { try laptop.push(on: "stick") } != nil)
    #expect(try laptop.queue() == ["pending 0", "pending 0"])
  }

  @Test func whatComesFromOneGoesToTheOther() throws {
    try laptop.push(on: "stick")
    let desk = try Device("desk", with: stick)
    try desk.add(rig.place, as: "server")
    try desk.sync()
    #expect(try desk.queue() == [])
    #expect(try desk.sync(on: "server").sent.changes == 2)
    try laptop.sync()
    #expect(laptop.report.sent.changes == 0)
    #expect(try laptop.queue() == [])
  }

  @Test func withAnotherDefaultRemoteTheQueueBeginsAnew() throws {
    try laptop.push()
    #expect(try laptop.store.counts().synced == 2)
    let origin = try #require(try laptop.store.remote("origin"))
    try laptop.store.removeRemote(origin)
    #expect(try laptop.queue() == ["pending 0", "pending 0"])
    #expect(try laptop.store.counts().pending == 2)
    #expect(try laptop.push().sent.changes == 2)
    #expect(try laptop.queue() == [])
    #expect(try stick.changes() == laptop.changes())
    // What it has already it lets go of at once.
    try laptop.add(rig.place)
    #expect(try laptop.queue().count == 2)
    #expect(try laptop.pull().received.changes == 0)
    #expect(try laptop.queue() == [])
  }

  @Test func aDryRunChangesNothing() throws {
    var report = try laptop.push { $0.isDryRun = true }
    #expect(report.sent.changes == 2)
    #expect(rig.place.names() == [])
    #expect(!rig.place.hasSettings)
    try laptop.push { $0.batch = 1 }
    let desk = try rig.device("desk")
    try desk.add("c")
    let traces = try desk.traces()
    let names = rig.place.names()
    report = try desk.sync { $0.isDryRun = true }
    #expect(report.received.changes == 2)
    #expect(report.received.bundles == 2)
    #expect(report.sent.changes == 1)
    #expect(try desk.traces() == traces)
    #expect(rig.place.names() == names)
    #expect(try desk.titles() == ["c"])
    try rig.place.cutOff(names[0], after: 5)
    desk.pass(minutes: 20)
    try desk.sync { $0.isDryRun = true }
    #expect(rig.place.names() == names)
    report = try desk.sync()
    #expect(report.received.changes == 1)
    #expect(report.sent.changes == 1)
  }
}
