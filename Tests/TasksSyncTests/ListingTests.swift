import Foundation
import RemoteSupport
import TasksFormat
import TasksModel
import TasksRemote
import TasksStore
import TasksSync
import Testing

/// Listings that are not a snapshot, and what has gone from a remote.
@Suite struct ListingTests {
  private let rig: Rig
  private let laptop: Device
  private let desk: Device

  init() throws {
    rig = try Rig()
    laptop = try rig.device("laptop")
    desk = try rig.device("desk")
    try laptop.add("a", "b", "c")
    try laptop.push { $0.batch = 1 }
  }

  private func names() -> [RemoteName] { rig.place.bundleNames().compactMap { RemoteName($0) } }

  /// Counts how often a device asks for a listing besides the first look.
  private func countingLists(_ device: Device, _ also: @escaping (Int) -> Void = { _ in }) -> Box {
    let box = Box()
    device.wrap = { remote in
      Interposed(remote) {
        guard $0 == .list else { return }
        box.count += 1
        also(box.count)
      }
    }
    return box
  }

  final class Box { var count = 0 }

  @Test func aFileThatVanishesIsLookedForOnceMore() throws {
    let lists = countingLists(desk) { [desk] _ in desk.wires.last?.faults.stale = [] }
    desk.disturb = { wire, _ in wire.faults.stale = Self.gone }
    try desk.pull()
    #expect(lists.count == 1)
    #expect(try desk.titles() == ["a", "b", "c"])
  }

  /// The name of a bundle that is nowhere.
  private static let gone = [
    RemoteName("0c00000000000000-1-9-0123456789abcdef-00112233445566778899aabbccddeeff.tasks")
  ].compactMap(\.self)

  @Test func aListingThatGoesOnTellingOfWhatIsNotThereEndsAllTheSame() throws {
    desk.disturb = { wire, _ in wire.faults.stale = Self.gone }
    for _ in 1...2 {
      try desk.sync()
      #expect(desk.report.skipped.isEmpty)
    }
    #expect(try desk.titles() == ["a", "b", "c"])
  }

  @Test func aDeviceThatFetchesWhileAnotherFoldsGetsEverything() throws {
    for number in 0..<9 { try laptop.add("more \(number)") }
    try laptop.push { $0.batch = 1 }
    try laptop.push()
    #expect(laptop.report.folded.from > 8)
    laptop.pass(minutes: 11)
    // It sees the small ones only, and when it fetches them they are gone.
    let folded = Set(names().filter { BundleName($0.text).map { $0.last > $0.first } ?? false })
    desk.disturb = { wire, _ in wire.faults.hidden = folded }
    var hasFolded = false
    desk.wrap = { [desk, laptop] remote in
      Interposed(remote) { call in
        guard call == .fetch, !hasFolded else { return }
        hasFolded = true
        _ = try? laptop.push()
        desk.wires.last?.faults.hidden = []
      }
    }
    try desk.pull()
    #expect(hasFolded)
    #expect(laptop.report.removed > 8)
    #expect(try desk.changes() == laptop.changes())
  }

  @Test func aGapIsLookedAtOnceMore() throws {
    let lists = countingLists(desk)
    let hidden = try #require(names().first { BundleName($0.text)?.first == 2 })
    desk.disturb = { wire, _ in wire.faults.hidden = [hidden] }
    try desk.pull()
    #expect(lists.count == 1)
    #expect(try desk.titles() == ["a", "c"])
    #expect(try desk.store.missing().count == 1)
    desk.disturb = { _, _ in }
    try desk.pull()
    #expect(try desk.titles() == ["a", "b", "c"])
    #expect(try desk.store.missing().count == 0)
  }

  @Test func whatWasKnownToBeThereIsLookedForOnceMoreBeforeItIsSentAgain() throws {
    try desk.sync()
    let all = Set(names())
    let lists = countingLists(desk) { [desk] _ in desk.wires.last?.faults.hidden = [] }
    desk.disturb = { wire, _ in wire.faults.hidden = all }
    try desk.sync()
    #expect(lists.count == 1)
    #expect(desk.report.sent.bundles == 0)
    #expect(desk.report.returned.isEmpty)
    #expect(desk.report.gone.isEmpty)
  }

