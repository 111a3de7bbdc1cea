import RemoteSupport
import TasksFormat
import TasksModel
import TasksRemote
import TasksStore
import TasksSync
import Testing

/// How listings stay short.
@Suite struct FoldingTests {
  private let rig: Rig
  private let laptop: Device

  init() throws {
    rig = try Rig()
    laptop = try rig.device("laptop")
  }

  /// Sends so many changes, each a bundle of its own.
  private func send(_ count: Int, by device: Device, _ word: String = "task") throws {
    for number in 0..<count { try device.add("\(word) \(number)") }
    try device.push { $0.batch = 1 }
  }

  @Test func eightBundlesAreLeftAsTheyAreAndNineAreFolded() throws {
    try send(8, by: laptop)
    try laptop.push()
    #expect(laptop.report.folded.into == 0)
    try send(1, by: laptop, "one")
    try laptop.push()
    #expect(laptop.report.folded.from == 9)
    #expect(laptop.report.folded.into == 1)
    #expect(laptop.report.sent.bundles == 0)
    // Nothing goes yet.
    #expect(rig.place.bundleNames().count == 10)
    try laptop.push()
    #expect(laptop.report.folded.into == 0)
    #expect(laptop.report.removed == 0)
  }

  @Test(arguments: [false, true])
  func whatWasFoldedGoesWhenTheFoldedFileHasBeenThereForAWhile(isFolder: Bool) throws {
    laptop.isFolder = isFolder
    try send(9, by: laptop)
    try laptop.push()
    laptop.pass(minutes: isFolder ? 7 * 24 * 60 - 1 : 9, milliseconds: 59_000)
    try laptop.push()
    #expect(laptop.report.removed == 0)
    laptop.pass(minutes: isFolder ? 1 : 0)
    try laptop.push()
    #expect(laptop.report.removed == 9)
    #expect(rig.place.bundleNames().count == 1)
    #expect(try rig.place.changes() == laptop.changes())
  }

  @Test func aDeviceGoesByWhenItSawTheFoldedFileItself() throws {
    try send(9, by: laptop)
    try laptop.push()
    let desk = try rig.device("desk")
    desk.now = laptop.now
    desk.pass(minutes: 60)
    try desk.sync()
    #expect(desk.report.removed == 0)
    desk.pass(minutes: 10)
    try desk.sync()
    #expect(desk.report.removed == 9)
  }

