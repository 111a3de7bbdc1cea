import Foundation
import TasksModel
import TasksSync
import Testing

/// Drafts that somebody began and did not finish.
@Suite struct DraftTests {
  private let rig: Rig
  private let laptop: Device

  init() throws {
    rig = try Rig()
    laptop = try rig.device("laptop")
    try laptop.add("a")
    try laptop.push()
  }

  private func put(_ name: String, minutesOld: Int64) throws {
    try rig.place.put([1], as: name)
    let seconds = laptop.now.seconds - minutesOld * 60
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: Double(seconds))],
      ofItemAtPath: rig.place.bundles + "/" + name)
  }

  private func drafts() -> [String] { rig.place.names().filter { $0.hasSuffix(".part") } }

  @Test func othersMayTakeAWeek() throws {
    try put(".otherold.part", minutesOld: 7 * 24 * 60 + 1)
    try put(".othernew.part", minutesOld: 7 * 24 * 60 - 1)
    try laptop.pull()
    #expect(drafts().count == 2)
    try laptop.push()
    #expect(drafts().count == 2, "the server's clock is not known where nothing is sent")
    try laptop.add("more")
    try laptop.push()
    #expect(drafts() == [".othernew.part"])
  }

  @Test func ourOwnGoSoon() throws {
    let owner = try laptop.owner
    try put(".\(owner)old.part", minutesOld: 11)
    try put(".\(owner)new.part", minutesOld: 9)
    try laptop.push()
    #expect(drafts() == [".\(owner)new.part"])
  }

  @Test func aDryRunLeavesThem() throws {
    try put(".otherold.part", minutesOld: 8 * 24 * 60)
    try laptop.push { $0.isDryRun = true }
    #expect(drafts().count == 1)
  }
}
