import Testing

@testable import TasksArguments

@Suite struct SmallPartsTests {
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("list", "lits", 1), ("ab", "ba", 1),
    ("kitten", "sitting", 3), ("add", "dad", 1), ("ca", "abc", 3), ("é", "e", 1),
  ])
  func distanceCountsSwapsOnce(left: String, right: String, expected: Int) {
    #expect(editDistance(left, right) == expected)
    #expect(editDistance(right, left) == expected)
  }

  @Test func theNearestIsTheFirstOfEquals() {
    #expect(nearest(to: "tat", among: ["tap", "tag"]) == "tap")
    #expect(nearest(to: "projcts", among: ["project", "projects"]) == "projects")
    #expect(nearest(to: String(repeating: "a", count: 100_000), among: ["add"]) == nil)
  }

  @Test(arguments: [
    ("tasks add 'a b' \"c \\\" d\" e\\ f", [["tasks", "add", "a b", "c \" d", "e f"]]),
    ("a < in > out b | c; d && e # f", [["a", "b"], ["c"], ["d"], ["e"]]),
    ("a ''", [["a", ""]]), ("", []), ("a#b", [["a#b"]]),
  ])
  func examplesAreSplitLikeAShellDoes(line: String, expected: [[String]]) {
    #expect(simpleCommands(of: line) == expected)
  }

  @Test(arguments: ["a 'b", "a \"b", "a \\"])
  func anOpenQuoteIsNoCommand(line: String) {
    #expect(simpleCommands(of: line) == nil)
  }

  @Test func codeStandsBetweenAPairOfBackticks() {
    #expect(Prose.pieces(of: "a `b` c`") == [.text("a "), .code("b"), .text(" c`")])
    #expect(Prose.pieces(of: "`b`") == [.code("b")])
    #expect(Prose.pieces(of: "``") == [.text("``")])
  }

  @Test(arguments: [
    (".x", "\\&.x"), ("'x", "\\(aqx"), ("a\\fBb", "a\\(rsfBb"), ("back-off", "back-off"),
    ("--dry-run", "\\-\\-dry\\-run"), ("2026-01-31", "2026\\-01\\-31"), ("…", "\\[u2026]"),
    ("😀", "\\[u1F600]"), ("`a-b`.", "\\fBa\\-b\\fR."), ("a\n.SH b", "a .SH b"), ("\u{1B}[m", "[m"),
  ])
  func nothingInTheTextIsRoff(text: String, expected: String) {
    #expect(Roff.prose(text) == expected)
  }

  @Test(arguments: [
    ("*a* _b_ <c> [d]", "\\*a\\* \\_b\\_ \\<c\\> \\[d\\]"), ("- a", "\\- a"), ("1. a", "1\\. a"),
    ("`a*b`", "`a*b`"), ("# a", "\\# a"),
  ])
  func nothingInTheTextIsMarkdown(text: String, expected: String) {
    #expect(Markdown.prose(text) == expected)
  }

  @Test func codeMayHoldBackticks() {
    #expect(Markdown.code("a`b") == "``a`b``")
    #expect(Markdown.code("`") == "`` ` ``")
    #expect(Markdown.block(["```"], language: "sh") == ["````sh", "```", "````"])
  }

  @Test func placesOfOperandsFollowTheirCounts() throws {
    let remote = OperandPlaces(try #require(sample.command(named: "remote")).operands)
    #expect(remote.first.map { $0.map(\.name) } == [["ACTION"], ["NAME"], ["URL"]])
    #expect(remote.rest.isEmpty)
    let edit = OperandPlaces(try #require(sample.command(named: "edit")).operands)
    #expect(edit.first.map { $0.map(\.name) } == [["ID"]])
    #expect(edit.rest.map(\.name) == ["ID", "WORD"])
    let done = OperandPlaces(try #require(sample.command(named: "done")).operands)
    #expect(done.first.isEmpty)
  }
}
