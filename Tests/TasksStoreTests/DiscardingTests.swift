import TasksFiles
import TasksModel
import Testing

@testable import TasksStore

/// Stores that were made for nothing.
@Suite struct DiscardingTests {
  private let folder: Folder
  private let path: String

  init() {
    folder = Folder()
    path = "\(folder.path)/store"
  }

  private func open() throws -> Store { try Store.open(at: path, creating: true, zone: .utc) }

  @Test func nothingOfItIsLeft() throws {
    #expect(try open().discard(withFolder: true))
    #expect(try Directories.kind(of: path) == .missing)
  }

  @Test func theFilesOfOthersStay() throws {
    let store = try open()
    try Files.write([1].span.bytes, as: path + "/tasks.db.old-1", durably: false)
    #expect(try store.discard(withFolder: true))
    #expect(try Directories.names(in: path) == ["tasks.db.old-1"])
  }

  @Test func whatSomebodyHasEditedMeanwhileStays() throws {
    let store = try open()
    let desk = try Desk(in: folder)
    let task = try desk.add("an edit")
    #expect(try !store.discard(withFolder: true))
    #expect(try desk.record(task).title == "an edit")
  }

  /// Who has it open finds that it has gone, and does not acknowledge what would be lost.
  @Test func nobodyEditsWhatIsGone() throws {
    let desk = try Desk(in: folder)
    #expect(try open().discard(withFolder: true))
    #expect(throws: StoreError.self) { try desk.add("an edit") }
  }
}
