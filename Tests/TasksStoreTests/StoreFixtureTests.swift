import Foundation
import TasksFiles
import TasksModel
import Testing

@testable import TasksStore

/// Stores of every released form are read for ever; see the `README.md` beside each.
@Suite struct StoreFixtureTests {
  private static let fixtures =
    #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 } + "/Fixtures"

  /// A copy of a store, which may be opened and written to.
  private func copy(_ name: String) throws -> Folder {
    let folder = Folder()
    try Directories.make(folder.path)
    let files = FileManager.default
    try files.copyItem(atPath: Self.fixtures + "/" + name, toPath: folder.store)
    // What was checked out has the permissions of whoever did it.
    try files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.store)
    try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.database)
    return folder
  }

  @Test func aStoreFromBeforeThereWereChangesIsBroughtUpToDate() throws {
    let folder = try copy("store-1")
    let desk = try Desk(in: folder, name: "laptop", at: Instant(milliseconds: 1_800_000_000_000))
    #expect(try desk.store.check(at: desk.now).findings.isEmpty)
    #expect(
      try desk.titles(.all([])).sorted() == [
        "Buy oat milk", "Call Anna", "Throw away", "Write report",
      ])
    #expect(try desk.store.counts().uncommitted == 11)
    #expect(try desk.store.setting("device.name") == "oldtimer")

    let conflict = try #require(try desk.store.conflicts().first)
    #expect(try desk.store.counts().conflicts == 1)
    #expect(conflict.field == .title)
    #expect(conflict.winner.value == "Buy oat milk")
    #expect(conflict.losers.map(\.value) == ["Buy soy milk"])

    let anna = try #require(
      try desk.store.tasks(TaskQuery(.text("Anna"), detail: .full), clock: desk.clock).first)
    #expect(anna.notes.map(\.text) == ["she is away until Monday"])
    #expect(anna.project == "family")

    #expect(try desk.seal().operations == 11)
    let other = try Desk(name: "other")
    try other.take(desk.bundles())
    #expect(try other.state() == desk.state())
    #expect(try other.store.conflicts().map(\.id) == [conflict.id])
    #expect(try desk.store.check(at: desk.now).findings.isEmpty)
  }

  @Test(arguments: ["opened", "made anew"])
  func aStoreWithChangesIsRead(how: String) throws {
    let folder = try copy("store-2")
    let now = Instant(milliseconds: 1_800_000_000_000)
    if how == "made anew" {
      let outcome = try Store.rebuild(at: folder.store, zone: .utc, now: now)
      #expect(outcome.edits == 2)
      #expect(outcome.changes == 3)
      #expect(outcome.lost == 0)
    }
    let desk = try Desk(in: folder, name: "laptop", at: now)
    #expect(try desk.store.check(at: now).findings.isEmpty)
    #expect(
      try desk.titles(.open).sorted() == ["Buy soy milk", "Call Anna", "Waits to be committed"])
    #expect(try desk.store.counts().uncommitted == 2)
    #expect(try desk.store.counts().conflicts == 1)
    #expect(try desk.store.devices().map(\.name) == ["laptop", "desk"])
    #expect(
      try desk.changeIDs().map { String($0.prefix(8)) }.sorted() == [
        "0cae3572", "4dbdfec5", "764ea50f",
      ])
    let all = try desk.store.conflicts(all: true)
    #expect(Set(all.map(\.id)).count == 2)
    let open = try #require(all.first { $0.isOpen })
    #expect(open.id.hasPrefix("31752c28"))
    #expect(open.field == .isDeleted)
    let ended = try #require(all.first { !$0.isOpen })
    #expect(ended.id.hasPrefix("4c4da851"))
    #expect(ended.winner.value == "Buy oat milk")
    #expect(ended.losers.map(\.value) == ["Buy soy milk"])
    // It was copied here, so it is a device of its own now; nothing else changes.
    let sealed = try desk.seal()
    #expect(sealed.operations == 2)
    #expect(sealed.newIdentity != nil)
    let other = try Desk(name: "other")
    try other.take(desk.bundles())
    #expect(try other.state() == desk.state())
  }
}
