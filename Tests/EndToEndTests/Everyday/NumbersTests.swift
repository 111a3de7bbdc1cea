import Testing

@Suite struct NumbersTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  /// Makes every closed task look as if that had happened a day and an hour ago.
  private func age() throws {
    try machine.sqlite("UPDATE tasks SET closed_at = closed_at - 25 * 3600000")
  }

  private func numbers() throws -> [String?: Int?] {
    Dictionary(uniqueKeysWithValues: try machine.allTasks().map { ($0.title, $0.number) })
  }

  @Test func aClosedTaskKeepsItsNumberForADay() throws {
    for title in ["a", "b", "c"] { try machine.add(title) }
    try machine.run("done", "1").succeeded()
    try machine.run("delete", "2").succeeded()
    #expect(try machine.add("d").number == 4)
    #expect(try machine.run("reopen", "1").output == "Reopened task 1: a\n")
    #expect(try numbers() == ["a": 1, "b": 2, "c": 3, "d": 4])
  }

  @Test func thenTheLowestFreeNumberIsTaken() throws {
    for title in ["a", "b", "c", "d"] { try machine.add(title) }
    try machine.run("done", "3").succeeded()
    try machine.run("delete", "2").succeeded()
    try age()
    #expect(try machine.add("e").number == 2)
    #expect(try machine.add("f").number == 3)
    #expect(try machine.add("g").number == 5)
    #expect(try numbers() == ["a": 1, "b": nil, "c": nil, "d": 4, "e": 2, "f": 3, "g": 5])
  }

  @Test func aTaskWithoutANumberIsListedByItsIdAndGetsANumberWhenItOpensAgain() throws {
    let old = try machine.add("old")
    try machine.run("done", "1").succeeded()
    try age()
    try machine.add("new")
    #expect(
      try machine.run("list", "--all").lines.contains { $0.hasPrefix("\(old.id.prefix(8))  done") })
    let outcome = try machine.run("reopen", String(old.id.prefix(8))).succeeded()
    #expect(outcome.output == "Reopened task 2: old\n")
    #expect(try machine.task(old.id).number == 2)
  }

  @Test func openTasksNeverLoseTheirNumbers() throws {
    try machine.add("a")
    try machine.add("b")
    try age()
    #expect(try machine.add("c").number == 3)
  }

  // MARK: - Naming

  /// Two tasks whose ids begin alike, beside one that looks like a number.
  private func addNamesakes() throws {
    let ids = [
      "abcd1111-0000-4000-8000-000000000001", "abcd2222-0000-4000-8000-000000000002",
      "12345678-0000-4000-8000-000000000003",
    ]
    let lines = zip(ids, ["first", "second", "digits"]).map {
      #"{"uuid":"\#($0)","entry":"20250101T000000Z","description":"\#($1)","status":"pending"}"#
    }
    try machine.run("import", input: lines.joined(separator: "\n")).succeeded()
  }

  @Test(arguments: [
    ("abcd1", "first"), ("ABCD1111", "first"), ("id:abcd2", "second"), ("12345678", "digits"),
    ("id:1234", "digits"), ("12345678-0000-4000-8000-000000000003", "digits"),
    ("0000002", "second"),
  ])
  func anIdMayBeShortened(name: String, title: String) throws {
    try addNamesakes()
    #expect(try machine.task(name).title == title)
  }

  @Test(arguments: [["show"], ["done"], ["edit", "due:fri"], ["tag", "+x"], ["note", "text"]])
  func anAmbiguousIdNamesItsCandidates(words: [String]) throws {
    try addNamesakes()
    let before = try machine.dump()
    let outcome = try machine.run([words[0], "abcd"] + words.dropFirst())
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(
      outcome.errorLines == [
        "tasks: 'abcd' could be any of these tasks",
        "  abcd1111-0000-4000-8000-000000000001  first",
        "  abcd2222-0000-4000-8000-000000000002  second",
        "hint: give more of the id",
      ])
    #expect(try machine.dump() == before)
  }

  @Test(arguments: [
    ("2-4", "2 3 4"), ("1,3-4", "1 3 4"), ("4,4,3-4", "4 3"), ("5-5", "5"),
    ("2 1", "2 1"), ("1-5", "1 2 3 4 5"),
  ])
  func listsAndRangesNameSeveral(names: String, expected: String) throws {
    for number in 1...5 { try machine.add("t\(number)") }
    let outcome = try machine.run(
      ["show", "--jsonl"] + names.split(separator: " ").map(String.init))
    #expect(
      try outcome.succeeded().lineObjects().map { "\($0["number"] ?? "")" }
        .joined(separator: " ") == expected)
  }

  @Test(arguments: [
    ["done", "1-9"], ["delete", "1", "9"], ["restore", "9", "1"], ["reopen", "1,9"],
    ["edit", "1", "9", "due:fri"], ["tag", "1", "9", "+x"], ["note", "9", "x"], ["show", "2", "9"],
    ["done", "1", "feed"],
  ])
  func oneUnknownTaskMeansNoneIsChanged(words: [String]) throws {
    for title in ["a", "b", "c", "d", "e", "f", "g", "h"] { try machine.add(title) }
    let before = try machine.dump()
    let unknown = words.contains("feed") ? "feed" : "9"
    try machine.run(words).failed(10, "there is no task \(unknown)")
    #expect(try machine.dump() == before)
  }

  @Test(arguments: [
    "0", "abc", "3-1", "1-", "-", "1,,2", ",", "id:", "id:abc", "zzzz", "99999999x", "",
  ])
  func whatNamesNoTaskIsAMistake(name: String) throws {
    try machine.add("a")
    let outcome = try machine.run("show", "--", name)
    #expect(outcome.status == (name == "0" ? 10 : 2), "\(outcome)")
    #expect(outcome.errorLines.count <= 2)
  }
}
