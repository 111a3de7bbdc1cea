import Foundation
import TasksFiles
import TasksFormat
import TasksModel
import Testing

@testable import TasksStore

/// Stores that are checked, damaged, folded and made anew.
@Suite struct RebuildTests {
  /// A store on the disk with a history: conflicts, deletions, edits that are not sealed.
  private func makeStore(_ folder: Folder) throws -> Desk {
    let laptop = try Desk(in: folder, name: "laptop")
    let desk = try Desk(name: "desk")
    var tasks: [TaskKey] = []
    for number in 1...8 {
      tasks.append(try laptop.add("Task \(number)") { try $0.addTag("t\(number % 3)") })
      laptop.pass()
    }
    try laptop.seal(note: "the first")
    try desk.take(laptop.bundles())
    for (number, task) in tasks.enumerated() {
      laptop.pass()
      try laptop.update(task) { try $0.setTitle("Task \(number) here") }
    }
    try laptop.delete(tasks[2])
    try laptop.update(tasks[3]) { $0.setCompleted(true) }
    try laptop.seal()
    for (number, task) in try desk.keys().enumerated() where number < 4 {
      desk.pass(milliseconds: 3000)
      try desk.update(task) { try $0.setTitle("Task \(number) there") }
    }
    try desk.seal()
    try laptop.take(desk.bundles())
    // One conflict ends.
    let first = try #require(try laptop.store.conflicts().first)
    try laptop.update(first.task) { try $0.setTitle("Settled") }
    try laptop.seal()
    try laptop.add("Waits to be sealed")
    try laptop.update(tasks[5]) { $0.setPriority(.high) }
    return laptop
  }

  private func rebuild(_ folder: Folder, at now: Instant) throws -> RebuildOutcome {
    try Store.rebuild(at: folder.store, zone: .utc, now: now)
  }

  @Test func aHealthyStoreIsFoundHealthy() throws {
    let folder = Folder()
    let desk = try makeStore(folder)
    let report = try desk.store.check(at: desk.now)
    #expect(report.findings.isEmpty, "\(report.findings)")
    #expect(report.changes == 4)
    #expect(report.tasks == 9)
  }

  @Test func aStoreMadeAnewIsTheSame() throws {
    let folder = Folder()
    var desk = try makeStore(folder)
    let (state, now) = (try desk.state(), desk.now)
    let numbers = try desk.numbers()
    let conflicts = try desk.store.conflicts(all: true)
    let device = try desk.store.setting("device.id")
    desk = try Desk(name: "nobody")

    let outcome = try rebuild(folder, at: now.adding(milliseconds: 99))
    #expect(outcome.edits == 2)
    #expect(outcome.isOldReadable)
    #expect(outcome.quarantined.isEmpty)
    #expect(outcome.lost == 0)
    desk = try Desk(in: folder, name: "laptop", at: now)
    #expect(try desk.state() == state)
    #expect(try desk.numbers() == numbers)
    #expect(try desk.store.setting("device.id") == device)
    let anew = try desk.store.conflicts(all: true)
    #expect(anew.map(\.id).sorted() == conflicts.map(\.id).sorted())
    #expect(Set(anew.map(\.foundAt)) == Set(conflicts.map(\.foundAt)))
    #expect(try desk.store.check(at: now).findings.isEmpty)
    let sealed = try desk.seal()
    #expect(sealed.operations == 2)
    #expect(sealed.newIdentity == nil)
  }

