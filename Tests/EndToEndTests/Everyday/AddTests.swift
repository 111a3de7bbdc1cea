import Foundation
import Testing

@Suite struct AddTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test func theFirstTaskMakesTheStore() throws {
    let outcome = try machine.run("add", "Buy milk").succeeded()
    #expect(outcome.output.wholeMatch(of: /Created task 1 \([0-9a-f]{8}\)\.\n/) != nil)
    #expect(outcome.errors == "")
    func mode(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    #expect(try mode(machine.store) == 0o700)
    #expect(try mode(machine.database) == 0o600)
  }

  @Test func aNewTaskHasEveryMember() throws {
    let task = try machine.add("Buy", "milk")
    #expect(task.id.wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil)
    #expect(task.number == 1)
    #expect(task.title == "Buy milk")
    #expect(!task.completed && !task.isDeleted)
    #expect(task.syncStatus == "pending")
    #expect(task.fields == "{}")
    #expect(task.createdAt == task.updatedAt)
    #expect(
      task.createdAt.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
    #expect(
      [
        task.description, task.completedAt, task.project, task.priority, task.due, task.wait,
        task.serverID, task.lastSyncedAt,
      ].allSatisfy { $0 == nil })
    #expect(try machine.task("1") == task)
  }

  @Test(arguments: [
    [
      "Call", "+phone", "Ann", "project:work", "+urgent", "priority:H", "due:2031-05-01",
      "wait:2031-04-01",
    ],
    [
      "Call Ann", "--project", "work", "--tag", "phone", "--tag=+urgent", "--priority", "h",
      "--due", "2031-05-01", "--wait=2031-04-01",
    ],
    [
      "-p", "work", "-tphone", "-t", "urgent", "--priority=H", "Call Ann", "due:2031-05-01",
      "wait:2031-04-01",
    ],
  ])
  func wordsAndOptionsSayTheSame(words: [String]) throws {
    let task = try machine.run(["add", "--json"] + words).succeeded().task()
    #expect(task.title == "Call Ann")
    #expect(task.project == "work")
    #expect(task.priority == "H")
    #expect(task.due == "2031-05-01")
    #expect(task.wait == "2031-04-01")
    #expect(task.tags == ["phone", "urgent"])
  }

  @Test(arguments: [
    (["--", "+1", "due:fri", "--json"], "+1 due:fri --json"),
    (["Read about project: x"], "Read about project: x"),
    (["Note", "to:", "self"], "Note to: self"),
    (["Learn", "C++", "a+b", "+"], "Learn C++ a+b +"),
    (["see http://example.org/due:fri"], "see http://example.org/due:fri"),
    (["  trimmed \u{3000}"], "trimmed"),
    (["-"], "-"),
  ])
  func otherWordsAreTheTitle(words: [String], title: String) throws {
    try machine.run(["add"] + words).succeeded()
    let task = try machine.task("1")
    #expect(task.title == title)
    #expect(task.tags.isEmpty && task.due == nil && task.project == nil)
  }

  @Test(arguments: ["x", "é", "e\u{301}", "👩‍👩‍👧‍👦", "क्षि"])
  func aTitleMayHave500Scalars(cluster: String) throws {
    let scalars = Array(repeating: Array(cluster.unicodeScalars), count: 500).joined().prefix(500)
    var title = ""
    title.unicodeScalars.append(contentsOf: scalars)
    #expect(try machine.add(title).title == title)
    try machine.run("add", title + "y").failed(2, "the title is longer than 500 characters")
    #expect(try machine.allTasks().count == 1)
  }

  @Test func aDescriptionMayHaveManyLinesAndComeFromAPipe() throws {
    #expect(try machine.add("a", "-d", "one\n\ntwo").description == "one\n\ntwo")
    let piped = try machine.run("add", "b", "--json", "-d", "-", input: "ä\nö\n").task()
    #expect(piped.description == "ä\nö")
  }

  @Test func theNoneOfAnAttributeIsNothing() throws {
    let task = try machine.add("a", "due:none", "project:none", "priority:none", "wait:none")
    #expect(
      task.due == nil && task.project == nil && task.priority == nil && task.wait == nil)
  }

  // MARK: - --stdin

  @Test func everyLineOfTheInputIsATask() throws {
    let outcome = try machine.run(
      "add", "--stdin", "+shop", input: "Milk\r\n\n  Eggs  \n\t\nBread +1"
    ).succeeded()
    #expect(outcome.output == "Created 3 tasks.\n")
    let tasks = try machine.allTasks()
    #expect(tasks.map(\.title) == ["Milk", "Eggs", "Bread +1"])
    #expect(tasks.map(\.number) == [1, 2, 3])
    #expect(tasks.allSatisfy { $0.tags == ["shop"] })
    try machine.run("undo").succeeded()
    #expect(try machine.titles().isEmpty, "one command, one undo")
  }

  @Test func oneBadLineAddsNothing() throws {
    try machine.add("before")
    let long = String(repeating: "x", count: 501)
    let before = try machine.dump()
    try machine.run("add", "--stdin", input: "a\nb\n\n\(long)\nc\n")
      .failed(2, "line 4: the title is longer than 500 characters")
    #expect(try machine.dump() == before)
  }

  @Test func noLinesAddNothing() throws {
    let outcome = try machine.run("add", "--stdin", input: "\n \n").succeeded()
    #expect(outcome.output == "")
    #expect(outcome.errorLines.count == 1)
    try machine.run("add", "--stdin", "title", input: "x").failed(2)
    #expect(try machine.allTasks().isEmpty)
  }

  @Test func theInputAsJSONIsAnArray() throws {
    let tasks = try machine.run("add", "--stdin", "--json", input: "a\n").succeeded()
    #expect(try tasks.tasks().map(\.title) == ["a"])
  }

  @Test func signsAreFoundWhateverIsCombinedWithThem() throws {
    let machine = try Machine()
    try machine.run("add", "one", "-t", "\u{301}x", "-p", "\u{301}p").succeeded()
    #expect(try machine.titles("+\u{301}x") == ["one"])
    #expect(try machine.titles("project:\u{301}p") == ["one"])
    try machine.run("tag", "1", "-\u{301}x").succeeded()
    #expect(try machine.titles("-\u{301}x") == ["one"])
  }
}
