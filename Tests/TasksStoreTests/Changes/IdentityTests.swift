import Foundation
import TasksModel
import Testing

@testable import TasksStore

/// Copies of stores, and stores that were put back from a backup.
@Suite struct IdentityTests {
  /// Every device has what the others have, and all show the same.
  private func meet(_ desks: [Desk]) throws {
    for _ in 0..<2 {
      for desk in desks {
        for other in desks where other !== desk { try desk.take(other.bundles()) }
      }
    }
    let states = try desks.map { try $0.state() }
    #expect(Set(states).count == 1)
    let conflicts = try desks.map { try $0.store.conflicts().map(\.id).sorted() }
    #expect(Set(conflicts).count == 1)
    for desk in desks { #expect(try desk.store.check(at: desk.now).isDamaged == false) }
  }

  /// Somebody works in a store, which is then closed; what is done with its folder decides what happens next.
  private func leave(_ folder: Folder, _ work: (Desk) throws -> Void) throws -> Instant {
    let laptop = try Desk(in: folder, name: "laptop")
    try work(laptop)
    return laptop.now
  }

  /// Both go on from the same folder.
  private func makeCopies(_ work: (Desk) throws -> Void) throws -> (original: Desk, copy: Desk) {
    let folder = Folder()
    let now = try leave(folder, work)
    try folder.copy("store", to: "copy")
    return (
      try Desk(in: folder, name: "laptop", at: now),
      try Desk(in: folder, store: "copy", name: "copy", at: now.adding(milliseconds: 1000))
    )
  }

  /// The task called so.
  private func task(_ title: String, of desk: Desk) throws -> TaskKey {
    try #require(
      try desk.store.connection.first(
        "SELECT key FROM tasks WHERE title = ?", .text(title),
        read: { TaskKey(rawValue: $0.integer(0)) }))
  }

  @Test func aStoreKeepsItsIdWhileNobodyCopiesIt() throws {
    let folder = Folder()
    for number in 1...3 {
      let desk = try Desk(in: folder)
      try desk.add("Task \(number)")
      let outcome = try desk.seal()
      #expect(outcome.newIdentity == nil)
      #expect(outcome.changes.map(\.sequence) == [number])
    }
    #expect(try folder.open().devices().count == 1)
  }

  @Test func aCopyBecomesADeviceOfItsOwn() throws {
    let (laptop, copy) = try makeCopies { laptop in
      try laptop.add("Buy milk")
      try laptop.seal()
      try laptop.add("Waits to be sealed")
    }
    try copy.add("Made by the copy")
    let outcome = try copy.seal()
    let identity = try #require(outcome.newIdentity)
    #expect(try laptop.store.setting("device.id") == identity.before.text)
    #expect(try copy.store.setting("device.id") == identity.after.text)
    #expect(outcome.changes.map(\.sequence) == [1])
    #expect(try laptop.seal().newIdentity == nil)

    // What both had and had not sealed is there once.
    try meet([laptop, copy])
    #expect(try laptop.store.counts().open == 3)
    #expect(try laptop.store.conflicts().isEmpty)
    #expect(try copy.seal().newIdentity == nil)
  }

