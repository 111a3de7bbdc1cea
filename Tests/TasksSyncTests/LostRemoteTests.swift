import Foundation
import RemoteSupport
import TasksFormat
import TasksModel
import TasksRemote
import TasksStore
import TasksSync
import Testing

/// Places that are not, or no longer, what they were.
@Suite struct LostRemoteTests {
  private let rig: Rig
  private let laptop: Device

  init() throws {
    rig = try Rig()
    laptop = try rig.device("laptop")
    try laptop.add("a", "b")
  }

  @Test func nobodyFetchesFromWhereNothingIs() throws {
    #expect(try failing { try laptop.pull() } == .nothingThere)
    try FileManager.default.createDirectory(
      atPath: rig.place.path, withIntermediateDirectories: false)
    #expect(try failing { try laptop.pull() } == .nothingThere)
    #expect(rig.place.names() == [])
  }

  @Test func aKnownRemoteThatIsEmptyIsRefused() throws {
    try laptop.push { $0.batch = 1 }
    try rig.place.empty()
    for _ in 1...2 {
      #expect(try failing { try laptop.push() } == .lost(hasBundles: false))
      #expect(try failing { try laptop.pull() } == .lost(hasBundles: false))
      #expect(try failing { try laptop.sync() } == .lost(hasBundles: false))
    }
    #expect(try failing { try laptop.pull { $0.refills = true } } == .lost(hasBundles: false))
    #expect(try FileManager.default.contentsOfDirectory(atPath: rig.place.path) == [])
  }

  @Test func aStickThatIsNotThereIsRefused() throws {
    try laptop.push()
    try FileManager.default.moveItem(atPath: rig.place.path, toPath: rig.place.path + "-away")
    #expect(try failing { try laptop.push() } == .lost(hasBundles: false))
    #expect(!FileManager.default.fileExists(atPath: rig.place.path))
    try FileManager.default.moveItem(atPath: rig.place.path + "-away", toPath: rig.place.path)
    #expect(try laptop.push().sent.bundles == 0)
  }

  @Test func anyDeviceFillsItAgainByteForByte() throws {
    try laptop.push { $0.batch = 1 }
    let desk = try rig.device("desk")
    try desk.pull()
    // What a later version wrote into it stays.
    let settings = Array(#"{"format":"tasks-remote","more":1,"version":1}"#.utf8)
    let other = try Rig()
    try FileManager.default.createDirectory(
      atPath: other.place.bundles, withIntermediateDirectories: true)
    try Data(settings).write(to: URL(filePath: other.place.settings))
    let phone = try other.device("phone")
    try phone.add("c")
    try phone.push()
    try other.place.empty()
    let again = try phone.push { $0.refills = true }
    #expect(again.sent.changes == 1)
    #expect(try other.place.settingsBytes() == settings)

    let names = rig.place.names()
    let contents = try names.map(rig.place.content)
    try rig.place.empty()
    let report = try desk.push {
      $0.refills = true
      $0.batch = 1
    }
    #expect(report.sent.changes == 2)
    #expect(report.returned.map(\.numbers) == [1...2])
    #expect(rig.place.names() == names)
    #expect(try names.map(rig.place.content) == contents)
    #expect(try laptop.push().sent.bundles == 0)
  }

  @Test func bundlesThatNobodySaysAnythingOfAreRefused() throws {
    try laptop.push()
    try FileManager.default.removeItem(atPath: rig.place.settings)
    let desk = try rig.device("desk")
    try desk.add("c")
    #expect(try failing { try desk.sync() } == .noSettings)
    #expect(try failing { try desk.pull() } == .noSettings)
    #expect(rig.place.bundleNames().count == 1)
  }

  @Test func aPlaceThatSaysSomethingElseThanBeforeIsRefused() throws {
    try laptop.push()
    for text in [
      #"{"format":"tasks-remote","version":1} "#,
      #"{"format":"tasks-remote","other":1,"version":1}"#,
    ] {
      try Data(text.utf8).write(to: URL(filePath: rig.place.settings))
      #expect(try failing { try laptop.sync() } == .otherSettings)
    }
  }

  @Test func aPlaceOfALaterVersionIsRefused() throws {
    try FileManager.default.createDirectory(
      atPath: rig.place.bundles, withIntermediateDirectories: true)
    try Data(#"{"format":"tasks-remote","version":2}"#.utf8)
      .write(to: URL(filePath: rig.place.settings))
    #expect(try failing { try laptop.sync() } == .newer(2))
    try Data("{}".utf8).write(to: URL(filePath: rig.place.settings))
    #expect(try failing { try laptop.sync() } == .badSettings)
    #expect(rig.place.names() == [])
  }

  @Test func aFolderOfBundlesThatIsGoneIsMadeAndFilledAgain() throws {
    try laptop.push()
    try FileManager.default.removeItem(atPath: rig.place.bundles)
    let report = try laptop.push()
    #expect(report.returned.map(\.numbers) == [1...2])
    #expect(try rig.place.changes() == laptop.changes())
    try FileManager.default.removeItem(atPath: rig.place.bundles)
    #expect(try laptop.pull().received.bundles == 0)
  }

  @Test func anEncryptedRemoteNeverBecomesAPlainOne() throws {
    let key = RemoteKey.random()
    let rig = try Rig(.encrypted(key))
    let laptop = try rig.device("laptop")
    let record = try #require(try laptop.store.remote(nil))
    let settings = RemoteSettings.encrypted(key.settings).bytes
    try laptop.store.pin(record, settings: settings, secret: key.bytes, isMet: false)
    try laptop.add("a")
    try laptop.push()
    #expect(try rig.place.settingsBytes() == settings)
    #expect(try rig.place.changes() == laptop.changes())
    try Data(RemoteSettings.plain.bytes).write(to: URL(filePath: rig.place.settings))
    try laptop.add("b")
    #expect(try failing { try laptop.push() } == .otherSettings)
    try rig.place.empty()
    #expect(try failing { try laptop.push() } == .lost(hasBundles: false))
    try laptop.push { $0.refills = true }
    #expect(try rig.place.settingsBytes() == settings)
    #expect(try rig.place.changes() == laptop.changes())
  }

  @Test func nothingGoesToAnEncryptedRemoteAsItIs() throws {
    let key = RemoteKey.random()
    let rig = try Rig(.encrypted(key))
    let laptop = try rig.device("laptop")
    let record = try #require(try laptop.store.remote(nil))
    try laptop.store.pin(
      record, settings: RemoteSettings.encrypted(key.settings).bytes, secret: key.bytes,
      isMet: false)
    try laptop.add("a")
    try laptop.push()
    // Who does not know yet that it is encrypted.
    let desk = try rig.device("desk")
    desk.key = nil
    try desk.add("b")
    var plain = 0
    desk.disturb = { wire, _ in
      wire.faults.watch = { upload in
        if upload.content()?.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) ?? false { plain += 1 }
      }
    }
    #expect(try failing { try desk.sync() } == .noKeys)
    desk.key = key
    try desk.sync()
    #expect(plain == 0)
    #expect(try desk.titles() == ["a", "b"])
    #expect(try rig.place.changes() == desk.changes())
  }
}
