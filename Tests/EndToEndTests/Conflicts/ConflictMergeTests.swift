import Foundation
import Testing

/// `conflicts merge` in an editor, which is a small shell script here.
@Suite struct ConflictMergeTests {
  private let machines: TwoMachines
  private let id: String

  init() throws {
    machines = try TwoMachines(["Plan the trip", "-d", "tickets\nhotel\nfood"])
    try machines.disagree(
      ["-d", "train tickets\nhotel\nfood"], ["-d", "tickets\nhotel\nfood and drink"])
    id = try #require(try machines.laptop.conflicts().first).id
  }

  /// Lets both change the same words, and returns that conflict's id.
  private func overlap() throws -> String {
    try machines.laptop.run("conflicts", "keep", id).succeeded()
    try machines.meet()
    try machines.disagree(["-d", "one night"], ["-d", "two nights"])
    return try #require(try machines.laptop.conflicts().first).id
  }

  private var laptop: Machine { machines.laptop }

  private func leftovers() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(laptop.home)/tmp")
  }

  private func keptText(_ outcome: Outcome) throws -> String {
    let hint = try #require(outcome.errorLines.last)
    let path = try #require(hint.split(separator: " ").last.map(String.init))
    return String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  @Test func editsThatDoNotOverlapAreProposedAsOne() throws {
    let outcome = try laptop.merge(id, "cp \"$1\" seen; echo 'and music' >>\"$1\"").succeeded()
    #expect(outcome.output == "Merged description of task 1: Plan the trip\n")
    #expect(try laptop.shell("cat seen").output == "train tickets\nhotel\nfood and drink\n")
    #expect(try laptop.task("1").description == "train tickets\nhotel\nfood and drink\nand music")
    #expect(try leftovers().isEmpty)
    try machines.meet()
    #expect(try machines.desk.conflicts().isEmpty)
    #expect(
      try machines.desk.task("1").description == "train tickets\nhotel\nfood and drink\nand music")
    try laptop.run("undo").succeeded()
    #expect(try laptop.task("1").description == "tickets\nhotel\nfood and drink")
  }

  @Test func theProposalCanBeTakenAsItIs() throws {
    try laptop.merge(id, "true").succeeded()
    #expect(try laptop.task("1").description == "train tickets\nhotel\nfood and drink")
  }

  @Test func overlapsStandBetweenMarkersUntilSomebodySettlesThem() throws {
    let id = try overlap()
    let before = try laptop.dump()
    let outcome = try laptop.merge(id, "cp \"$1\" seen").failed(2)
    let seen = try laptop.shell("cat seen").output.split(separator: "\n")
    #expect(seen.count == 5 && seen[0].hasPrefix("<<<<<<< desk, Today "), "\(seen)")
    #expect(seen[1] == "two nights" && seen[2] == "=======" && seen[3] == "one night")
    #expect(seen[4].hasPrefix(">>>>>>> laptop, Today "))
    #expect(outcome.errors.contains("the text still has a marker: <<<<<<< desk, Today "))
    #expect(try keptText(outcome).contains("one night"))
    #expect(try laptop.dump() == before)

    // The kept text can be corrected and handed in.
    try laptop.run("conflicts", "merge", id, "--stdin", input: "three nights\n").succeeded()
    #expect(try laptop.task("1").description == "three nights")
    #expect(try laptop.conflicts().isEmpty)
  }

  @Test(arguments: ["/=======/d", "/<<<<<<</d", "/>>>>>>>/d"])
  func oneMarkerLeftIsOneTooMany(script: String) throws {
    let outcome = try laptop.merge(try overlap(), "sed -i '\(script)' \"$1\"").failed(2)
    #expect(try keptText(outcome).contains("two nights"))
  }

  @Test func linesThatOnlyLookLikeMarkersAreText() throws {
    try laptop.run("conflicts", "keep", id).succeeded()
    try machines.meet()
    try machines.disagree(["-d", "Head\n=======\none"], ["-d", "Head\n=======\ntwo"])
    let id = try #require(try laptop.conflicts().first).id
    try laptop.merge(id, "printf 'Head\\n=======\\none and two\\n' >\"$1\"").succeeded()
    #expect(try laptop.task("1").description == "Head\n=======\none and two")
  }

  @Test func anEmptiedTextChangesNothing() throws {
    let before = try laptop.dump()
    try laptop.merge(id, ": >\"$1\"").failed(2, "the text is empty, so nothing was changed")
    #expect(try laptop.dump() == before)
  }

  @Test func anEditorThatFailsChangesNothingAndKeepsTheText() throws {
    let before = try laptop.dump()
    let outcome = try laptop.merge(id, "echo 'my long thoughts' >>\"$1\"; exit 3").failed(1)
    #expect(try keptText(outcome).contains("my long thoughts"))
    #expect(try laptop.dump() == before)
    try laptop.merge(id, "exit 1").failed(1)
    #expect(try leftovers().count == 1, "an untouched proposal can be had again")
  }

  @Test func atATerminalMarkersCanBeTakenOutAtOnce() throws {
    let id = try overlap()
    let editor = try laptop.file(
      "editor", "#!/bin/sh\n[ ! -e tried ] || echo settled >\"$1\"\ntouch tried\n", mode: 0o755)
    let outcome = try laptop.terminal(
      "conflicts", "merge", id, typing: "y\n", with: ["EDITOR": "/bin/sh '\(editor)'"])
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("Edit again? [Y/n]"))
    #expect(try laptop.task("1").description == "settled")
    #expect(try leftovers().isEmpty)
  }

  @Test func whatArrivesWhileSomebodyMergesStaysAConflict() throws {
    let phone = try Machine()
    try phone.run("init", "--name", "phone").succeeded()
    try machines.carry(from: machines.desk, to: phone)
    let known = try #require(try phone.conflicts().first).id
    try phone.run("conflicts", "take", known).succeeded()
    try phone.run("bundle", "create", "\(laptop.home)/phone.tasks").succeeded()
    let outcome = try laptop.merge(id, "tasks bundle apply phone.tasks >&2").succeeded()
    #expect(outcome.errors.contains("\nConflict "), "\(outcome)")
    let left = try #require(try laptop.conflicts().first)
    #expect(left.winner.value == "train tickets\nhotel\nfood and drink")
    #expect(left.losers.map(\.device) == ["phone"])
  }

  @Test func aTitleIsMergedByItsWords() throws {
    let machines = try TwoMachines(["Buy milk and bread today"])
    try machines.disagree(
      ["--title", "Buy oat milk and bread today"], ["--title", "Buy milk and bread tomorrow"])
    let id = try #require(try machines.desk.conflicts().first).id
    try machines.desk.merge(id, "true").succeeded()
    #expect(try machines.desk.task("1").title == "Buy oat milk and bread tomorrow")
    try machines.disagree(["--title", "one"], ["--title", "two"])
    let next = try #require(try machines.desk.conflicts().first).id
    try machines.desk.merge(next, "printf 'two\\nlines\\n' >\"$1\"")
      .failed(2, "the title has several lines")
  }

  @Test func onlyTextsCanBeMerged() throws {
    try machines.disagree(["due:2031-01-01"], ["due:2031-02-02"])
    let due = try #require(try laptop.conflicts().first { $0.field == "due" }).id
    try laptop.run("conflicts", "merge", due, with: ["EDITOR": "touch opened"]).failed(
      2, "only texts can be merged, and this is due",
      hint: "tasks conflicts take \(due.prefix(8)), or keep")
    #expect(!FileManager.default.fileExists(atPath: "\(laptop.home)/opened"))
  }
}
