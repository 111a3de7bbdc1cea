import Foundation
import Testing

@Suite struct ListTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test(arguments: [[], ["list"], ["ls"]])
  func anEmptyListTeachesTheFirstSteps(words: [String]) throws {
    let outcome = try machine.run(words).succeeded()
    #expect(outcome.output == "")
    #expect(outcome.errorLines.count == 3)
    #expect(outcome.errors.contains("tasks add "))
    #expect(!FileManager.default.fileExists(atPath: machine.store), "looking makes nothing")
    #expect(try machine.run("list", "--json").output == "[]\n")
    #expect(try machine.run("list", "--jsonl").output == "")
  }

  @Test func aListHasOnlyTheColumnsItNeeds() throws {
    try machine.run("add", "Buy milk", "+shop", "+now")
    try machine.run("add", "Call Ann", "-p", "work")
    #expect(
      try machine.run().succeeded().lines == [
        "  #  Project  Title     Tags",
        "  1           Buy milk  now shop",
        "  2  work     Call Ann",
      ])
    #expect(try machine.run("list", "+shop").lines.first == "  #  Title     Tags")
  }

  @Test func whatIsDueComesFirstThenWhatMattersThenWhatIsOld() throws {
    for words in [
      ["old"], ["low", "priority:L"], ["later", "due:2031-02-01"], ["high", "priority:H"],
      ["sooner", "due:2031-01-01"], ["sooner, high", "due:2031-01-01", "priority:H"],
      ["at noon", "due:2031-01-01T12:00"], ["middle", "priority:M"], ["new"],
    ] {
      try machine.run(["add"] + words).succeeded()
    }
    #expect(
      try machine.titles() == [
        "at noon", "sooner, high", "sooner", "later", "high", "middle", "low", "old", "new",
      ], "a date is due at its end")
  }

  @Test(arguments: [
    ("title", ["apple", "Banana", "cherry"]), ("-title", ["cherry", "Banana", "apple"]),
    ("-created", ["cherry", "apple", "Banana"]), ("number", ["Banana", "apple", "cherry"]),
    ("project,-title", ["apple", "cherry", "Banana"]), ("-wait", ["Banana", "apple", "cherry"]),
    ("-due,title", ["apple", "Banana", "cherry"]), ("completed", ["Banana", "apple", "cherry"]),
  ])
  func aSortOrderCanBeGiven(order: String, expected: [String]) throws {
    try machine.add("Banana", "wait:2020-01-01")
    try machine.add("apple", "-p", "a", "due:2031-01-01")
    try machine.add("cherry", "-p", "b")
    #expect(try machine.titles("--sort", order) == expected)
    try machine.run("config", "list.sort", order).succeeded()
    #expect(try machine.titles() == expected)
  }

  @Test func aListCanBeDividedByProject() throws {
    try machine.add("Dig", "-p", "home.garden")
    try machine.add("Sleep")
    try machine.add("Mow", "-p", "home", "due:2031-01-02")
    try machine.add("Paint", "-p", "Home", "due:2031-01-01")
    try machine.add("Rake", "-p", "home", "priority:H")
    #expect(
      try machine.run("list", "--group", "project").succeeded().lines == [
        "  #  Due         Pri  Title", "Home", "  4  1 Jan 2031       Paint", "",
        "home", "  3  2 Jan 2031       Mow", "  5              H    Rake", "",
        "home.garden", "  1                   Dig", "", "no project", "  2                   Sleep",
      ])
    let byPriority = try machine.run("list", "--group", "priority", "--sort", "title").lines
    #expect(
      byPriority == [
        "  #  Due         Project      Title", "priority H", "  5              home         Rake",
        "",
        "no priority", "  1              home.garden  Dig", "  3  2 Jan 2031  home         Mow",
        "  4  1 Jan 2031  Home         Paint", "  2                           Sleep",
      ])
    // A program gets them in the same order.
    #expect(try machine.titles("--group", "project").last == "Sleep")
    try machine.run("list", "--group", "colour").failed(2, "cannot group by 'colour'")
  }

  @Test func waitingTasksHideUntilTheirTime() throws {
    try machine.add("visible")
    try machine.add("tomorrow", "wait:tomorrow")
    try machine.add("in an hour", "wait:+1h")
    try machine.add("since today", "wait:today")
    try machine.add("since long", "wait:2020-01-01")
    #expect(try machine.titles() == ["visible", "since today", "since long"])
    #expect(try machine.titles("--waiting") == ["tomorrow", "in an hour"])
    #expect(try machine.titles("--all").count == 5)
    #expect(try machine.run("count").output == "3\n")
    try machine.run("done", "1", "4", "5").succeeded()
    let outcome = try machine.run().succeeded()
    #expect(outcome.output == "")
    #expect(outcome.errors.hasPrefix("Nothing to do now. 2 tasks are waiting"))
  }

  @Test func everyScopeShowsItsStates() throws {
    for title in ["open", "done", "deleted", "waiting", "done and deleted"] {
      try machine.add(title)
    }
    try machine.run("edit", "4", "wait:2090-01-01").succeeded()
    try machine.run("done", "2", "5").succeeded()
    try machine.run("delete", "3", "5").succeeded()
    #expect(try machine.titles() == ["open"])
    #expect(try machine.titles("--all") == ["open", "done", "waiting"])
    #expect(try machine.titles("--completed") == ["done"])
    #expect(try machine.titles("--deleted") == ["deleted", "done and deleted"])
    #expect(try machine.titles("--waiting") == ["waiting"])
    #expect(
      try machine.run("list", "--all").lines == [
        "  #  State             Title",
        "  1                    open",
        "  2  done Today        done",
        "  4  until 1 Jan 2090  waiting",
      ])
  }

  @Test func limitAndLines() throws {
    for title in ["a", "b", "c"] { try machine.add(title) }
    #expect(try machine.titles("--limit", "2") == ["a", "b"])
    let lines = try machine.run("list", "--jsonl", "--limit=2").lineObjects()
    #expect(lines.map { $0["title"] as? String } == ["a", "b"])
    for line in lines { _ = try TaskDocument(line) }
  }

  @Test(arguments: [
    ([], "milk soil call plan nothing"),
    (["project:home"], "milk soil"),
    (["project:home.garden"], "soil"),
    (["project:hom"], ""),
    (["project:none"], "call nothing"),
    (["+shop"], "milk soil"),
    (["-shop"], "call plan nothing"),
    (["+shop", "-heavy"], "milk"),
    (["tag:none"], "plan nothing"),
    (["priority:H"], "call"),
    (["priority:none", "-shop"], "plan nothing"),
    (["due:none"], "milk nothing"),
    (["due:any"], "soil call plan"),
    (["due:2031-05-01"], "soil call"),
    (["due.before:2031-05-02"], "soil call"),
    (["due.before:2031-05-01"], ""),
    (["due.after:2031-05-01"], "plan"),
    (["due.after:2031-04-30"], "soil call plan"),
    (["due.before:2031-05-01T12:00"], ""),
    (["due.before:2031-05-01T12:01"], "call"),
    (["due.after:2031-05-01T12:00"], "soil plan"),
    (["+heavy", "or", "priority:H"], "soil call"),
    (["+heavy", "or", "project:home", "-heavy", "or", "PLAN"], "milk soil plan"),
    (["oat"], "milk"),
    (["oat", "mil"], "milk"),
    (["mil", "-shop"], ""),
    (["-shop", "--no-pager", "priority:H"], "call"),
    (["--", "-shop"], ""),
    (["--", "or"], ""),
  ])
  func filters(words: [String], expected: String) throws {
    try machine.add("milk", "+shop", "-p", "home", "-d", "the oat kind")
    try machine.add("soil", "+shop", "+heavy", "project:home.garden", "due:2031-05-01")
    try machine.add("call", "+phone", "priority:H", "due:2031-05-01T12:00")
    try machine.add("plan", "project:work", "due:2031-06-01")
    try machine.add("nothing")
    let found = try machine.run(["list", "--sort", "number", "--json"] + words).succeeded()
    #expect(try found.tasks().compactMap(\.title).joined(separator: " ") == expected)
    let count = try machine.run(["count"] + words)
    #expect(count.output == "\(expected.split(separator: " ").count)\n")
  }

  @Test func nothingFoundIsNoFailure() throws {
    try machine.add("a")
    let outcome = try machine.run("list", "+nowhere").succeeded()
    #expect(outcome.output == "")
    #expect(outcome.errors == "No such tasks.\n")
    #expect(try machine.titles("+nowhere").isEmpty)
  }

  // MARK: - Search

  @Test(arguments: [
    ("kaff", ["Käffchen"]), ("KÄFF", ["Käffchen"]), ("strasse", []), ("beans 12", ["Käffchen"]),
    ("ffchen", []), ("牛乳", ["牛乳を買う"]), ("乳を", ["牛乳を買う"]), ("🥛", ["🥛 today"]),
    ("हिन्दी", ["हिन्दी सीखना"]), ("follow", ["Follow up"]), ("monday", ["Follow up"]),
    ("\"quoted\" AND", []), ("*", []), ("NEAR(", []), ("\"", []), ("x OR y", []),
    ("c++", ["C++ book"]), ("100%", ["save 100% now"]), ("%", ["save 100% now"]),
  ])
  func wordsAreFoundWhereverTheyStand(words: String, expected: [String]) throws {
    try machine.add("Käffchen", "-d", "buy beans, 12 packs")
    for title in ["牛乳を買う", "🥛 today", "हिन्दी सीखना", "Follow up", "C++ book", "save 100% now"] {
      try machine.add("--", title)
    }
    try machine.run("note", "5", "She is back on Monday").succeeded()
    let found = try machine.run("search", "--json", "--", words).succeeded()
    #expect(try found.tasks().map(\.title) == expected)
  }

  @Test func aSearchFindsClosedTasksAndTheBestMatchFirst() throws {
    try machine.add("other", "-d", "a dentist is mentioned")
    try machine.add("dentist")
    try machine.add("dentist, deleted")
    try machine.run("done", "2").succeeded()
    try machine.run("delete", "3").succeeded()
    #expect(
      try machine.run("search", "dentist", "--json").tasks().map(\.title) == ["dentist", "other"])
    #expect(try machine.run("search", "dentist", "--deleted", "--jsonl").lineObjects().count == 1)
  }
}
