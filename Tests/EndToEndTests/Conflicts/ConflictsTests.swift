import Testing

/// `conflicts`: looking at them and choosing, on two machines.
@Suite struct ConflictsTests {
  @Test func withoutConflictsThereIsNothingToShow() throws {
    let machine = try Machine()
    let outcome = try machine.run("conflicts").succeeded()
    #expect(outcome.output == "" && outcome.errors == "No conflicts.\n")
    #expect(try machine.conflicts().isEmpty)
    #expect(try machine.run("conflicts", "--jsonl").succeeded().bytes.isEmpty)
    #expect(try machine.run("conflicts", "--all").errors == "There have been no conflicts.\n")
    #expect(try machine.shell("ls -A").output == "tmp\n", "looking makes no store")
  }

  @Test func bothMachinesShowTheSameConflict() throws {
    let machines = try TwoMachines()
    let id = try machines.disagreeOnTitle()
    for machine in [machines.laptop, machines.desk] {
      let conflict = try #require(try machine.conflicts().first)
      #expect(conflict.id == id && conflict.field == "title" && conflict.title == "Buy soy milk")
      #expect(conflict.winner.value == "Buy soy milk" && conflict.winner.device == "desk")
      #expect(conflict.losers.map(\.value) == ["Buy oat milk"])
      #expect(conflict.losers.map(\.device) == ["laptop"])
      let lines = try machine.run("conflicts").succeeded().lines
      #expect(lines[0] == "\(id.prefix(8))  title of task 1: Buy soy milk")
      #expect(lines[1].hasPrefix("  shown  \"Buy soy milk\"  desk, Today "))
      #expect(lines[2].hasPrefix("  1      \"Buy oat milk\"  laptop, Today "))
      #expect(lines[3] == "  tasks conflicts take \(id.prefix(8))")
      let list = try machine.run("list").succeeded().lines
      #expect(list[1] == "  1  conflict  Buy soy milk  shop")
      #expect(try machine.run("search", "milk").output.contains("conflict"))
      #expect(try machine.run("status").output.contains("1 conflict; see tasks conflicts\n"))
      let sheet = try machine.run("show", "1").succeeded().output
      #expect(
        sheet.contains("\nConflict \(id.prefix(8)): title is also \"Buy oat milk\" (laptop, "))
      #expect(sheet.contains("   tasks conflicts take \(id.prefix(8))\n"))
    }
  }

  @Test func theConflictIsToldOfWhenItArrives() throws {
    let machines = try TwoMachines()
    try machines.laptop.run("edit", "1", "due:2031-01-01").succeeded()
    try machines.desk.run("edit", "1", "due:2031-02-02").succeeded()
    let outcome = try machines.carry(from: machines.laptop, to: machines.desk)
    #expect(outcome.status == 3)
    let id = try #require(try machines.desk.conflicts().first).id.prefix(8)
    let line = try #require(outcome.errorLines.last)
    #expect(
      line.hasPrefix(
        "Conflict \(id): due of task 1 (Buy milk) is Sun 2 Feb 2031 (desk), and also"
          + " Wed 1 Jan 2031 (laptop, Today "), "\(line)")
    #expect(line.hasSuffix(")   tasks conflicts take \(id)"), "\(line)")
    #expect(try machines.carry(from: machines.laptop, to: machines.desk).status == 0, "once")
  }

  @Test func whatOneTakesTravelsAndEndsItThere() throws {
    let machines = try TwoMachines()
    let id = try machines.disagreeOnTitle()
    let outcome = try machines.laptop.run("conflicts", "take", String(id.prefix(4)).uppercased())
    #expect(outcome.succeeded().output == "Changed title of task 1: Buy oat milk\n")
    #expect(try machines.laptop.conflicts().isEmpty)
    try machines.meet()
    #expect(try machines.desk.conflicts().isEmpty)
    #expect(try machines.desk.task("1").title == "Buy oat milk")
    #expect(try machines.desk.run("list").lines[1] == "  1  Buy oat milk  shop")

    let ended = try #require(try machines.desk.conflicts("--all").first)
    #expect(ended.id == id && !ended.isOpen)
    #expect(ended.ending?.value == "Buy oat milk" && ended.ending?.device == "laptop")
    let lines = try machines.desk.run("conflicts", "--all").succeeded().lines
    #expect(lines.count == 4)
    #expect(lines[3].hasPrefix("  ended  \"Buy oat milk\"  laptop, Today "), "\(lines)")
    let sheet = try machines.desk.run("conflicts", "show", id).succeeded().output
    #expect(sheet.contains("\nEnded      laptop wrote \"Buy oat milk\" on "))
    #expect(!sheet.contains("tasks conflicts take"))
  }

  @Test func whatOneKeepsTravelsAndEndsItThere() throws {
    let machines = try TwoMachines()
    let id = try machines.disagreeOnTitle()
    let outcome = try machines.laptop.run("conflicts", "keep", id).succeeded()
    #expect(outcome.output == "Kept title of task 1: Buy soy milk\n")
    try machines.meet()
    #expect(try machines.desk.conflicts().isEmpty)
    #expect(try machines.desk.task("1").title == "Buy soy milk")
  }

  @Test func whatWasTakenCanBeUndone() throws {
    let machines = try TwoMachines()
    let id = try machines.disagreeOnTitle()
    let taken = try machines.laptop.run("conflicts", "take", id, "--json").succeeded().tasks()
    #expect(taken.map(\.title) == ["Buy oat milk"])
    let outcome = try machines.laptop.run("undo").succeeded()
    #expect(outcome.output == "Undid conflicts take of task 1: Buy soy milk\n")
    try machines.meet()
    #expect(try machines.desk.task("1").title == "Buy soy milk")
    #expect(try machines.desk.conflicts().isEmpty)
  }

  @Test func aSecondConflictThatEndsWithItIsTold() throws {
    let machines = try TwoMachines()
    try machines.laptop.run("edit", "1", "--title", "Buy oat milk").succeeded()
    try machines.desk.run("edit", "1", "--title", "Buy soy milk").succeeded()
    try machines.desk.run("delete", "1").succeeded()
    #expect(try machines.carry(from: machines.desk, to: machines.laptop).status == 3)
    let conflicts = try machines.laptop.conflicts()
    let title = try #require(conflicts.first { $0.field == "title" }).id
    let deletion = try #require(conflicts.first { $0.field != "title" }).id.prefix(8)
    let outcome = try machines.laptop.run("conflicts", "take", title).succeeded()
    #expect(
      outcome.errorLines.contains(
        "This also ended conflict \(deletion) (deletion); its values: tasks conflicts show \(deletion)"
      ), "\(outcome)")
  }

  @Test func aConflictThatHasEndedIsNotDecidedAgain() throws {
    let machines = try TwoMachines()
    let id = try machines.disagreeOnTitle()
    try machines.laptop.run("conflicts", "take", id).succeeded()
    for verb in ["take", "keep", "merge"] {
      try machines.laptop.run("conflicts", verb, id).failed(
        1, "conflict \(id.prefix(8)) has ended: this device wrote title anew",
        hint: "its values: tasks conflicts show \(id.prefix(8))")
    }
    try machines.meet()
    try machines.desk.run("conflicts", "keep", id).failed(
      1, "conflict \(id.prefix(8)) has ended: laptop wrote title anew")
    #expect(try machines.desk.task("1").title == "Buy oat milk")
  }

  @Test func aConflictThatGrewIsNotDecidedUnseen() throws {
    let machines = try TwoMachines()
    let phone = try Machine()
    try phone.run("init", "--name", "phone").succeeded()
    try machines.carry(from: machines.laptop, to: phone)
    let id = try machines.disagreeOnTitle()
    try phone.run("edit", "1", "--title", "Buy rice milk").succeeded()
    try machines.carry(from: phone, to: machines.laptop)
    let grown = try #require(try machines.laptop.conflicts().first)
    #expect(grown.id != id && grown.losers.count == 2)
    try machines.laptop.run("conflicts", "take", id).failed(
      1,
      "conflict \(id.prefix(8)) has changed: there are other values now, and it is"
        + " \(grown.id.prefix(8))")
    #expect(
      try machines.laptop.run("conflicts", "show", id).output
        .contains("it grew into another: \(grown.id.prefix(8))\n"))
    #expect(
      try machines.laptop.run("conflicts", "--all").output.contains("  ended  grew into another, "))

    // Of several values one must be named.
    for words in [[], ["3"]] {
      let outcome = try machines.laptop.run(["conflicts", "take", grown.id] + words)
      #expect(outcome.status == 2 && outcome.output == "")
      #expect(
        outcome.errorLines[0]
          == (words.isEmpty
            ? "tasks: there are several values to take" : "tasks: there is no value 3")
      )
      #expect(outcome.errorLines[1].hasPrefix("  1  \"Buy soy milk\"  desk, "))
      #expect(outcome.errorLines[2].hasPrefix("  2  \"Buy oat milk\"  laptop, "))
    }
    try machines.laptop.run("conflicts", "take", grown.id, "2").succeeded()
    #expect(try machines.laptop.task("1").title == "Buy oat milk")
  }

  @Test(arguments: ["take", "keep"])
  func aDeletionIsAConflictLikeAnyOther(verb: String) throws {
    let machines = try TwoMachines()
    try machines.laptop.run("delete", "1").succeeded()
    try machines.desk.run("edit", "1", "due:2031-01-01").succeeded()
    try machines.meet()
    let conflict = try #require(try machines.desk.conflicts().first)
    #expect(conflict.field == "is_deleted")
    #expect(
      try machines.desk.run("show", "1").output
        .contains(": it is also deleted (laptop, Today "))
    let outcome = try machines.desk.run("conflicts", verb, conflict.id).succeeded()
    #expect(
      outcome.output == (verb == "take" ? "Deleted" : "Still there:") + " task 1: Buy milk\n")
    try machines.meet()
    #expect(try machines.laptop.conflicts().isEmpty)
    #expect(try machines.laptop.allTasks().map(\.isDeleted) == [verb == "take"])
  }

  @Test func anotherFieldOfADeletedTaskIsDecidedAndItStaysDeleted() throws {
    let machines = try TwoMachines()
    let id = try machines.disagreeOnTitle()
    try machines.desk.run("delete", "1").succeeded()
    try machines.meet()
    let outcome = try machines.desk.run("conflicts", "take", id).succeeded()
    #expect(outcome.output == "Changed title of task 1: Buy oat milk (deleted)\n")
    try machines.meet()
    #expect(try machines.laptop.allTasks().map(\.isDeleted) == [true])
  }

  @Test func controlCharactersDoNotReachTheTerminal() throws {
    let machines = try TwoMachines()
    try machines.disagree(
      ["-d", "one\u{1b}[31m\nred\u{7}", "--title", "a\u{1b}[2J"],
      ["-d", "two\u{202e}\nlines", "--title", "b\u{9b}2J"])
    for id in try machines.laptop.conflicts().map(\.id) {
      for words in [["conflicts"], ["conflicts", "show", id], ["show", "1"]] {
        let outcome = try machines.laptop.run(words).succeeded()
        #expect(!outcome.bytes.contains(0x1b) && !outcome.bytes.contains(7), "\(outcome)")
        #expect(!outcome.output.contains("\u{202e}") && !outcome.output.contains("\u{9b}"))
      }
    }
  }

  @Test(arguments: [
    (["3f2a"], "'3f2a' is nothing that conflicts does"),
    (["list"], "'list' is nothing that conflicts does"),
    (["take"], "conflicts take needs an ID"), (["keep", "1"], "'1' does not name a conflict"),
    (["show", "xyzt"], "'xyzt' does not name a conflict"),
    (["keep", "3f2a", "1"], "conflicts keep takes one ID and nothing else"),
    (["take", "3f2a", "--all"], "--all is for the list"),
    (["show", "3f2a", "--jsonl"], "--jsonl is for the list"),
    (["keep", "3f2a", "--stdin"], "--stdin is for conflicts merge"),
  ])
  func mistakesAreExplained(words: [String], message: String) throws {
    try Machine().run(["conflicts"] + words).failed(2, message)
  }

  @Test func anUnknownConflictIsNotFound() throws {
    try Machine().run("conflicts", "take", "3f2a9c1e").failed(
      10, "there is no conflict '3f2a9c1e'", hint: "those that are: tasks conflicts --all")
  }

  @Test func idsAreCompletedWhileTheyAreOpen() throws {
    let machines = try TwoMachines()
    let id = try machines.disagreeOnTitle()
    let words = ["complete-words", "conflicts", String(id.prefix(3))]
    #expect(try machines.laptop.run(words).lines == ["\(id)\ttitle of Buy soy milk"])
    try machines.laptop.run("conflicts", "keep", id).succeeded()
    #expect(try machines.laptop.run(words).lines.isEmpty)
  }
}
