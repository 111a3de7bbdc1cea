import Foundation
import RemoteSupport
@testable import TasksFormat
import TasksModel
import TasksRemote
import TasksStore
import TasksSync
import Testing

/// Files on a remote that are not what their names say.
@Suite struct DamageTests {
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

  private func reasons(_ device: Device) -> [String] { device.report.skipped.map(\.reason.text) }

  /// The name of the bundle of the laptop's change of that number.
  private func name(_ number: Int) throws -> String {
    try #require(
      rig.place.bundleNames().first {
        BundleName($0)?.first == number && BundleName($0)?.last == number
      })
  }

  @Test(arguments: [0, 1, 40])
  func aFileThatIsNotWholeIsNotYetThereAndTheOthersCome(length: Int) throws {
    let name = try name(2)
    let whole = try rig.place.content(name)
    try rig.place.cutOff(name, after: length)
    try desk.pull()
    #expect(reasons(desk) == ["notWhole"])
    #expect(try desk.titles() == ["a", "c"])
    desk.pass(minutes: 9, milliseconds: 50_000)
    try desk.pull()
    #expect(reasons(desk) == ["notWhole"])
    #expect(rig.place.names().contains(name))
    // Whoever was writing it has done so.
    try rig.place.put(whole, as: name)
    try desk.pull()
    #expect(try desk.titles() == ["a", "b", "c"])
    #expect(desk.report.skipped.isEmpty)
  }

  @Test func aFileThatIsNotWholeForLongIsSetAsideAndSentAgainByAHolder() throws {
    let name = try name(2)
    let whole = try rig.place.content(name)
    try rig.place.flip(name, at: 30)
    try desk.pull()
    desk.pass(minutes: 10, milliseconds: 0)
    try desk.pull()
    #expect(reasons(desk) == ["setAside"])
    #expect(rig.place.names().contains(name + ".damaged"))
    #expect(!rig.place.names().contains(name))
    try desk.pull()
    #expect(desk.report.skipped.isEmpty)
    try laptop.push { $0.batch = 1 }
    #expect(laptop.report.returned.map(\.numbers) == [2...2])
    #expect(laptop.report.sent.changes == 1)
    #expect(try rig.place.content(name) == whole)
    try desk.pull()
    #expect(try desk.titles() == ["a", "b", "c"])
  }

  /// Nobody fetches what they hold, so nobody else would find it.
  @Test func damageThatALookAtEverythingFindsIsSentAgainByAHolder() throws {
    let name = try name(2)
    let whole = try rig.place.content(name)
    try rig.place.flip(name, at: 30)
    try laptop.push()
    #expect(try rig.place.content(name) != whole)
    let found = try laptop.examine()
    #expect(found.bad.map(\.name) == [name] && found.bundles == 3)
    try laptop.push()
    #expect(try rig.place.content(name) != whole, "somebody may still be writing it")
    laptop.pass(minutes: 10, milliseconds: 0)
    try laptop.push()
    #expect(try rig.place.content(name) == whole)
    #expect(try laptop.examine().bad.isEmpty)
  }

  @Test func damageThatWasMendedMeanwhileIsForgotten() throws {
    let name = try name(2)
    let whole = try rig.place.content(name)
    try rig.place.cutOff(name, after: 10)
    try desk.pull()
    try rig.place.put(whole, as: name)
    try desk.pull()
    try rig.place.cutOff(name, after: 10)
    desk.pass(minutes: 60)
    let phone = try rig.device("phone")
    phone.now = desk.now
    try phone.pull()
    #expect(phone.report.skipped.map(\.reason.text) == ["notWhole"])
  }

  @Test func itIsNoErrorIfAnotherHasSetItAsideAMomentBefore() throws {
    try rig.place.cutOff(name(2), after: 10)
    try desk.pull()
    desk.pass(minutes: 11)
    let name = try name(2)
    desk.wrap = { [rig] remote in
      Interposed(remote) { if $0 == .setAside { try? rig.place.remove(name) } }
    }
    #expect(try failing { try desk.pull() } == nil)
    #expect(try desk.titles() == ["a", "c"])
  }

  @Test func itIsNoErrorIfNothingMayBeRenamedThere() throws {
    try rig.place.cutOff(name(2), after: 10)
    try desk.pull()
    desk.pass(minutes: 11)
    desk.wrap = { remote in Interposed(remote, refusesSettingAside: true) { _ in } }
    #expect(try failing { try desk.pull() } == nil)
    #expect(reasons(desk) == ["notWhole"])
    #expect(try desk.titles() == ["a", "c"])
  }

  @Test func aFileThatIsTooLargeIsSetAsideOnceTheFetchingIsOver() throws {
    let name = try name(2)
    try rig.place.put([UInt8](repeating: 0, count: (4 << 20) + 1), as: name)
    try desk.pull()
    #expect(reasons(desk) == ["notWhole"])
    desk.pass(minutes: 11)
    var isFetching = false
    var isInterrupted = false
    desk.wrap = { remote in
      Interposed(remote) {
        switch $0 {
        case .fetch: isFetching = true
        case .fetched: isFetching = false
        case .setAside: if isFetching { isInterrupted = true }
        default: break
        }
      }
    }
    try desk.pull()
    #expect(reasons(desk) == ["setAside"])
    #expect(!isInterrupted)
    #expect(try desk.titles() == ["a", "c"])
  }

  @Test func aBundleUnderTheNameOfAnotherIsSkipped() throws {
    try rig.place.put(rig.place.content(name(1)), as: name(2))
    try desk.pull()
    #expect(reasons(desk) == ["notWhole"])
    #expect(try desk.titles() == ["a", "c"])
  }

  @Test func aBundleOfALaterVersionIsToldAndLeft() throws {
    let header =
      #"{"devices":[{"device":"1c00000000000000","first":1,"last":1,"tip":"\#(String(repeating: "a", count: 64))"}],"format":"tasks-bundle","version":2}"#
    let bytes = try Compressor.compress(Array("\(header)\n{}\n".utf8))
    let device = try #require(DeviceID("1c00000000000000"))
    let known = BundleName(
      device: device, first: 1, last: 1, tip: String(repeating: "a", count: 16),
      hash: Digest(of: bytes).short)
    let name = try #require(known?.text)
    try rig.place.put(bytes, as: name)
    for _ in 1...2 {
      try desk.sync()
      #expect(reasons(desk) == ["newer"])
      desk.pass(minutes: 60)
    }
    #expect(rig.place.names().contains(name))
    #expect(try desk.titles() == ["a", "b", "c"])
  }

  /// As a folder that somebody syncs may bring it: the file is there when it is published, and was not listed before.
  @Test func aNameThatIsTakenByHalfAFileIsTakenBackWhenItHasAged() throws {
    let phone = try rig.device("phone")
    try phone.add("d")
    let copy = rig.place("copy")
    try phone.add(copy, as: "copy")
    try phone.push(on: "copy")
    let name = try #require(copy.bundleNames().first)
    try rig.place.put(Array(copy.content(name).prefix(20)), as: name)
    phone.disturb = { wire, _ in wire.faults.hidden = Set([RemoteName(name)].compactMap(\.self)) }
    try phone.push()
    #expect(reasons(phone) == ["notWhole"])
    // Now it is listed, and does not count as there.
    phone.disturb = { _, _ in }
    phone.pass(minutes: 9)
    try phone.push()
    #expect(try phone.queue() == ["pending 0"])
    phone.pass(minutes: 2)
    try phone.push()
    try phone.push()
    #expect(rig.place.names().contains(name + ".damaged"))
    #expect(try rig.place.content(name) == copy.content(name))
    #expect(try phone.queue() == [])
  }

  @Test func aNameThatWasTakenByHalfAFileCountsOnceTheFileIsWhole() throws {
    let phone = try rig.device("phone")
    try phone.add("d")
    let copy = rig.place("copy")
    try phone.add(copy, as: "copy")
    try phone.push(on: "copy")
    let name = try #require(copy.bundleNames().first)
    try rig.place.put(Array(copy.content(name).prefix(20)), as: name)
    phone.disturb = { wire, _ in wire.faults.hidden = Set([RemoteName(name)].compactMap(\.self)) }
    try phone.push()
    phone.disturb = { _, _ in }
    try rig.place.put(copy.content(name), as: name)
    phone.pass(minutes: 30)
    try phone.push()
    #expect(phone.report.skipped.isEmpty)
    #expect(try phone.queue() == [])
    try phone.push()
    #expect(phone.report.sent.bundles == 0)
    #expect(!rig.place.names().contains(name + ".damaged"))
  }
}
