import TasksModel
import Testing

@testable import TasksStore

/// Edits of several people in one transaction.
@Suite struct JointEditTests {
  @Test func oneThatFailsUndoesNoOther() throws {
    let desk = try Desk()
    var failures: [String] = []
    func adding(_ title: String, fails: Bool = false) -> JointEdit {
      JointEdit("add") { editor in
        var edits = Edits()
        try edits.setTitle(title)
        try editor.create(edits)
        if fails { throw StoreError.noSuchTask(title) }
      } failed: { _ in
        failures.append(title)
      }
    }
    try desk.store.edit([adding("a"), adding("b", fails: true), adding("c")], at: desk.now)
    #expect(failures == ["b"])
    #expect(try desk.titles(.text("a")) == ["a"])
    #expect(try desk.titles(.all([])).sorted() == ["a", "c"])
    #expect(try desk.store.counts().uncommitted == 2)
    #expect(try desk.store.check(at: desk.now).findings.isEmpty)
    // The one that failed has left no number behind.
    #expect(try desk.keys().compactMap { try desk.record($0).number }.sorted() == [1, 2])
  }

  @Test func eachIsUndoneByItself() throws {
    let desk = try Desk()
    let edits = ["a", "b"].map { title in
      JointEdit("add") { editor in
        var edits = Edits()
        try edits.setTitle(title)
        try editor.create(edits)
      } failed: { _ in
      }
    }
    try desk.store.edit(edits, at: desk.now)
    _ = try desk.store.undo(at: desk.now)
    #expect(try desk.titles(.open) == ["a"])
  }
}
