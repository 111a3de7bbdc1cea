import Testing

/// What people read: see `Snapshot` for how to record it anew.
@Suite struct SnapshotTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  private func addAllSorts() throws {
    for words in [
      ["Buy milk", "+shop", "due:2099-12-24", "-p", "home"],
      ["牛乳を買う、それから卵とパンも忘れないように買って帰る", "+買い物", "-p", "家"],
      ["Cafe\u{301} with the 👩‍👩‍👧‍👦 and 🇩🇪 visitors", "priority:H", "+fun"],
      ["हिन्दी सीखना: क्षि और नमस्ते", "due:2099-12-24T14:30", "-p", "school.languages"],
      ["שלום עולם", "+עברית"],
      [
        "A title that goes on and on, until no terminal of eighty columns can hold it in one line",
        "+one", "+two", "+three",
      ],
      ["\u{1b}[31mnot red\u{1b}[0m\u{202e}", "priority:L"],
      ["Pay the rent", "due:2020-01-01", "priority:M"],
      ["Gift", "wait:2090-01-01"],
    ] {
      try machine.run(["add"] + words).succeeded()
    }
    try machine.run("done", "5").succeeded()
  }

  @Test(arguments: [80, 40, 24])
  func tables(columns: Int) throws {
    try addAllSorts()
    let plain: [String: String?] = ["NO_COLOR": "1"]
    let open = try machine.terminal("list", columns: columns, rows: 50, with: plain)
    let all = try machine.terminal("list", "--all", columns: columns, rows: 50, with: plain)
    let groups = try machine.terminal(
      "list", "--group", "project", columns: columns, rows: 50, with: plain)
    try Snapshot.expect(
      [open, all, groups].map(\.output).joined(separator: "\n"), "list-\(columns)-columns")
  }

  @Test func tablesInColour() throws {
    try addAllSorts()
    let outcome = try machine.terminal("list", "--all", rows: 50)
    try Snapshot.expect(outcome.output.replacing("\u{1b}", with: "␛"), "list-in-colour")
  }

  @Test(arguments: [80, 40])
  func sheets(columns: Int) throws {
    try machine.add(
      "Write the letter to the housing association about the heating", "+home", "+letters",
      "priority:H", "due:2099-12-24", "wait:2090-01-01T09:00", "-p", "home.heating", "-d",
      """
      It has been cold since the beginning of the month, and nobody answers the telephone there.

        - enclose the photos
        - \u{1b}[31mregistered post\u{1b}[0m
      牛乳を買う、それから卵とパンも忘れないように買って帰る、明日の朝までに必ず買って帰ること
      """)
    try machine.run("note", "1", "Ann says that they did the same last year, and that it helped.")
    try machine.run("note", "1", "Second note")
    let outcome = try machine.terminal(
      "show", "1", columns: columns, rows: 60, with: ["NO_COLOR": "1"])
    try Snapshot.expect(outcome.output, "show-\(columns)-columns")
  }

  @Test(arguments: [["help"], ["add", "--help"], ["list", "-h"], ["note", "--help"]])
  func helpTexts(words: [String]) throws {
    try Snapshot.expect(
      try machine.run(words).succeeded().output,
      words.map { $0.drop { $0 == "-" } }.joined(separator: "-"))
  }

  @Test func everydayTranscript() throws {
    try Snapshot.expect(
      try transcript([
        "tasks", "tasks add Buy milk +shop due:2099-12-24",
        "tasks add 'Call Ann' -p work --priority H",
        "tasks", "tasks edit 2 due:2099-01-01 +phone", "tasks tag 1 +now -shop",
        "tasks note 2 'after lunch'",
        "tasks done 1-2", "tasks done 2", "tasks", "tasks undo", "tasks reopen 1", "tasks delete 2",
        "tasks restore 2", "tasks note 2 --remove 1", "tasks search call", "tasks projects --all",
        "tasks tags", "tasks count", "tasks init --name laptop", "tasks status",
        "tasks config list.sort title", "tasks config", "tasks queue --limit 3", "tasks version",
      ]), "everyday")
  }

  @Test func mistakesTranscript() throws {
    try machine.run("add", "a")
    try Snapshot.expect(
      try transcript([
        "tasks add", "tasks add ''", "tasks add x due:tomorow", "tasks add x due:2025-02-30",
        "tasks add x due:soon", "tasks add x --priority urgent", "tasks add $'two\\nlines'",
        "tasks lsit", "tasks 1", "tasks frobnicate", "tasks list --compelted",
        "tasks list --limit none",
        "tasks list --sort colour", "tasks list or", "tasks show 7", "tasks show feed",
        "tasks show x",
        "tasks done", "tasks edit 1 milk", "tasks tag 1 milk", "tasks tag 1", "tasks note 1",
        "tasks note 1 --remove 3", "tasks config colour", "tasks config color",
        "tasks config color red",
        "tasks completions tcsh", "tasks --store /nowhere list", "tasks import /nowhere",
        "tasks add $'\\xff'", "tasks undo now", "tasks undo", "tasks undo",
      ]), "mistakes")
  }

  /// Commands with what they print, and their exit statuses where they are not 0.
  private func transcript(_ commands: [String]) throws -> String {
    var text = ""
    for command in commands {
      let outcome = try machine.shell(command)
      text += "$ \(command)\n\(outcome.output)\(outcome.errors)"
      if outcome.status != 0 { text += "=> \(outcome.status)\n" }
    }
    return text
  }
}
