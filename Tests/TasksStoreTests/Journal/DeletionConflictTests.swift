import TasksModel
import Testing

@testable import TasksStore

/// Conflicts of tasks that somebody deleted.
@Suite struct DeletionConflictTests {
  /// The laptop deletes the task and the desk changes it, or the other way around.
  private func deletion(isShown: Bool) throws -> (Pair, Conflict) {
    let pair = try Pair()
    let (deleter, editor) = isShown ? (pair.desk, pair.laptop) : (pair.laptop, pair.desk)
    editor.pass()
    deleter.pass()
    (isShown ? deleter : editor).pass(milliseconds: 5000)
    try deleter.delete(try #require(try deleter.only()))
    try editor.update(try #require(try editor.only())) { $0.setPriority(.high) }
    try pair.meet()
    let conflict = try #require(try pair.laptop.store.conflicts().first)
    #expect(conflict.field == .isDeleted)
    #expect(try pair.laptop.record(pair.here).isDeleted == isShown)
    return (pair, conflict)
  }

  @Test(arguments: [false, true], [false, true])
  func takeAndKeepDoWhatTheySay(isShownDeleted: Bool, takes: Bool) throws {
    let (pair, conflict) = try deletion(isShown: isShownDeleted)
    try pair.laptop.choose(conflict.id) { takes ? $0.losers[0].value : $0.winner.value }
    try pair.meet()
    #expect(try pair.desk.store.conflicts().isEmpty)
    #expect(try pair.desk.record(pair.there).isDeleted == (isShownDeleted != takes))
  }

  @Test func anotherFieldOfADeletedTaskIsSettledAndTheTaskStaysDeleted() throws {
    let pair = try Pair()
    let conflict = try pair.disagreeOnTitle()
    try pair.desk.delete(pair.there)
    try pair.meet()
    #expect(try pair.laptop.store.conflicts().map(\.id) == [conflict.id])
    try pair.laptop.choose(conflict.id)
    try pair.meet()
    let task = try pair.desk.record(pair.there)
    #expect(task.isDeleted && task.title == "Buy oat milk")
    #expect(try pair.desk.store.conflicts().isEmpty)
    _ = try pair.laptop.store.undo(at: pair.laptop.now)
    #expect(try pair.laptop.record(pair.here).isDeleted)
  }

  /// Whether the task is deleted is another question, which nobody has answered.
  @Test func anotherFieldLeavesAConflictOfDeletionOpen() throws {
    let pair = try Pair()
    pair.desk.pass()
    try pair.desk.update(pair.there) { try $0.setTitle("Buy soy milk") }
    try pair.desk.delete(pair.there)
    pair.laptop.pass(milliseconds: 9000)
    try pair.laptop.update(pair.here) { try $0.setTitle("Buy oat milk") }
    try pair.meet()
    #expect(try pair.laptop.store.conflicts().map(\.field) == [.isDeleted, .title].sorted())
    let title = try #require(try pair.laptop.store.conflicts().first { $0.field == .title })
    try pair.laptop.choose(title.id)
    try pair.meet()
    let left = try pair.desk.store.conflicts()
    #expect(left.map(\.field) == [.isDeleted])
    #expect(left.first?.losers.map(\.value) == [true])
    let task = try pair.desk.record(pair.there)
    #expect(!task.isDeleted && task.title == "Buy soy milk")

    _ = try pair.laptop.store.undo(at: pair.laptop.now)
    #expect(try pair.laptop.record(pair.here).title == "Buy oat milk")
    #expect(try pair.laptop.store.conflicts().map(\.field) == [.isDeleted])
  }
}
