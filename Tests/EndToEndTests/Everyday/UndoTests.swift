import Foundation
import Testing

@Suite struct UndoTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  /// One command of every kind, each of which changes something.
  private static let commands: [[String]] = [
    ["add", "first", "+aa", "due:2031-05-01"], ["add", "second", "-d", "text"],
    ["edit", "1", "--title", "First", "project:home", "-aa", "+b", "due:none"],
    ["edit", "1-2", "priority:H"], ["tag", "1", "2", "+x", "-b"], ["note", "1", "one"],
    ["note", "1", "two"], ["note", "1", "--remove", "1"], ["done", "1", "2"], ["reopen", "2"],
    ["delete", "1-2"], ["restore", "1"], ["import", "tw.json"], ["restore", "2"],
  ]

  @Test func undoGoesBackToTheStartOverEveryKindOfCommand() throws {
    try machine.file(
      "tw.json",
      #"""
      [{"uuid":"11111111-0000-4000-8000-000000000001","description":"imported","status":"pending",
        "entry":"20250101T000000Z","modified":"20250102T000000Z","tags":["t"],
        "annotations":[{"entry":"20250101T120000Z","description":"remark"}]},
       {"uuid":"11111111-0000-4000-8000-000000000002","description":"closed","status":"completed",
        "entry":"20250101T000000Z","end":"20250103T000000Z"}]
      """#)
    var states: [Set<TaskDocument.Content>] = []
    for words in Self.commands {
      states.append(Set(try machine.allTasks().map(\.content)))
      try machine.run(words).succeeded()
    }
    for (state, words) in zip(states, Self.commands).reversed() {
      let outcome = try machine.run("undo").succeeded()
      #expect(outcome.output.hasPrefix("Undid \(words[0]) of "), "\(words): \(outcome)")
      #expect(outcome.errors == "", "\(words)")
      // A task that was undone is a deleted one: nothing is ever erased.
      let now = Set(try machine.allTasks().map(\.content)).filter { task in
        !task.isDeleted || state.contains { $0.id == task.id }
      }
      #expect(now == state, "after undoing \(words)")
    }
    try machine.run("undo").failed(1, "there is nothing to undo")
  }

  @Test func undoOfOneTaskNamesIt() throws {
    try machine.add("Buy milk")
    try machine.run("done", "1").succeeded()
    #expect(try machine.run("undo").output == "Undid done of task 1: Buy milk\n")
    #expect(try machine.titles() == ["Buy milk"])
  }

  @Test func undoIsANewEditWithAQueueRowOfItsOwn() throws {
    try machine.add("a")
    try machine.run("done", "1").succeeded()
    let updated = try machine.task("1").updatedAt
    try machine.run("undo").succeeded()
    let rows = try machine.run("queue", "--jsonl").lineObjects()
    #expect(rows.count == 3)
    #expect((rows.last?["fields"] as? [String: Any])?["completed"] as? Bool == false)
    #expect(try machine.task("1").updatedAt > updated)
  }

  @Test func undoAfterAnUndoGoesOneFurtherBackAndNewEditsComeFirst() throws {
    try machine.add("a")
    try machine.run("tag", "1", "+x").succeeded()
    try machine.run("undo").succeeded()
    try machine.run("tag", "1", "+y").succeeded()
    #expect(try machine.run("undo").output == "Undid tag of task 1: a\n")
    #expect(try machine.task("1").tags.isEmpty)
    #expect(try machine.run("undo").output == "Undid add of task 1: a\n")
    #expect(try machine.task("1").isDeleted)
  }

  /// What arrives from elsewhere is what the next releases bring; an import is near enough, but can be undone too.
  @Test func aFieldThatWasChangedSinceIsLeftAloneAndNamed() throws {
    let task = try machine.add("Buy milk")
    try machine.run("edit", "1", "--title", "Buy oat milk", "due:2031-05-01").succeeded()
    // As a later edit on another device would: no command of ours.
    let later = #"""
      {"uuid":"\#(task.id)","description":"Buy soy milk","status":"pending",
       "entry":"20250101T000000Z","modified":"20900101T000000Z"}
      """#.replacing("\n", with: "")
    try machine.run("import", input: later).succeeded()
    try machine.sqlite("UPDATE commands SET can_undo = 0 WHERE name = 'import'")
    let outcome = try machine.run("undo").succeeded()
    #expect(
      outcome.errors == "Left alone, because it was changed since: title of task 1: Buy soy milk\n")
    let now = try machine.task("1")
    #expect(now.title == "Buy soy milk")
    #expect(now.due == nil)
  }

  @Test func whatChangedNothingIsNotUndone() throws {
    try machine.add("a", "+x")
    try machine.run("tag", "1", "+x").succeeded()
    try machine.run("edit", "1", "due:none").succeeded()
    try machine.run("done", "7")
    #expect(try machine.run("undo").output == "Undid add of task 1: a\n")
  }

  @Test func undoAsJSONIsTheTasks() throws {
    try machine.add("a")
    try machine.add("b")
    try machine.run("done", "1", "2").succeeded()
    let tasks = try machine.run("undo", "--json").succeeded().tasks()
    #expect(tasks.map(\.title) == ["a", "b"])
    #expect(tasks.allSatisfy { !$0.completed })
  }

  @Test func nothingToUndoOnABareMachine() throws {
    try machine.run("undo").failed(1, "there is nothing to undo")
    #expect(!FileManager.default.fileExists(atPath: machine.store))
  }

  @Test func manyTasksAreUndoneAtOnce() throws {
    try machine.run("add", "--stdin", input: (1...300).map { "t\($0)" }.joined(separator: "\n"))
      .succeeded()
    try machine.run("done", "1-300").succeeded()
    #expect(try machine.run("undo").output == "Undid done of 300 tasks.\n")
    #expect(try machine.run("count").output == "300\n")
    #expect(try machine.run("undo").output == "Undid add of 300 tasks.\n")
    #expect(try machine.run("count").output == "0\n")
  }
}
