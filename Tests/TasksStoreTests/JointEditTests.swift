import TasksModel
import Testing

@testable import TasksStore

/// Edits of several people in one transaction.
@Suite struct JointEditTests {
  @Test func oneThatFailsUndoesNoOther() throws {
    let desk = try Desk()
    var failures: [String] = []
    func adding(_ title: String, fails: Bool = false) -> JointEdit {
      JointEdit("add", of: 0) { editor in
        var edits = Edits()
        try edits.setTitle(title)
        try editor.create(edits)
        if fails { throw StoreError.noSuchTask(title) }
      } failed: { _ in
        failures.append(title)
      }
    }
    _ = try desk.store.edit([adding("a"), adding("b", fails: true), adding("c")], at: desk.now)
    #expect(failures == ["b"])
    #expect(try desk.titles(.text("a")) == ["a"])
    #expect(try desk.titles(.all([])).sorted() == ["a", "c"])
    #expect(try desk.store.counts().uncommitted == 2)
    #expect(try desk.store.check(at: desk.now).findings.isEmpty)
    // The one that failed has left no number behind.
    #expect(try desk.keys().compactMap { try desk.record($0).number }.sorted() == [1, 2])
  }

  @Test(arguments: [true, false])
  func whatBelongsTogetherIsUndoneTogether(belongs: Bool) throws {
    let desk = try Desk()
    let edits = ["a", "b"].enumerated().map { number, title in
      JointEdit("add", of: belongs ? 0 : number) { editor in
        var edits = Edits()
        try edits.setTitle(title)
        try editor.create(edits)
      } failed: { _ in
      }
    }
    #expect(try desk.store.edit(edits, at: desk.now))
    _ = try desk.store.undo(at: desk.now)
    #expect(try desk.titles(.open) == (belongs ? [] : ["a"]))
  }
}
