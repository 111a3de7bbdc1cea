import Foundation
import Testing

/// `log`: the list of changes, and the life of a task.
@Suite struct LogTests {
  private let machine: Machine

  init() throws {
    machine = try Machine()
    try machine.run("init", "--name", "laptop").succeeded()
  }

  @Test func nothingIsNoFailure() throws {
    #expect(try machine.run("log").succeeded().errors == "Nothing is committed yet.\n")
    #expect(try machine.run("log", "--json").succeeded().output == "[]\n")
    #expect(try machine.run("log", "--jsonl").succeeded().output == "")
    try machine.add("Buy milk")
    let outcome = try machine.run("log").succeeded()
    #expect(outcome.output == "")
    #expect(outcome.errors.hasPrefix("Nothing is committed yet; 1 edit can be: "))
    let bare = try Machine()
    #expect(try bare.run("log").succeeded().errors == "Nothing is committed yet.\n")
    #expect(!FileManager.default.fileExists(atPath: bare.store))
    try bare.run("log", "--store", "\(bare.home)/none").failed(10)
  }

  /// A change may be in a file of megabytes, and all of it is in the database, too.
  @Test func showingAChangeTakesNoFile() throws {
    try machine.add("Buy milk")
    try machine.run("commit", "-m", "first").succeeded()
    try machine.run("edit", "1", "--title", "Buy oat milk", "+shop").succeeded()
    try machine.run("commit").succeeded()
    let ids = try machine.run("log", "--jsonl").lineObjects().compactMap { $0["id"] as? String }
    #expect(ids.count == 2)
    let shows = ids.flatMap { [["show", "change:\($0)"], ["show", "change:\($0)", "--json"]] }
    let before = try shows.map { try machine.run($0).succeeded().output }
    try FileManager.default.removeItem(atPath: "\(machine.store)/changes")
    #expect(try shows.map { try machine.run($0).succeeded().output } == before)
  }

  @Test func changesHaveTheShapeProgramsRelyOn() throws {
    let milk = try machine.add("Buy milk")
    try machine.run("commit", "-m", "first").succeeded()
    try machine.run("done", "1").succeeded()
    try machine.add("Call Ann")
    try machine.run("commit").succeeded()
    try machine.run("delete", "2").succeeded()
    let changes = try machine.run("log", "--jsonl").succeeded().lineObjects()
    #expect(changes.count == 2)
    for change in changes {
      #expect(
        Set(change.keys) == ["id", "device", "seq", "v", "at", "note", "operations", "tasks"])
      #expect((change["id"] as? String)?.wholeMatch(of: /[0-9a-f]{64}/) != nil)
      #expect((change["device"] as? [String: String])?["name"] == "laptop")
      #expect(change["v"] as? Int == 1)
    }
    #expect(changes.map { $0["seq"] as? Int } == [2, 1])
    #expect(changes[1]["note"] as? String == "first")
    #expect(changes[0]["note"] is NSNull)
    let tasks = try #require(changes[0]["tasks"] as? [[String: Any]])
    #expect(tasks.map { $0["title"] as? String } == ["Buy milk", "Call Ann"])
    #expect(tasks.map { $0["kind"] as? String } == ["update", "create"])
    #expect(tasks.map { $0["fields"] as? [String] } == [["completed"], ["title"]])
    #expect(tasks[0]["task"] as? String == milk.id)
    #expect(Set(tasks[0].keys) == ["task", "number", "title", "kind", "fields"])
    #expect(try machine.run("log", "--json", "-n", "1").document() as? [Any] != nil)
    #expect(try machine.run("log", "--jsonl", "-n1").lines.count == 1)

