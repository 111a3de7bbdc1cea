import Foundation
import Testing

/// Text that is no text, or that plays tricks on a terminal.
@Suite struct BadTextTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  private static let notUTF8: [[UInt8]] = [
    [0xff], [0x61, 0xc3], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80],
    [0x62, 0xe4, 0x68],
  ]

  @Test(arguments: notUTF8)
  func invalidWordsAreRefused(bytes: [UInt8]) throws {
    for words in [["add"], ["list"], ["show"], ["add", "x", "-d"]] {
      let outcome = try machine.start(words.map { Array($0.utf8) } + [bytes]).outcome()
      outcome.failed(2, "word \(words.count + 1) of the command line is not valid UTF-8")
      #expect(String(validating: outcome.errorBytes, as: UTF8.self) != nil)
    }
    #expect(!FileManager.default.fileExists(atPath: machine.store))
  }

  @Test(arguments: notUTF8)
  func invalidInputIsRefused(bytes: [UInt8]) throws {
    try machine.add("a")
    let before = try machine.dump()
    for words in [["add", "--stdin"], ["add", "x", "-d", "-"], ["note", "1", "-"]] {
      try machine.run(words, input: Array("first\n".utf8) + bytes)
        .failed(2, "the standard input is not valid UTF-8")
    }
    #expect(try machine.dump() == before)
  }

  /// What is in a title stays in it byte for byte, and never reaches a terminal.
  @Test(arguments: [
    ("\u{1b}[31mred\u{1b}[0m", #"\u{1b}[31mred\u{1b}[0m"#),
    ("\u{1b}]0;title\u{7}", #"\u{1b}]0;title\u{7}"#),
    ("a\u{8}\u{8}b", #"a\u{8}\u{8}b"#), ("a\u{9b}31mb", #"a\u{9b}31mb"#),
    ("left\u{202e}thgir", #"left\u{202e}thgir"#), ("a\u{7f}b", #"a\u{7f}b"#),
    ("zero\u{200b}width", #"zero\u{200b}width"#), ("tab\there", "tab here"),
  ])
  func controlsAreKeptAndMadeVisible(title: String, shown: String) throws {
    let task = try machine.add("--", title)
    #expect(task.title?.utf8.elementsEqual(title.utf8) == true)
    try machine.run("edit", "1", "-d", title, "-p", title).succeeded()
    try machine.run("note", "1", title).succeeded()
    let outcomes = [
      try machine.run(), try machine.run("show", "1"), try machine.run("projects"),
      try machine.run("queue"), try machine.run("search", "--", title), try machine.run("status"),
      try machine.run("edit", "1", "priority:H"), try machine.run("done", "1"),
      try machine.run("done", "1"),
      try machine.run("undo"), try machine.terminal("list", with: ["NO_COLOR": "1"]),
    ]
    for outcome in outcomes {
      #expect(outcome.status == 0, "\(outcome)")
      for bytes in [outcome.bytes, outcome.errorBytes] {
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(
          !text.unicodeScalars.contains {
            ($0.value < 0x20 && $0 != "\n") || (0x7f..<0xa0).contains($0.value) || $0 == "\u{202e}"
          }, "\(text.debugDescription)")
      }
    }
    for words in [("list", "--json"), ("queue", "--jsonl"), ("projects", "--json")] {
      let outcome = try machine.terminal(words.0, words.1, "--no-pager")
      #expect(
        !outcome.output.unicodeScalars.contains {
          ($0.value < 0x20 && $0 != "\n") || (0x7f..<0xa0).contains($0.value)
        }, "\(outcome.output.debugDescription)")
    }
    #expect(outcomes[0].output.contains(shown))
    #expect(outcomes[1].lines.first == shown)
    #expect(try machine.task("1").title?.utf8.elementsEqual(title.utf8) == true)
  }

  @Test(arguments: ["\u{1b}[2J", "\u{9b}2J", "\u{202e}x"])
  func errorsMakeThemVisibleToo(word: String) throws {
    for words in [
      [word], ["show", word], ["list", "--\(word)"], ["add", "x", "due:\(word)"],
      ["add", "x", "-p", "x", "priority:\(word)"],
      ["list", "--sort", word], ["help", word], ["tag", "1", word], ["config", word],
      ["list", "--store", "/nowhere/\(word)"], ["import", "/nowhere/\(word)"],
    ] {
      let outcome = try machine.run(words)
      #expect(outcome.status != 0)
      #expect(outcome.errors.contains(#"\u{"#), "\(words)")
      #expect(
        !outcome.errors.unicodeScalars.contains {
          $0 == "\u{1b}" || $0 == "\u{9b}" || $0 == "\u{202e}"
        })
    }
  }

  @Test func scriptsAndEmojiAreLeftAsTheyAre() throws {
    for title in [
      "👩‍👩‍👧‍👦 family", "क्षि", "שלום\u{200f}", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
      "e\u{301}",
    ] {
      try machine.add("--", title)
      #expect(try machine.run().output.utf8.contains(title.utf8))
    }
  }

  @Test func normalisationIsLeftAlone() throws {
    try machine.add("a", "+caf\u{e9}", "-p", "caf\u{e9}")
    try machine.add("b", "+cafe\u{301}", "-p", "cafe\u{301}")
    #expect(try machine.titles("+caf\u{e9}") == ["a"])
    #expect(try machine.run("tags").lines.count == 3, "two tags, byte for byte")
  }

  @Test func anUndrainedPipeIsNoFailure() throws {
    try machine.run(
      "add", "--stdin", input: String(repeating: "a long enough title\n", count: 5000)
    ).succeeded()
    let outcome = try machine.shell(
      "set -o pipefail; tasks list --json | head -1; echo ${PIPESTATUS[0]}")
    #expect(["0", "141"].contains(outcome.lines.last), "\(outcome.lines.suffix(2))")
    #expect(outcome.errors == "")
  }
}

extension Sequence where Element: Equatable {
  fileprivate func contains(_ other: some Collection<Element>) -> Bool {
    let (whole, part) = (Array(self), Array(other))
    guard whole.count >= part.count else { return false }
    return (0...(whole.count - part.count)).contains { whole[$0...].starts(with: part) }
  }
}