  @Test func whatIsNoLongerListedIsToldAndSentAgain() throws {
    try desk.sync()
    let gone = try #require(names().first { BundleName($0.text)?.first == 2 })
    try rig.place.remove(gone.text)
    // Who only fetches cannot mend it, and leaves it to the next who sends.
    try desk.pull()
    #expect(desk.report.returned.isEmpty)
    try desk.sync()
    #expect(desk.report.returned.map(\.name) == ["laptop"])
    #expect(desk.report.returned.map(\.numbers) == [2...2])
    #expect(desk.report.sent.changes == 1)
    #expect(try rig.place.changes() == laptop.changes())
    try desk.sync()
    #expect(desk.report.returned.isEmpty)
    try laptop.push()
    #expect(laptop.report.returned.isEmpty)
  }

  @Test func anAlarmIsOnlyForWhatNobodyHereHolds() throws {
    let damaged = try #require(names().first { BundleName($0.text)?.first == 3 })
    try rig.place.cutOff(damaged.text, after: 9)
    try desk.pull()
    try rig.place.remove(damaged.text)
    try desk.sync()
    #expect(desk.report.gone == [damaged.text])
    #expect(desk.report.returned.isEmpty)
    try desk.sync()
    #expect(desk.report.gone.isEmpty)
    try laptop.push()
    #expect(laptop.report.returned.map(\.numbers) == [3...3])
    try desk.sync()
    #expect(try desk.titles() == ["a", "b", "c"])
  }

  @Test func aFoldedBundleIsNotMissed() throws {
    try desk.sync()
    for number in 0..<9 { try laptop.add("more \(number)") }
    try laptop.push { $0.batch = 1 }
    try laptop.push()
    try desk.sync()
    laptop.pass(minutes: 11)
    try laptop.push()
    #expect(laptop.report.removed > 8)
    try desk.sync()
    #expect(desk.report.returned.isEmpty)
    #expect(desk.report.gone.isEmpty)
    #expect(desk.report.sent.bundles == 0)
  }

  @Test func whatIsNoBundleIsLeftAlone() throws {
    let junk = [
      "desktop.ini", "x (conflicted copy).tasks", ".syncthing.tmp", ".abcdef0123456789.part",
      "notes.txt",
      "0c00000000000000-1-1-0123456789abcdef-00112233445566778899aabbccddeeff.tasks.damaged",
      "0C00000000000000-1-1-0123456789abcdef-00112233445566778899aabbccddeeff.tasks",
      "0c00000000000000-2-1-0123456789abcdef-00112233445566778899aabbccddeeff.tasks",
      "0c00000000000000-01-1-0123456789abcdef-00112233445566778899aabbccddeeff.tasks",
      "\u{1B}]0;owned\u{07}.tasks", "-rf", "a\nb.tasks", "....tasks",
    ]
    for name in junk { try rig.place.put([1, 2, 3], as: name) }
    let outside = rig.scratch.path + "/secret"
    try Data("secret".utf8).write(to: URL(filePath: outside))
    let link = "1c00000000000000-1-1-0123456789abcdef-00112233445566778899aabbccddeeff.tasks"
    try FileManager.default.createSymbolicLink(
      atPath: rig.place.bundles + "/" + link, withDestinationPath: outside)
    let before = Set(rig.place.names())
    desk.pass(minutes: 20)
    try desk.sync()
    desk.pass(minutes: 20)
    try desk.sync()
    #expect(desk.report.skipped.isEmpty)
    #expect(try desk.titles() == ["a", "b", "c"])
    #expect(Set(rig.place.names()) == before)
    #expect(try String(contentsOf: URL(filePath: outside), encoding: .utf8) == "secret")
  }

  @Test func tenThousandNamesOfOthersAreNoTrouble() throws {
    for number in 0..<10_000 {
      try rig.place.put([], as: number % 2 == 0 ? "photo-\(number).jpg" : "Copy of \(number).tasks")
    }
    let clock = ContinuousClock()
    let time = try clock.measure { try desk.sync() }
    #expect(try desk.titles() == ["a", "b", "c"])
    #expect(time < .seconds(10), "\(time)")
    #expect(rig.place.names().count == 10_003)
  }
}
