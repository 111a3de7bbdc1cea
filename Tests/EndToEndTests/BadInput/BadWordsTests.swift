import Foundation
import Testing

/// One error line, at most one hint, the right exit status, and nothing changed.
@Suite struct BadWordsTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  private func refused(
    _ words: [String], _ status: Int32, _ message: String, _ hint: String?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try machine.run(words)
      .failed(status, message, hint: hint, sourceLocation: sourceLocation)
    #expect(!FileManager.default.fileExists(atPath: machine.store), sourceLocation: sourceLocation)
  }

  @Test(arguments: [
    (["add"], "the title is missing"), (["add", ""], "the title is empty"),
    (["add", " \t\u{a0}\u{2003}"], "the title is empty"), (["add", "+x"], "the title is missing"),
    (["add", "a\nb"], "the title has several lines"),
    (["add", "a\rb"], "the title has several lines"),
    (["add", "a\u{2028}b"], "the title has several lines"),
    (["add", "a", "-t", ""], "the tag is empty"),
    (["add", "a", "-t", "b c"], "U+0020 cannot be part of a tag"),
    (["add", "a", "+b,c"], "',' cannot be part of a tag"),
    (["add", "a", "priority:X"], "'X' is no priority"),
    (["add", "a", "-p", "x\ny"], "the project has several lines"),
    (["add", "a", "due:2031-02-29"], "there is no such date or time: '2031-02-29'"),
    (["add", "a", "due:2031-13-01"], "there is no such date or time: '2031-13-01'"),
    (["add", "a", "due:25:00"], "there is no such date or time: '25:00'"),
    (["add", "a", "due:99999y"], "'99999y' is too far away"),
    (["add", "a", "due:99999999999999999999d"], "'99999999999999999999d' is too far away"),
    (["add", "a", "due:blah"], "'blah' is not a date"),
    (["add", "a", "--wait", "31.12."], "'31.12.' is not a date"),
    (["add", "a", "--priority"], "'--priority' needs a value"),
    (["add", "a", "--json=yes"], "'--json' takes no value"),
    (["add", "a", "--due", "fri", "--due", "sat"], "'--due' is given more than once"),
    (["list", "--json", "--jsonl"], "--json and --jsonl exclude each other"),
    (["list", "--all", "--deleted"], "--all and --deleted exclude each other"),
    (["list", "--limit", "-1"], "'-1' is not a whole number from 1 on"),
    (["list", "--limit", "x"], "'x' is not a whole number from 1 on"),
    (["list", "--sort", "colour"], "cannot sort by 'colour'"),
    (["list", "or"], "'or' stands between two conditions"),
    (["list", "due.before:none"], "'none' is no date to compare with"),
    (["list", "due:nonsense"], "'nonsense' is not a date"),
    (["list", "priority:urgent"], "'urgent' is no priority"),
    (["list", "--color", "blue"], "'blue' is no value for '--color'"),
    (["done"], "ID is missing"), (["note", "1"], "the note is missing"),
    (["tag", "1"], "no tag is given"), (["tag", "+x"], "ID is missing"),
    (["tag", "1", "x"], "'x' has no sign"), (["edit"], "ID is missing"),
    (["edit", "1", "blah"], "'blah' is no attribute of a task"),
    (["edit", "+x"], "ID is missing"),
    (["edit", "due:fri", "3-6"], "'3-6' stands behind what is to be changed"),
    (["edit", "+x", "blah"], "'blah' does not name a task"),
    (["show", "1", "--frobnicate"], "unknown option '--frobnicate'"),
    (["undo", "now"], "unexpected 'now'"), (["completions"], "SHELL is missing"),
    (["completions", "tcsh"], "no completions for 'tcsh'"),
    (["import", "--format", "yaml"], "'yaml' is no value for '--format'"),
    (["add", "--stdin", "x"], "with --stdin the titles come from there"),
    (["frobnicate"], "'frobnicate' is not a command"),
    (["help", "frobnicate"], "'frobnicate' is not a command"),
    (["--nonsense"], "unknown option '--nonsense'"), ([""], "'' is not a command"),
  ])
  func mistakesAreNamed(words: [String], message: String) throws {
    try refused(words, 2, message, nil)
  }

  @Test(arguments: [
    (["ad", "x"], "did you mean 'tasks add'?"), (["lits"], "did you mean 'tasks list'?"),
    (["dleete", "1"], "did you mean 'tasks delete'?"), (["serach"], "did you mean 'tasks search'?"),
    (["complteions"], "did you mean 'tasks completions'?"),
    (["hlep"], "did you mean 'tasks help'?"),
    (["list", "--comleted"], "did you mean '--completed'?"),
    (["list", "--jsno"], "did you mean '--json'?"),
    (["add", "x", "--pririty", "H"], "did you mean '--priority'?"),
    (["--stroe", "x", "list"], "did you mean '--store'?"),
    (["help", "ad"], "did you mean 'tasks add'?"),
    (["add", "x", "due:tomorow"], "did you mean 'tomorrow'?"),
    (["add", "x", "due:firday"], "did you mean 'friday'?"),
    (["12"], "to see the task: tasks show 12"),
  ])
  func theNearestIsSuggested(words: [String], hint: String) throws {
    #expect(try machine.run(words).failed(2).errorLines.last == "hint: \(hint)")
  }

  @Test(arguments: [
    ["show", "7"], ["done", "7"], ["delete", "feed"], ["tag", "7", "+x"], ["note", "7", "x"],
    ["edit", "7"],
  ])
  func unknownTasksAreNamedAndNoStoreIsMade(words: [String]) throws {
    try machine.run(words).failed(10, "there is no task \(words[1])")
    #expect(!FileManager.default.fileExists(atPath: machine.store))
  }

  @Test func aTitleOf501ScalarsIsTooLong() throws {
    try refused(
      ["add", String(repeating: "é", count: 501)], 2, "the title is longer than 500 characters",
      "keep the title short and put the rest in --description")
  }

  @Test func aDescriptionOfMoreThan64KiBIsTooLong() throws {
    let limit = 64 << 10
    try machine.run("add", "fits", "-d", "-", input: String(repeating: "x", count: limit) + "\n")
      .succeeded()
    let before = try machine.dump()
    try machine.run("add", "x", "-d", "-", input: String(repeating: "x", count: limit + 1))
      .failed(2, "the description is longer than 65536 bytes")
    try machine.run("note", "1", "-", input: String(repeating: "x", count: limit + 1)).failed(2)
    #expect(try machine.dump() == before)
  }

  @Test func nobodySaysWhereTheTasksAre() throws {
    for words in [["list"], ["add", "x"]] {
      try machine.run(words, with: ["HOME": nil]).failed(
        1, "no place for the tasks: HOME is not set")
    }
    try machine.run("add", "x", with: ["HOME": nil, "TASKS_DIR": "\(machine.home)/t"]).succeeded()
    try machine.run("help", with: ["HOME": nil]).succeeded()
  }
}
