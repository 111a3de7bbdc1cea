import RemoteSupport
import TasksFormat
import TasksModel
import TasksRemote
import TasksStore
import TasksSync
import Testing

/// What sending does.
@Suite struct PushTests {
  private let rig: Rig
  private let laptop: Device
  private let desk: Device

  init() throws {
    rig = try Rig()
    laptop = try rig.device("laptop")
    desk = try rig.device("desk")
  }

  @Test func theFirstPushMakesTheRemote() throws {
    try laptop.add("a")
    let report = try laptop.push()
    #expect(report.isNew)
    #expect(report.sent.changes == 1)
    #expect(try rig.place.settingsBytes() == RemoteSettings.plain.bytes)
    #expect(try rig.place.changes() == laptop.changes())
  }

  @Test func aPushNeedsNoPullAndFetchesNothing() throws {
    try laptop.add("a")
    try laptop.push()
    try desk.add("b")
    let report = try desk.push()
    #expect(report.sent.changes == 1)
    #expect(report.received.changes == 0)
    #expect(try desk.titles() == ["b"])
    try laptop.pull()
    #expect(try laptop.titles() == ["a", "b"])
  }

  @Test func aSecondPushSendsNothing() throws {
    try laptop.add("a", "b")
    try laptop.push()
    let names = rig.place.names()
    let report = try laptop.push()
    #expect(report.sent.bundles == 0)
    #expect(rig.place.names() == names)
  }

  @Test func whatCameByStickReachesTheRemoteThroughWhoeverGetsThereFirst() throws {
    try laptop.add("a", "b")
    try desk.take(from: laptop)
    #expect(try desk.push().sent.changes == 2)
    let phone = try rig.device("phone")
    try phone.pull()
    #expect(try phone.titles() == ["a", "b"])
    // And is not sent a second time by whom it came from.
    #expect(try laptop.push().sent.changes == 0)
    #expect(try laptop.queue() == [])
  }

  @Test func whatWasFetchedInTheSameRunIsNotSentBack() throws {
    try laptop.add("a")
    try laptop.sync()
    try desk.add("b")
    let report = try desk.sync()
    #expect(report.received.changes == 1)
    #expect(report.sent.changes == 1)
    #expect(rig.place.bundleNames().count == 2)
  }

  @Test(arguments: [1, 3, 7, 50])
  func aBundleHoldsABatchAtMost(batch: Int) throws {
    for number in 0..<7 { try laptop.add("task \(number)") }
    let report = try laptop.push { $0.batch = batch }
    #expect(report.sent.changes == 7)
    #expect(report.sent.bundles == (7 + batch - 1) / batch)
    let sizes = rig.place.bundleNames().map { rig.place.changes(in: $0).count }
    #expect(sizes.max() ?? 0 <= batch)
    #expect(sizes.reduce(0, +) == 7)
  }

  @Test func theChangesOfAForkAreSentAndFetched() throws {
    // Two stores that go by one id, as a copy on a disk that does not tell.
    try laptop.store.set("device.id", to: "0c00000000000000")
    try desk.store.set("device.id", to: "0c00000000000000")
    try laptop.add("a", "b")
    try desk.add("c", "d", "e")
    try laptop.push()
    try desk.push()
    let phone = try rig.device("phone")
    try phone.pull()
    #expect(try phone.titles() == ["a", "b", "c", "d", "e"])
    #expect(phone.report.intake.forks.count == 2)
    for _ in 1...3 {
      try laptop.sync()
      try desk.sync()
    }
    #expect(try laptop.changes() == phone.changes())
    #expect(try desk.changes() == phone.changes())
    #expect(try laptop.sync().sent.bundles == 0)
    #expect(try laptop.store.ownDevice != desk.store.ownDevice)
  }

  @Test func aDeviceThatFindsItsIdTakenGetsAnotherAndDoublesNothing() throws {
    try laptop.store.set("device.id", to: "0c00000000000000")
    try laptop.add("a", "b")
    try laptop.push()
    // As from a backup that was made after the first change.
    try desk.store.set("device.id", to: "0c00000000000000")
    var bundles: [Bundle] = []
    try laptop.store.forEachBundle(of: .all) { bundles.append($0) }
    var first = BundleWriter()
    for bundle in bundles {
      var changes = try bundle.changes()
      while let change = try changes.next() {
        if change.change.sequence == 1 { #expect(try first.append(change)) }
      }
    }
    let begun = try first.finish().bytes
    _ = try desk.store.takeIn(1, at: desk.now, lookingForCopies: false) { _ in IncomingBundle(begun)
    }
    let report = try desk.push()
    #expect(report.intake.newIdentity?.before.text == "0c00000000000000")
    #expect(report.received.changes == 1)
    #expect(try desk.titles() == ["a", "b"])
    try desk.add("c")
    #expect(try desk.push().sent.changes == 1)
    try laptop.pull()
    #expect(try laptop.titles() == ["a", "b", "c"])
    #expect(laptop.report.intake.forks.isEmpty)
  }
}
