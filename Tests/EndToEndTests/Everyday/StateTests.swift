import Testing

@Suite struct StateTests {
  private let machine: Machine

  init() throws {
    machine = try Machine()
    try machine.add("Buy milk", "+shop")
    try machine.add("Call Ann")
  }

  @Test func doneSaysWhatItDidAndWhen() throws {
    #expect(
      try machine.run("done", "1", "2").succeeded().output
        == "Completed task 1: Buy milk\nCompleted task 2: Call Ann\n")
    let task = try machine.task("1")
    #expect(task.completed)
    #expect(task.completedAt == task.updatedAt)
    #expect(try machine.titles().isEmpty)
    #expect(try machine.run().errors == "Nothing to do.\n")
  }

  @Test func reopeningForgetsTheTimeOfCompletion() throws {
    try machine.run("done", "1").succeeded()
    #expect(try machine.run("reopen", "1").succeeded().output == "Reopened task 1: Buy milk\n")
    let task = try machine.task("1")
    #expect(!task.completed && task.completedAt == nil)
  }

  @Test(arguments: ["delete", "rm"])
  func deletingHidesAndRestoringBringsAllBack(word: String) throws {
    let before = try machine.task("1")
    #expect(try machine.run(word, "1").succeeded().output == "Deleted task 1: Buy milk\n")
    #expect(try machine.task("1").isDeleted)
    #expect(try machine.titles("--all") == ["Call Ann"])
    #expect(try machine.run("restore", "1").succeeded().output == "Restored task 1: Buy milk\n")
    #expect(try machine.task("1").content == before.content)
  }

  @Test func aCompletedTaskThatWasDeletedComesBackCompleted() throws {
    try machine.run("done", "1").succeeded()
    try machine.run("delete", "1").succeeded()
    try machine.run("restore", "1").succeeded()
    #expect(try machine.task("1").completed)
  }

  @Test(arguments: [
    ("done", "done"), ("reopen", "open"), ("delete", "deleted"), ("restore", "there"),
  ])
  func whatIsAlreadySoIsSaidAndNotWrittenAgain(command: String, state: String) throws {
    if ["done", "delete"].contains(command) { try machine.run(command, "1").succeeded() }
    let before = try machine.dump()
    let outcome = try machine.run(command, "1").succeeded()
    #expect(outcome.output == "")
    #expect(outcome.errors == "Already \(state): task 1: Buy milk\n")
    #expect(try machine.dump() == before)
    #expect(try machine.run(command, "1", "--json").tasks().map(\.number) == [1])
  }

  @Test(arguments: [
    ["done", "1"], ["reopen", "1"], ["edit", "1", "due:fri"], ["tag", "1", "+x"],
    ["note", "1", "x"],
    ["edit", "1"],
  ])
  func aDeletedTaskIsNotEditedBackToLife(words: [String]) throws {
    try machine.run("delete", "1").succeeded()
    let before = try machine.dump()
    try machine.run(words, with: ["EDITOR": "true"])
      .failed(1, "task 1 is deleted", hint: "bring it back first: tasks restore 1")
    #expect(try machine.dump() == before)
  }

  // MARK: - edit by words

  @Test func editChangesWhatIsNamedAndNothingElse() throws {
    let outcome = try machine.run(
      "edit", "1", "--title", "Buy oat milk", "+phone", "-shop", "due:2031-05-01", "-p", "home",
      "priority:M", "wait:2030-01-01", "-d", "the good one")
    #expect(
      outcome.succeeded().output
        == "Changed description, due, priority, project, tag phone, tag shop, title, wait of "
        + "task 1: Buy oat milk\n")
    let task = try machine.task("1")
    #expect(task.title == "Buy oat milk")
    #expect(task.tags == ["phone"])
    #expect(task.due == "2031-05-01")
    #expect(task.wait == "2030-01-01")
    #expect(task.project == "home")
    #expect(task.priority == "M")
    #expect(task.description == "the good one")
    try machine.run(
      "edit", "1", "due:none", "project:none", "priority:none", "wait:none", "-d", "none"
    )
    .succeeded()
    let bare = try machine.task("1")
    #expect(
      bare.due == nil && bare.wait == nil && bare.project == nil && bare.priority == nil
        && bare.description == nil)
    #expect(bare.title == "Buy oat milk" && bare.tags == ["phone"])
  }

  @Test func editOfSeveralIsOneCommand() throws {
    let outcome = try machine.run("edit", "1-2", "project:home", "--json").succeeded()
    #expect(try outcome.tasks().map(\.project) == ["home", "home"])
    try machine.run("undo").succeeded()
    #expect(try machine.run("list", "project:home", "--json").tasks().isEmpty)
  }

  @Test func anEditThatChangesNothingWritesNothing() throws {
    let before = try machine.dump()
    let outcome = try machine.run("edit", "1", "+shop", "due:none", "-nothing").succeeded()
    #expect(outcome.errors == "It is like that already: task 1: Buy milk\n")
    #expect(try machine.dump() == before)
  }

  /// The clock was wrong, and is right again.
  @Test func anEditIsLaterThanWhatItReplacesWhateverTheClockSays() throws {
    for (table, column) in [("operations", "at"), ("writes", "at"), ("tasks", "updated_at")] {
      try machine.sqlite("UPDATE \(table) SET \(column) = \(column) + 864000000")
    }
    let before = try machine.task("1")
    for title in ["two", "three"] { try machine.run("edit", "1", "--title", title).succeeded() }
    let after = try machine.task("1")
    #expect(after.title == "three")
    #expect(after.updatedAt > before.updatedAt)
    #expect(
      try machine.sqlite("SELECT count(*) FROM operations WHERE clock < at - 860000000") == "2",
      "what the clock really said is noted")
  }

  // MARK: - Tags and notes

  @Test func tagAddsAndRemoves() throws {
    #expect(
      try machine.run("tag", "1", "+home", "-shop", "+ärger").succeeded().output
        == "Tags of task 1: Buy milk: +home +ärger\n")
    #expect(try machine.task("1").tags == ["home", "ärger"])
    #expect(
      try machine.run("tag", "1", "-home", "-ärger").succeeded().output
        == "Tags of task 1: Buy milk: none\n")
  }

  @Test func notesAreDatedAndCountedInTheirOrder() throws {
    try machine.run("note", "1", "first", "one").succeeded()
    try machine.run("note", "1", "-", input: "second\nwith two lines\n").succeeded()
    #expect(try machine.task("1").notes.map(\.text) == ["first one", "second\nwith two lines"])
    let shown = try machine.run("show", "1").lines
    #expect(shown.contains { $0.hasPrefix("1. ") } && shown.contains("   with two lines"))
    #expect(
      try machine.run("note", "1", "--remove", "1").succeeded().output
        == "Removed a note from task 1: Buy milk\n")
    #expect(try machine.task("1").notes.map(\.text) == ["second\nwith two lines"])
    try machine.run("note", "1", "--remove", "2").failed(10, "there is no note 2")
  }
}
