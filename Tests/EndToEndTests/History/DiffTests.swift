import Foundation
import Testing

/// `diff`, and `show` for changes.
@Suite struct DiffTests {
  private let machine: Machine

  init() throws {
    machine = try Machine()
    try machine.run("init", "--name", "laptop").succeeded()
  }

  @Test func theDifferenceHasTheShapeProgramsRelyOn() throws {
    #expect(try machine.run("diff", "--json").succeeded().output == "[]\n")
    #expect(
      try machine.run("diff").succeeded().errors == "Nothing was edited since the last commit.\n")
    let task = try machine.add("Buy milk")
    try machine.run("commit").succeeded()
    try machine.run("edit", "1", "--title", "Buy oat milk").succeeded()
    try machine.run("edit", "1", "--title", "Buy soy milk").succeeded()
    let document = try machine.run("diff", "--json").succeeded().document()
    let differences = try #require(document as? [[String: Any]])
    #expect(differences.map { Set($0.keys) } == [["task", "title", "fields"]])
    #expect(differences[0]["task"] as? String == task.id)
    let fields = try #require(differences[0]["fields"] as? [[String: String]])
    #expect(fields == [["field": "title", "from": "Buy milk", "to": "Buy soy milk"]])
    #expect(
      try machine.run("diff").lines == [
        "* 1 Buy soy milk", "  title: \"Buy milk\" → \"Buy soy milk\"",
      ])
    try machine.run("undo").succeeded()
    try machine.run("undo").succeeded()
    #expect(
      try machine.run("diff").succeeded().errors
        == "The 4 edits since the last commit come to nothing.\n")
  }

  @Test func changesAreNamedByTheStartOfTheirIds() throws {
    for title in ["one", "two", "three"] {
      try machine.add(title)
      try machine.run("commit").succeeded()
    }
    try machine.add("four")
    let ids = try TwoDesks.changes(of: machine)
    let (first, third) = (ids[2].prefix(12), ids[0].prefix(12))
    func titles(_ range: String) throws -> [String] {
      try machine.run("diff", range).succeeded().lines
    }
    #expect(try titles("\(first)..\(third)") == ["+ 2 two", "+ 3 three"])
    #expect(try titles("change:\(first)..change:\(third)") == ["+ 2 two", "+ 3 three"])
    #expect(try titles("\(first)..") == ["+ 2 two", "+ 3 three", "+ 4 four"])
    #expect(try titles("\(first)".uppercased()) == ["+ 2 two", "+ 3 three", "+ 4 four"])
    #expect(try titles("..\(ids[1])") == ["+ 1 one", "+ 2 two"])
    #expect(try machine.run("diff", "\(third)..\(first)").succeeded().errors == "No difference.\n")
  }

  @Test func aChangeIsShownAsItWasSealed() throws {
    let task = try machine.add("Buy milk")
    try machine.run("edit", "1", "--title", "Buy oat milk").succeeded()
    try machine.run("commit", "-m", "evening").succeeded()
    let id = try TwoDesks.changes(of: machine)[0]
    let name = "change:\(id.prefix(8))"
    let change = try machine.run("show", name, "--json").succeeded().object()
    #expect(
      Set(change.keys) == ["id", "device", "seq", "prev", "note", "v", "at", "bundle", "ops"])
    #expect(change["id"] as? String == id)
    #expect(change["note"] as? String == "evening")
    #expect(change["prev"] is NSNull)
    let ops = try #require(change["ops"] as? [[String: Any]])
    #expect(ops.map { Set($0.keys) } == [Set(["task", "kind", "at", "over", "set"])].repeated(2))
    #expect(ops.allSatisfy { $0["task"] as? String == task.id })
    #expect(ops[1]["over"] as? [String] == [":0"])
    #expect(ops[1]["set"] as? [String: String] == ["title": "Buy oat milk"])

    // The file is there, and named by its content.
    let bundle = try #require(change["bundle"] as? String)
    let sum = try machine.shell("sha256sum < \"$1\"", "\(machine.store)/\(bundle)").succeeded()
    #expect(bundle.hasSuffix("/\(sum.output.prefix(64)).tasks"))

    let lines = try machine.run("show", name).succeeded().lines
    #expect(lines[0] == "Change     \(id)")
    #expect(lines.contains("Note       evening"))
    #expect(lines.contains("File       \(bundle)"))
    #expect(lines.last == "    title: \"Buy milk\" → \"Buy oat milk\"")
    #expect(try machine.run("show", name, name, "--jsonl").lineObjects().count == 2)
    #expect((try machine.run("show", name, name, "--json").document() as? [Any])?.count == 2)
  }

  @Test func mistakesAreSaid() throws {
    try machine.add("a")
    try machine.run("commit").succeeded()
    let id = try TwoDesks.changes(of: machine)[0]
    let other = id.hasPrefix("ffff") ? "eeee" : "ffff"
    for words in [["show", "change:\(other)"], ["diff", other], ["diff", "..change:\(other)"]] {
      try machine.run(words).failed(10, "there is no change '\(other)' here")
    }
    for words in [["show", "change:"], ["show", "change:3f2"], ["diff", "x"], ["diff", ".."]] {
      try machine.run(words).failed(2)
    }
    try machine.run("diff", "1").failed(
      2, "'1' does not name a change", hint: "the life of a task: tasks log 1")
    try machine.run("show", "1", "change:\(id)")
      .failed(2, "tasks and changes are shown one kind at a time")
    let start = id.prefix(8)
    try machine.run("show", "\(start)").failed(
      10, "there is no task '\(start)'", hint: "to see the change: tasks show change:\(start)")

    // Two changes whose ids begin alike.
    try machine.add("b")
    try machine.run("commit").succeeded()
    try machine.sqlite(
      "UPDATE changes SET id = 'abcd' || substr(id, 5), short = 'abcd' || substr(short, 5)")
    let outcome = try machine.run("show", "change:abcd")
    #expect(outcome.status == 2)
    #expect(outcome.errorLines.count == 4)
    #expect(outcome.errorLines[1].wholeMatch(of: /\s+abcd[0-9a-f]{60}  laptop \d/) != nil)
  }
}

extension Array {
  fileprivate func repeated(_ count: Int) -> [Element] {
    (0..<count).flatMap { _ in self }
  }
}