    let lines = try machine.run("log").succeeded().lines
    #expect(lines[0] == "1 edit not committed yet; see tasks diff")
    #expect(lines[1].wholeMatch(of: /[0-9a-f]{8}  .* \d\d:\d\d  laptop/) != nil)
    #expect(Array(lines[2...3]) == ["  * 1 Buy milk: done", "  + 2 Call Ann"])
    #expect(lines[5...] == ["  \"first\"", "  + 1 Buy milk"])
    #expect(try machine.run("log", "-n", "1").lines.count == 4)
  }

  @Test func aChangeOfManyTasksIsShownInBrief() throws {
    let titles = (1...20).map { "task \($0)" }.joined(separator: "\n")
    try machine.run("add", "--stdin", input: titles).succeeded()
    try machine.run("commit").succeeded()
    let lines = try machine.run("log").succeeded().lines
    #expect(lines.count == 7)
    #expect(lines.last == "  and 15 more")
    let change = try #require(try machine.run("log", "--jsonl").lineObjects().first)
    #expect((change["tasks"] as? [Any])?.count == 20)
  }

  @Test func aTasksLifeHasTheShapeProgramsRelyOn() throws {
    let task = try machine.add("Buy milk", "+shop")
    try machine.run("commit").succeeded()
    try machine.run("edit", "1", "--title", "Buy oat milk", "due:2031-05-01").succeeded()
    try machine.run("delete", "1").succeeded()
    let life = try machine.run("log", "1", "--jsonl").succeeded().lineObjects()
    #expect(life.map { $0["kind"] as? String } == ["delete", "update", "create"])
    for operation in life {
      #expect(Set(operation.keys) == ["at", "device", "change", "kind", "fields"])
      #expect((operation["device"] as? [String: String])?["name"] == "laptop")
    }
    #expect(life[0]["change"] is NSNull)
    #expect((life[2]["change"] as? String)?.count == 64)
    let fields = try life.map { try #require($0["fields"] as? [[String: Any]]) }
    #expect(fields[0].map { $0["field"] as? String } == ["is_deleted"])
    #expect(fields[0][0]["from"] as? Bool == false && fields[0][0]["to"] as? Bool == true)
    #expect(fields[1].map { $0["field"] as? String } == ["due", "title"])
    #expect(fields[1][0]["from"] is NSNull)
    #expect(fields[1][1]["from"] as? String == "Buy milk")
    #expect(fields[1][1]["to"] as? String == "Buy oat milk")
    #expect(fields[2].map { $0["field"] as? String } == ["tag:shop", "title"])

    // By its id too, and as long as anybody remembers.
    let whole = try machine.run("log", "1").succeeded().lines
    #expect(try machine.run("log", task.id).succeeded().lines == whole)
    #expect(whole[0].hasSuffix("  laptop  deleted  not committed"))
    #expect(whole[1].hasSuffix("  laptop  edited  not committed"))
    #expect(
      whole[2...3] == ["  title: \"Buy milk\" → \"Buy oat milk\"", "  due: Thu 1 May 2031"])
    #expect(try machine.run("log", "1", "-n", "1").lines == Array(whole[..<1]))
  }

  @Test func theClockOfTheDeviceIsShown() throws {
    let desks = try TwoDesks()
    // The desk's clock is an hour ahead.
    try desks.desk.run("add", "Buy milk", with: TwoDesks.at("15:00")).succeeded()
    try desks.carry(from: desks.desk, to: desks.laptop, at: "15:00")
    try desks.laptop.run("done", "1", with: TwoDesks.at("14:00")).succeeded()
    try desks.laptop.run("commit", with: TwoDesks.at("14:01")).succeeded()
    #expect(try desks.laptop.run("log", "1").lines[0].hasPrefix("Fri 21 Nov 2025 14:00  laptop"))
    #expect(try desks.laptop.run("log").lines[0].contains("  Fri 21 Nov 2025 14:00  laptop"))
    let operation = try desks.laptop.run("log", "1", "--jsonl").lineObjects()[0]
    #expect(operation["at"] as? String == "2025-11-21T15:00:00.001Z")
    #expect(operation["clock"] as? String == "2025-11-21T14:00:00.000Z")
    let change = try desks.laptop.run("log", "--jsonl").lineObjects()[0]
    #expect(change["clock"] as? String == "2025-11-21T14:00:00.000Z")
  }

  @Test func nothingReachesTheTerminalThatCouldFoolIt() throws {
    let bad = "a\u{1b}[31mb\u{202e}"
    try machine.run("init", "--name", bad)
    try machine.run("add", bad, "-p", bad, "-d", bad, "-t", bad).succeeded()
    try machine.run("note", "1", bad).succeeded()
    try machine.run("commit", "-m", bad).succeeded()
    try machine.run("edit", "1", "-d", "other \(bad)\nand more", "--title", "x\(bad)")
    let id = try TwoDesks.changes(of: machine)[0].prefix(8)
    for words in [
      ["log"], ["log", "1"], ["diff"], ["diff", "..\(id)"], ["show", "change:\(id)"],
    ] {
      let outcome = try machine.run(words).succeeded()
      #expect(!outcome.bytes.contains(0x1b) && !outcome.output.contains("\u{202e}"), "\(words)")
      #expect(outcome.output.contains(#"\u{1b}"#), "\(words)")
    }
  }

  @Test func aLongLogIsHandedToThePagerPieceByPiece() throws {
    let titles = (1...5000).map { "task \($0)" }.joined(separator: "\n")
    try machine.run("add", "--stdin", input: titles).succeeded()
    for pager in ["head -3", "sed 's/^/paged: /'", "/nonexistent/pager"] {
      let outcome = try machine.terminal("list", rows: 20, with: ["PAGER": pager])
      #expect(outcome.status == 0)
      let count = outcome.lines.count { !$0.contains("nonexistent") }
      #expect(count == (pager == "head -3" ? 3 : 5001), "\(pager)")
      #expect(outcome.lines.last?.hasPrefix("paged: ") == pager.hasPrefix("sed"), "\(pager)")
    }
  }

  @Test func mistakesAreSaid() throws {
    try machine.add("a")
    try machine.add("b")
    try machine.run("log", "3").failed(10, "there is no task 3")
    try machine.run("log", "1-2").failed(2, "the life of one task at a time can be shown")
    try machine.run("log", "1", "2").failed(2)
    try machine.run("log", "-n", "0").failed(2)
    try machine.run("log", "change:3f2a").failed(
      2, "'change:3f2a' does not name a task", hint: "to see the change: tasks show change:3f2a")
    try machine.run("log", "--json", "--jsonl").failed(2)
  }
}