  @Test func editsThatACopySealedAreNotSealedAgain() throws {
    let (laptop, copy) = try makeCopies { laptop in
      let milk = try laptop.add("Buy milk")
      try laptop.seal()
      laptop.pass()
      try laptop.update(milk) { try $0.setTitle("Buy oat milk") }
      laptop.pass()
      try laptop.update(milk) { $0.setPriority(.high) }
    }
    try laptop.seal()
    // The copy goes on from an edit that it has not sealed, and gets it back from the other.
    try copy.update(try #require(try copy.only())) { try $0.setTitle("Buy soy milk") }
    let intake = try copy.take(laptop.bundles())
    #expect(intake.dropped == 2)
    #expect(intake.newIdentity != nil)
    #expect(try copy.store.check(at: copy.now).isDamaged == false)
    #expect(try copy.seal().operations == 1)
    try meet([laptop, copy])
    #expect(try laptop.store.conflicts().isEmpty)
    #expect(try laptop.record(try #require(try laptop.only())).title == "Buy soy milk")
  }

  @Test func aStorePutBackFromABackupForksNothing() throws {
    let folder = Folder()
    let desk = try Desk(name: "desk")
    let now = try leave(folder) { laptop in
      try laptop.add("Buy milk")
      try laptop.seal()
    }
    try folder.copy("store", to: "backup")
    _ = try leave(folder) { laptop in
      try laptop.add("After the backup")
      try laptop.seal()
      try desk.take(laptop.bundles())
    }
    try folder.remove("store")
    try folder.copy("backup", to: "store")

    let laptop = try Desk(in: folder, name: "laptop", at: now)
    try laptop.add("After it was put back")
    let outcome = try laptop.seal()
    #expect(outcome.newIdentity != nil)
    try meet([laptop, desk])
    #expect(try laptop.store.counts().open == 3)
    #expect(try laptop.store.devices().flatMap(\.forks).isEmpty)
  }

  @Test func aDatabasePutBackAloneFindsWhatItsFolderHas() throws {
    let folder = Folder()
    let now = try leave(folder) { laptop in
      try laptop.add("Buy milk")
      try laptop.seal()
    }
    try folder.copy("store/tasks.db", to: "backup.db")
    _ = try leave(folder) { laptop in
      try laptop.add("After the backup")
      try laptop.seal()
    }
    try folder.remove("store/tasks.db")
    try folder.copy("backup.db", to: "store/tasks.db")

    let laptop = try Desk(in: folder, name: "laptop", at: now)
    try laptop.add("After it was put back")
    let outcome = try laptop.seal()
    #expect(outcome.newIdentity != nil)
    #expect(outcome.found.count == 1)
    #expect(try laptop.store.counts().open == 3)
    #expect(try laptop.store.devices().flatMap(\.forks).isEmpty)
    #expect(try laptop.store.check(at: now).isDamaged == false)
  }

  @Test func twoChangesOfOneNumberAreBothKeptAndTold() throws {
    // Two stores that do not know that they are copies: only a change with the other's number tells them.
    let (laptop, copy) = try makeCopies { laptop in
      try laptop.add("Buy milk")
      try laptop.seal()
    }
    try copy.store.connection.run(
      "DELETE FROM settings WHERE key IN ('identity.file', 'identity.machine')")

    try laptop.add("Made here")
    try copy.add("Made there")
    #expect(try laptop.seal().changes.map(\.sequence) == [2])
    #expect(try copy.seal().changes.map(\.sequence) == [2])
    let intake = try laptop.take(copy.bundles())
    #expect(intake.forks.map(\.sequence) == [2])
    #expect(intake.newIdentity != nil)
    #expect(try laptop.store.devices().flatMap(\.forks) == [2])
    try meet([laptop, copy])
    #expect(try laptop.store.counts().open == 3)
    try laptop.add("Later here")
    try copy.add("Later there")
    let ids = try [laptop, copy].map { desk in
      _ = try desk.seal()
      return try desk.store.setting("device.id")
    }
    #expect(Set(ids).count == 2)
    try meet([laptop, copy])
    #expect(try copy.store.counts().open == 5)
  }

  @Test(arguments: [true, false])
  func editsThatWaitedInBothCountOnce(sealing: Bool) throws {
    let (laptop, copy) = try makeCopies { laptop in
      if sealing {
        try laptop.add("Something older")
        try laptop.seal()
        laptop.pass()
      }
      try laptop.add("Buy milk")
    }
    try copy.seal()
    let milk = try task("Buy milk", of: copy)
    copy.pass()
    try copy.update(milk) { try $0.setTitle("Buy oat milk") }
    try copy.seal()
    let intake = try laptop.take(copy.bundles())
    #expect(intake.dropped == 1)
    #expect(try laptop.store.conflicts().isEmpty)
    #expect(try laptop.seal().operations == 0)
    #expect(try laptop.titles(.text("milk")) == ["Buy oat milk"])
    try meet([laptop, copy])
  }

  @Test func aCopyMadeBeforeAnythingWasSealedIsADeviceOfItsOwn() throws {
    let (laptop, copy) = try makeCopies { try $0.add("Buy milk") }
    try laptop.add("Made here")
    try copy.add("Made there")
    try laptop.seal()
    #expect(try copy.seal().newIdentity != nil)
    try meet([laptop, copy])
    #expect(try laptop.store.devices().flatMap(\.forks).isEmpty)
    #expect(try laptop.store.counts().open == 3)
  }

  @Test func anEditorThatWasOpenWhileItsEditCameBackFromACopyCanBeSaved() throws {
    let (laptop, copy) = try makeCopies { laptop in
      try laptop.add("Something older")
      try laptop.seal()
      laptop.pass()
      try laptop.add("Buy milk")
    }
    try copy.seal()
    let milk = try task("Buy milk", of: laptop)
    let seen = try laptop.store.snapshot(of: milk)
    #expect(try laptop.take(copy.bundles()).dropped == 1)
    laptop.pass()
    try laptop.update(milk, seen: seen) { try $0.setTitle("Buy oat milk") }
    #expect(try laptop.store.conflicts().isEmpty)
    #expect(try laptop.store.check(at: laptop.now).isDamaged == false)
    #expect(try laptop.seal().operations == 1)
    try meet([laptop, copy])
  }
}