  @Test func nothingGoesForAFoldedFileThatIsNotWhole() throws {
    try send(9, by: laptop)
    try laptop.push()
    let folded = try #require(
      rig.place.bundleNames().first { BundleName($0).map { $0.last > $0.first } ?? false })
    try rig.place.flip(folded, at: 40)
    laptop.pass(minutes: 60)
    try laptop.push()
    #expect(laptop.report.removed == 0)
    #expect(try rig.place.changes() == laptop.changes())
  }

  @Test func whereNothingMayBeRemovedEverythingElseIsDone() throws {
    try send(9, by: laptop)
    try laptop.push()
    laptop.pass(minutes: 60)
    try laptop.add("more")
    laptop.wrap = { remote in Interposed(remote, refusesRemoving: true) { _ in } }
    #expect(try failing { try laptop.push() } == nil)
    #expect(laptop.report.sent.changes == 1 && laptop.report.removed == 0)
    #expect(try laptop.store.remote(nil)?.lastError == nil)
  }

  /// As after copying the remote to another disk, where the copying broke off.
  @Test func atAnotherPlaceNothingGoesBeforeItHasBeenLookedAt() throws {
    try send(9, by: laptop)
    try laptop.push()
    laptop.pass(minutes: 9)
    let desk = try rig.device("desk")
    desk.now = laptop.now
    try desk.sync()
    laptop.pass(minutes: 60)
    let folded = try #require(
      rig.place.bundleNames().first { BundleName($0).map { $0.last > $0.first } ?? false })
    let record = try #require(try laptop.store.remote(nil))
    try laptop.store.setURL(of: record, to: record.url, at: laptop.now)
    try rig.place.cutOff(folded, after: 40)
    try laptop.push()
    #expect(laptop.report.removed == 0)
    laptop.pass(minutes: 60)
    try laptop.push()
    #expect(laptop.report.removed == 0, "it was read, and is not whole")
    #expect(try rig.place.changes() == laptop.changes())
  }

  @Test func whoOnlyFetchesFoldsAndRemovesNothing() throws {
    try send(9, by: laptop)
    let desk = try rig.device("desk")
    try desk.pull()
    try laptop.push()
    laptop.pass(minutes: 60)
    desk.now = laptop.now
    let names = rig.place.names()
    try desk.pull()
    desk.pass(minutes: 60)
    try desk.pull()
    #expect(rig.place.names() == names)
  }

  @Test func anyDeviceFoldsWhatItHolds() throws {
    try send(9, by: laptop)
    let desk = try rig.device("desk")
    try desk.sync()
    #expect(desk.report.folded.from == 9)
    let names = rig.place.names()
    // Two who do it at once publish the same.
    try laptop.push()
    #expect(rig.place.names() == names)
  }

  @Test func ofTwoWithTheSameRangeTheSmallerNameStays() throws {
    let key = RemoteKey.random()
    let rig = try Rig(.encrypted(key))
    let laptop = try rig.device("laptop")
    let record = try #require(try laptop.store.remote(nil))
    try laptop.store.pin(
      record, settings: RemoteSettings.encrypted(key.settings).bytes, secret: key.bytes,
      isMet: false)
    try laptop.add("a")
    try laptop.push()
    let first = try #require(rig.place.bundleNames().first)
    let content = try rig.place.content(first)
    try rig.place.remove(first)
    try laptop.push()
    let second = try #require(rig.place.bundleNames().first)
    #expect(first != second)
    try rig.place.put(content, as: first)
    try laptop.push()
    laptop.pass(minutes: 11)
    try laptop.push()
    #expect(rig.place.bundleNames() == [min(first, second)])
  }

  @Test func theBundlesOfAForkAreNotFolded() throws {
    try laptop.store.set("device.id", to: "0c00000000000000")
    let desk = try rig.device("desk")
    try desk.store.set("device.id", to: "0c00000000000000")
    try desk.add("twin")
    try send(9, by: laptop)
    try desk.push()
    for _ in 1...3 {
      desk.pass(minutes: 20)
      laptop.pass(minutes: 20)
      try desk.sync()
      try laptop.sync()
    }
    #expect(try rig.place.changes() == laptop.changes())
    #expect(try desk.changes() == laptop.changes())
    #expect(rig.place.changes().count == 10)
  }

  /// What 10,000 one-change bundles by three devices come to, one of which syncs no more after half of them.
  ///
  /// `TASKS_FOLDED=10000` does that; else it is less, since each is sealed by itself.
  @Test func manyPushesByThreeDevicesLeaveAShortListing() throws {
    let all = Int(environment("TASKS_FOLDED") ?? "") ?? 600
    let devices = try ["laptop", "desk", "phone"].map { try rig.device($0) }
    let atOnce = 10
    var sent = 0
    var round = 0
    while sent < all {
      let active = sent < all / 2 ? devices : Array(devices.dropLast())
      round += 1
      for device in active {
        device.pass(minutes: 15)
        for number in 0..<atOnce { try device.add("\(round)-\(number)") }
        try device.push { $0.batch = 1 }
        sent += atOnce
      }
      // Most are sent by who fetches, too.
      if round % 5 == 0 { for device in active { try device.sync { $0.batch = 1 } } }
    }
    for _ in 1...3 {
      for device in devices.dropLast() {
        device.pass(minutes: 15)
        try device.sync()
      }
    }
    let count = rig.place.bundleNames().count
    #expect(count <= 60, "\(count)")
    let newcomer = try rig.device("new")
    try newcomer.pull()
    #expect(try newcomer.changes().count == sent)
    #expect(try newcomer.changes() == devices[0].changes())
  }
}
