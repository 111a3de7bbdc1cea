import Testing

/// What is different when a person looks.
@Suite struct TerminalTests {
  private let machine: Machine

  init() throws {
    machine = try Machine()
    try machine.run(
      "add", "--stdin", "+tag", input: (1...40).map { "task \($0)" }.joined(separator: "\n"))
  }

  @Test(arguments: [
    ([:], true), (["NO_COLOR": "1"], false), (["NO_COLOR": ""], true), (["TERM": "dumb"], false),
  ])
  func coloursAreForTerminals(variables: [String: String], isColoured: Bool) throws {
    let outcome = try machine.terminal("list", "--no-pager", with: variables.mapValues { $0 })
    #expect(outcome.status == 0)
    #expect(outcome.bytes.contains(0x1b) == isColoured)
    #expect(try !machine.run("list", with: variables.mapValues { $0 }).bytes.contains(0x1b))
  }

  @Test func colourCanBeForcedAndForbidden() throws {
    #expect(try machine.run("list", "--color", "always").bytes.contains(0x1b))
    #expect(try machine.run("list", "--color=always", with: ["NO_COLOR": "1"]).bytes.contains(0x1b))
    #expect(try !machine.terminal("list", "--color", "never", "--no-pager").bytes.contains(0x1b))
    try machine.run("config", "color", "never").succeeded()
    #expect(try !machine.terminal("list", "--no-pager").bytes.contains(0x1b))
    #expect(try machine.run("list", "--color", "always").bytes.contains(0x1b))
  }

  @Test(arguments: [80, 40, 20, 10, 1])
  func noLineIsWiderThanTheTerminal(columns: Int) throws {
    try machine.run(
      "edit", "1", "--title", String(repeating: "word ", count: 60), "-p",
      "a.long.project.name.here", "due:2099-01-01T10:00")
    let outcome = try machine.terminal(
      "list", "--no-pager", "--limit", "3", columns: columns, with: ["NO_COLOR": "1"])
    #expect(outcome.status == 0)
    for line in outcome.lines {
      // Below some width nothing useful fits: the date stays, and eight columns of the title.
      #expect(line.count <= max(columns, 32), "\(line)")
    }
  }

  @Test func longOutputGoesThroughThePager() throws {
    let pager: [String: String?] = ["PAGER": "sed 's/^/paged: /'"]
    let paged = try machine.terminal("list", rows: 20, with: pager)
    #expect(paged.lines.count == 41)
    #expect(paged.lines.allSatisfy { $0.hasPrefix("paged: ") })
    for outcome in [
      try machine.terminal("list", rows: 60, with: pager),
      try machine.terminal("list", "--no-pager", rows: 20, with: pager),
      try machine.terminal("list", rows: 20, with: ["PAGER": "cat"]),
      try machine.terminal("list", rows: 20, with: ["PAGER": "false", "TASKS_PAGER": "cat"]),
      try machine.run("list", with: pager),
    ] {
      #expect(outcome.lines.count == 41 && !outcome.output.contains("paged: "), "\(outcome)")
    }
  }

  @Test(arguments: ["head -1", "true", "head -c 0 >/dev/null; exec 0<&-"])
  func aPagerThatStopsReadingIsNoFailure(pager: String) throws {
    let outcome = try machine.terminal("list", "--json", rows: 20, with: ["PAGER": pager])
    #expect(outcome.status == 0, "\(outcome)")
    #expect(!outcome.output.contains("tasks:"))
  }

  @Test func aMissingPagerLosesNoOutput() throws {
    let outcome = try machine.terminal("list", rows: 20, with: ["PAGER": "/nonexistent/pager"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("task 40"), "\(outcome)")
    // `less`, the pager nobody asked for, need not be there; bash is where it looks for it.
    let bare = try machine.terminal("list", rows: 20, with: ["PATH": machine.home])
    #expect(bare.status == 0 && bare.lines.count == 41, "\(bare)")
  }

  @Test func columnsOverridesTheSize() throws {
    try machine.run("edit", "1", "--title", String(repeating: "word ", count: 60))
    let outcome = try machine.terminal(
      "list", "--no-pager", columns: 80, with: ["NO_COLOR": "1", "COLUMNS": "50"])
    #expect(outcome.lines.map(\.count).max() == 50)
  }

  @Test func nothingIsCutWhereThereIsNoTerminal() throws {
    let title = String(repeating: "word ", count: 60) + "end"
    try machine.run("edit", "1", "--title", title, with: ["COLUMNS": "40"])
    #expect(try machine.run("list", with: ["COLUMNS": "40"]).output.contains(title))
  }

  @Test func errorsAreColouredOnlyForPeople() throws {
    let outcome = try machine.terminal("show", "99")
    #expect(outcome.output.hasPrefix("\u{1b}[1;31mtasks:\u{1b}[0m there is no task 99\n"))
    #expect(try !machine.terminal("show", "99", with: ["NO_COLOR": "1"]).bytes.contains(0x1b))
  }

  @Test func importAtATerminalAsksForAFile() throws {
    let outcome = try machine.terminal("import", with: ["NO_COLOR": "1"])
    #expect(outcome.status == 2)
    #expect(outcome.lines.first == "tasks: no file to import")
  }
}
