import Foundation
import Testing

/// Copies of a store and backups that are put back, which meet their originals on a remote.
@Suite struct CopiedStoreTests {
  private let meeting: Meeting

  init() throws {
    meeting = try Meeting()
    try meeting.begin()
  }

  private func device(_ machine: Machine) throws -> String {
    try #require(
      try machine.object("status")["device"] as? [String: String], "a device")["id"] ?? ""
  }

  private func everybodyHas(_ titles: Set<String>, _ machines: [Machine]) throws {
    for _ in 0..<2 { for machine in machines { _ = try machine.run("sync") } }
    for machine in machines {
      #expect(Set(try machine.titles().compactMap(\.self)) == titles)
      try machine.run("fsck").succeeded()
      #expect(try machine.object("status")["missing"] as? Int == 0)
    }
  }

  @Test func aCopyBecomesADeviceOfItsOwn() throws {
    let copy = try Machine()
    try copy.shell("mkdir -p .local/share && cp -r $1 .local/share/", meeting.laptop.store)
      .succeeded()
    try meeting.laptop.run("add", "in the original").succeeded()
    try copy.run("add", "in the copy").succeeded()
    for machine in [copy, meeting.laptop] {
      let outcome = try machine.run("sync")
      #expect([0, 3].contains(outcome.status), "\(outcome)")
    }
    #expect(try device(copy) != device(meeting.laptop))
    try everybodyHas(
      ["Buy milk", "in the original", "in the copy"], [meeting.laptop, copy, meeting.desk])
  }

  @Test func aBackupThatIsPutBackHidesNothing() throws {
    let (laptop, backup) = (meeting.laptop, "\(meeting.laptop.home)/backup")
    try laptop.shell("cp -r $1 $2", laptop.store, backup).succeeded()
    try laptop.run("add", "after the backup").succeeded()
    try laptop.run("sync").succeeded()
    try laptop.shell("rm -rf $1 && cp -r $2 $1", laptop.store, backup).succeeded()
    #expect(try laptop.titles() == ["Buy milk"])
    try laptop.run("add", "after putting it back").succeeded()
    try everybodyHas(
      ["Buy milk", "after the backup", "after putting it back"], [laptop, meeting.desk])
  }

  @Test func aBackupMovedBackInPlaceIsNoticedOnTheRemote() throws {
    let laptop = meeting.laptop
    // The same files with the same inodes, as a snapshot of the whole disk brings them back.
    try laptop.shell("cp -a $1 $1-before", laptop.store).succeeded()
    try laptop.run("add", "forgotten here").succeeded()
    try laptop.run("sync").succeeded()
    try laptop.shell(
      "rm -rf $1/changes && cp -r $1-before/changes $1/ && cat $1-before/tasks.db > $1/tasks.db && rm -f $1/tasks.db-* && cat $1-before/identity > $1/identity",
      laptop.store
    ).succeeded()
    try laptop.run("add", "new").succeeded()
    try everybodyHas(["Buy milk", "forgotten here", "new"], [laptop, meeting.desk])
  }
}