  @Test(arguments: ["missing", "truncated", "foreign", "empty"])
  func withoutADatabaseEverythingCommittedComesBack(damage: String) throws {
    let folder = Folder()
    var desk = try makeStore(folder)
    try desk.seal()
    let (state, now) = (try desk.state(), desk.now)
    let conflicts = try desk.store.conflicts().map(\.id).sorted()
    desk = try Desk(name: "nobody")
    let file = URL(fileURLWithPath: folder.database)
    switch damage {
    case "missing": try folder.remove("store/tasks.db")
    case "truncated": try Data(contentsOf: file).prefix(5000).write(to: file)
    case "foreign": try Data("no database at all".utf8).write(to: file)
    default: try Data().write(to: file)
    }
    #expect(throws: StoreError.self) {
      let store = try folder.open()
      _ = try store.tasks(TaskQuery(.all([])), clock: Clock(now: now, zone: .utc))
      _ = try store.counts()
    }
    let outcome = try rebuild(folder, at: now)
    #expect(outcome.lost == 0)
    desk = try Desk(in: folder, name: "laptop", at: now)
    #expect(try desk.state() == state)
    #expect(try desk.store.conflicts().map(\.id).sorted() == conflicts)
    #expect(try desk.store.check(at: now).isDamaged == false)
    try desk.add("Life goes on")
    #expect(try desk.seal().operations == 1)
    #expect(try desk.store.devices().flatMap(\.forks).isEmpty)
  }

  @Test func changesWhoseFileIsDamagedAreWrittenAnewFromTheDatabase() throws {
    let folder = Folder()
    var desk = try makeStore(folder)
    let (state, now) = (try desk.state(), desk.now)
    desk = try Desk(name: "nobody")
    let names = try folder.changes()
    let damaged = URL(fileURLWithPath: folder.store + "/changes/" + names[0])
    var bytes = try Data(contentsOf: damaged)
    bytes[bytes.count / 2] ^= 0x10
    try bytes.write(to: damaged)
    try folder.remove("store/changes/" + names[1])

    let report = try folder.open().check(at: now)
    #expect(report.isDamaged)
    #expect(report.findings.count == 2)
    let outcome = try rebuild(folder, at: now)
    #expect(outcome.quarantined.count == 1)
    #expect(outcome.restored >= 2)
    #expect(outcome.lost == 0)
    desk = try Desk(in: folder, name: "laptop", at: now)
    #expect(try desk.state() == state)
    #expect(try desk.store.check(at: now).isDamaged == false)
    let kept = try FileManager.default.contentsOfDirectory(atPath: folder.store + "/quarantine")
    #expect(kept == [String(names[0].dropFirst(3))])
  }

  @Test(arguments: [
    "UPDATE writes SET value = '\"forged\"' WHERE field = 'title' AND wins",
    "UPDATE tasks SET title = 'forged' WHERE key = 1",
    "UPDATE operations SET fields = '{\"title\":\"forged\"}' WHERE key = 1",
    "UPDATE operations SET over = '[]' WHERE key = 9",
    "DELETE FROM writes WHERE field = 'title' AND NOT wins",
    "DELETE FROM conflicts",
    "DELETE FROM search WHERE rowid = 1",
    "UPDATE changes SET note = 'forged' WHERE key = 1",
    "UPDATE tasks SET number = NULL WHERE key = 1",
    "INSERT INTO absent SELECT id, device, seq FROM changes WHERE key = 1",
    "UPDATE operations SET over = '[\"0123456789abcdef:0\"]' WHERE key = 9",
  ])
  func whatDisagreesIsFoundAndMended(forgery: String) throws {
    let folder = Folder()
    var desk = try makeStore(folder)
    let (state, now) = (try desk.state(), desk.now)
    try desk.store.connection.run(forgery)
    let report = try desk.store.check(at: now)
    #expect(report.isDamaged)
    desk = try Desk(name: "nobody")
    _ = try rebuild(folder, at: now)
    desk = try Desk(in: folder, name: "laptop", at: now)
    #expect(try desk.state() == state)
    #expect(try desk.store.check(at: now).findings.isEmpty)
  }

  @Test func foldingKeepsEveryChange() throws {
    let folder = Folder()
    let desk = try makeStore(folder)
    let state = try desk.state()
    let ids = try desk.changeIDs()
    for number in 0..<40 {
      try desk.add("More \(number)")
      try desk.seal()
    }
    #expect(try folder.changes().count == 44)
    let outcome = try desk.store.fold(at: desk.now)
    #expect(outcome.before == 44)
    #expect(outcome.after == 1)
    #expect(try folder.changes().count == 1)
    #expect(try desk.changeIDs().starts(with: ids))
    #expect(try desk.store.check(at: desk.now).findings.isEmpty)
    let other = try Desk(name: "other")
    try other.take(desk.bundles())
    #expect(try other.state() == desk.state())
    #expect(try desk.state().filter { !$0.contains("More") }.count == state.count)
    #expect(try desk.store.fold(at: desk.now).after == 1)
  }

  @Test func aFileThatACrashLeftIsTakenInOrRemoved() throws {
    let folder = Folder()
    let desk = try makeStore(folder)
    let other = try Desk(name: "other")
    try other.add("From elsewhere")
    try other.seal()
    let bundle = try #require(try other.bundles().first)
    // The file was written, and then the power went.
    try ChangesDirectory(in: folder.store).write(bundle, digest: Digest(of: bundle))
    let report = try desk.store.check(at: desk.now)
    #expect(!report.isDamaged)
    #expect(report.findings.count == 1)
    #expect(try desk.titles(.text("elsewhere")) == ["From elsewhere"])
    #expect(try desk.store.check(at: desk.now).findings.isEmpty)

    // Its changes come again in another file, which nobody needs.
    let bundles = try other.bundles()
    var writer = BundleWriter()
    for bytes in bundles + (try desk.bundles()) {
      var changes = try BundleChanges(bytes)
      while let change = try changes.next() { _ = try writer.append(change) }
    }
    let spare = try writer.finish()
    try ChangesDirectory(in: folder.store).write(spare.bytes, digest: spare.digest)
    #expect(try desk.store.check(at: desk.now).findings.count == 1)
    #expect(try desk.store.check(at: desk.now).isDamaged == false)
    #expect(try desk.store.fold(at: desk.now).removed == 1)
    #expect(try desk.store.check(at: desk.now).findings.isEmpty)
  }

  @Test func whatACrashKeptFromBeingWrittenIsWrittenOnOpening() throws {
    let folder = Folder()
    var desk = try Desk(in: folder, name: "laptop")
    try desk.add("Buy milk")
    try desk.seal()
    let name = try #require(try folder.changes().first)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.store + "/changes/" + name))
    // As it is after the transaction and before the file.
    try desk.store.connection.run("UPDATE bundles SET content = ?", .blob(Array(bytes)))
    desk = try Desk(name: "nobody")
    try folder.remove("store/changes")
    desk = try Desk(in: folder, name: "laptop")
    #expect(try folder.changes() == [name])
    #expect(
      try desk.store.connection.first(
        "SELECT count(*) FROM bundles WHERE content IS NOT NULL", read: { $0.integer(0) }) == 0)
  }

  @Test func aDatabaseThatWasReplacedTakesNoMoreEdits() throws {
    let folder = Folder()
    let old = try Desk(in: folder, name: "laptop")
    try old.add("Buy milk")
    try old.seal()
    // As it is when the other process has just put the new database there.
    try folder.copy("store/tasks.db", to: "store/new.db")
    try Files.rename(folder.store + "/new.db", to: folder.database)
    #expect(throws: StoreError.self) { try old.add("Would be lost") }
  }

  @Test func aChangeOfADeviceThatHadAnotherNameThenIsRestored() throws {
    let folder = Folder()
    var desk = try Desk(in: folder, name: "old")
    try desk.add("Buy milk")
    try desk.seal()
    let now = desk.now
    let first = try #require(try folder.changes().first)
    desk = try Desk(in: folder, name: "new", at: now)
    try desk.add("Buy bread")
    try desk.seal()
    let state = try desk.state()
    desk = try Desk(name: "nobody")
    try folder.remove("store/changes/" + first)
    let outcome = try rebuild(folder, at: now)
    #expect(outcome.restored == 1)
    #expect(outcome.lost == 0)
    desk = try Desk(in: folder, name: "new", at: now)
    #expect(try desk.state() == state)
  }

  @Test func aHistoryWithoutConflictsHasNoneWhenItIsMadeAnew() throws {
    let folder = Folder()
    var desk = try Desk(in: folder, name: "laptop")
    let milk = try desk.add("Buy milk")
    for number in 0..<12 {
      desk.pass()
      try desk.update(milk) { try $0.setTitle("Buy milk \(number)") }
      try desk.seal()
    }
    let now = desk.now
    desk = try Desk(name: "nobody")
    _ = try rebuild(folder, at: now)
    desk = try Desk(in: folder, name: "laptop", at: now)
    #expect(try desk.store.conflicts(all: true).isEmpty)
  }

  @Test(arguments: [
    "UPDATE tasks SET number = 9223372036854775807 WHERE key = 1",
    "UPDATE tasks SET number = -5 WHERE key = 1",
  ])
  func numbersThatMakeNoSenseAreGivenAnew(damage: String) throws {
    let folder = Folder()
    var desk = try makeStore(folder)
    let (state, now) = (try desk.state(), desk.now)
    try desk.store.connection.run(damage)
    desk = try Desk(name: "nobody")
    _ = try rebuild(folder, at: now)
    desk = try Desk(in: folder, name: "laptop", at: now)
    #expect(try desk.state() == state)
    #expect(try desk.store.check(at: now).findings.isEmpty)
  }

  @Test func tagsThatAreEqualOnlyToPeopleAreNoDamage() throws {
    let desk = try Desk()
    try desk.add("Coffee") { edits in
      try edits.addTag("caf\u{e9}")
      try edits.addTag("cafe\u{301}")
    }
    #expect(try desk.store.check(at: desk.now).findings.isEmpty)
  }

  /// Spoils one page of a table or index of a store that nobody has open.
  private func spoil(_ name: String, in folder: Folder) throws {
    let page = try #require(
      try folder.open().connection.first(
        "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno LIMIT 1",
        .text(name), read: { $0.integer(0) }))
    let file = URL(fileURLWithPath: folder.database)
    var content = try Data(contentsOf: file)
    let start = Int(page - 1) * 4096
    content.replaceSubrange(start..<start + 4096, with: Data(repeating: 0xff, count: 4096))
    try content.write(to: file)
  }

  @Test(arguments: [
    ("operations", true), ("operations_unsealed", false), ("tasks", false),
    ("sqlite_autoindex_tasks_1", false), ("writes", false),
  ])
  func editsThatCanBeReadAreKeptAndThoseThatCannotAreTold(
    damaged: String, isPartial: Bool
  ) throws {
    let folder = Folder()
    let now = Instant(milliseconds: 1_700_000_000_000)
    do {
      let desk = try Desk(in: folder, name: "laptop")
      try desk.store.edit("add", at: now) { editor in
        for number in 0..<400 {
          var edits = Edits()
          try edits.setTitle("Task \(number)")
          try editor.create(edits)
        }
      }
    }
    try spoil(damaged, in: folder)
    let outcome = try rebuild(folder, at: now)
    #expect(outcome.isPartial == isPartial)
    #expect(isPartial ? (200..<400).contains(outcome.edits) : outcome.edits == 400)
    let desk = try Desk(in: folder, name: "laptop", at: now)
    #expect(try desk.store.counts().open == outcome.edits)
    #expect(try desk.store.check(at: now).isDamaged == false)
  }

  @Test func anEditThatReplacesNothingThatIsThereIsFound() throws {
    let desk = try Desk()
    let milk = try desk.add("Buy milk")
    try desk.update(milk) { try $0.setTitle("Buy oat milk") }
    try desk.store.connection.run("UPDATE operations SET over = '[77]' WHERE key = 2")
    let report = try desk.store.check(at: desk.now)
    #expect(
      report.findings.contains { finding in
        if case .looseEdits(1) = finding { true } else { false }
      })
  }
}
