import Foundation
import Testing
import TasksFiles
import TasksModel

@testable import TasksStore

@Suite struct OpeningTests {
  @Test func aStoreIsMadeForItsOwnerAlone() throws {
    let folder = Folder()
    _ = try folder.open()
    let files = FileManager.default
    let modes = try [folder.store, folder.database].map {
      try files.attributesOfItem(atPath: $0)[.posixPermissions] as? Int
    }
    #expect(modes == [0o700, 0o600])
    #expect(
      try files.contentsOfDirectory(atPath: folder.store).allSatisfy {
        $0.hasPrefix("tasks.db") || $0 == "identity"
      })
  }

  @Test func whatWasWrittenIsThereWhenItIsOpenedAgain() throws {
    let folder = Folder()
    for number in 1...30 {
      try folder.open().edit("add", at: Instant(milliseconds: 1)) { editor in
        var edits = Edits()
        try edits.setTitle("task \(number)")
        try editor.create(edits)
      }
    }
    #expect(try folder.open().counts().open == 30)
    // Closed, it is one file, which can be copied and put back.
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.store).sorted()
        == ["identity", "tasks.db"])
  }

  @Test func aStoreThatIsNotThereIsNotMadeByLooking() throws {
    let folder = Folder()
    #expect(throws: StoreError.self) { try folder.open(creating: false) }
    #expect(!FileManager.default.fileExists(atPath: folder.store))
  }

  @Test func theRemainsOfAMakingThatWasCutShortDoNoHarm() throws {
    let folder = Folder()
    try Directories.make(folder.store)
    for name in ["tasks.db.new", "tasks.db.new-wal", "tasks.db.new-journal"] {
      #expect(
        FileManager.default.createFile(
          atPath: folder.store + "/" + name, contents: Data("junk".utf8)))
    }
    #expect(try folder.open().counts().open == 0)
  }

  private func failure(of folder: Folder) -> StoreError? {
    do {
      _ = try folder.open()
      return nil
    } catch {
      return error as? StoreError
    }
  }

  @Test func anEmptiedFileIsDamageAndNotANewStore() throws {
    let folder = Folder()
    _ = try folder.open()
    #expect(truncate(folder.database, 0) == 0)
    guard case .damaged = failure(of: folder) else {
      Issue.record("opened")
      return
    }
  }

  @Test func aLogWithoutItsDatabaseIsDamageAndNotANewStore() throws {
    let folder = Folder()
    try folder.open().set("color", to: "never")
    try FileManager.default.moveItem(
      atPath: folder.database, toPath: folder.database + "-wal")
    guard case .damaged = failure(of: folder) else {
      Issue.record("opened")
      return
    }
    #expect(try Files.size(of: folder.database + "-wal") ?? 0 > 0)
  }

  @Test func filesOfOthersAreRefusedAndNotTouched() throws {
    let folder = Folder()
    try Directories.make(folder.store)
    let text = Data("this is not a database, and long enough to be looked at as one....".utf8)
    #expect(
      FileManager.default.createFile(
        atPath: folder.database, contents: text, attributes: [.posixPermissions: 0o600]))
    guard case .foreign = failure(of: folder) else {
      Issue.record("opened")
      return
    }
    #expect(FileManager.default.contents(atPath: folder.database) == text)
  }

  @Test func aStoreOfALaterVersionIsRefused() throws {
    let folder = Folder()
    try folder.open().connection.execute("PRAGMA user_version = 99")
    guard case .newer(_, version: 99, known: Store.schemaVersion) = failure(of: folder) else {
      Issue.record("opened")
      return
    }
  }

  @Test(arguments: [0o722, 0o777, 0o770])
  func aFolderThatOthersMayWriteToIsRefused(mode: Int) throws {
    let folder = Folder()
    _ = try folder.open()
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.store)
    guard case .writableByOthers = failure(of: folder) else {
      Issue.record("opened")
      return
    }
  }
}
