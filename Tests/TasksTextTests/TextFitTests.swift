import TasksText
import Testing

@Suite struct TextFitTests {
  @Test(arguments: [
    ("Buy milk", 8, "Buy milk"), ("Buy milk", 7, "Buy mi…"), ("Buy milk", 1, "…"), ("Buy", 0, ""),
    ("", 0, ""), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("日本語", 2, "…"),
    ("e\u{301}e\u{301}e\u{301}", 3, "e\u{301}e\u{301}e\u{301}"),
    ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("a👩‍👩‍👧b", 3, "a…"), ("a👩‍👩‍👧b", 4, "a👩‍👩‍👧b"),
  ])
  func textIsCutBetweenClusters(text: String, columns: Int, expected: String) {
    #expect(TextFit.truncate(text, to: columns) == expected)
  }

  @Test func textIsFilledUpByColumns() {
    #expect(TextFit.pad("日本", to: 6) == "日本  ")
    #expect(TextFit.pad("7", to: 3, alignRight: true) == "  7")
    #expect(TextFit.pad("long", to: 2) == "long")
  }

  @Test(
    arguments: [
      ("", 10, [""]), ("one two three", 7, ["one two", "three"]), ("one two", 3, ["one", "two"]),
      ("one  two", 8, ["one  two"]), ("one   two", 5, ["one", "two"]), ("one ", 3, ["one"]),
      ("abcdefgh", 3, ["abc", "def", "gh"]), ("x abcdefgh", 3, ["x", "abc", "def", "gh"]),
      ("abcd ef", 3, ["abc", "d", "ef"]), ("a\n\nb\r\nc\n", 5, ["a", "", "b", "c", ""]),
      ("  - item of a list", 10, ["  - item", "of a list"]), ("日本語", 4, ["日本", "語"]),
      ("日本", 1, ["日", "本"]), ("ab", 0, ["a", "b"]), ("          word", 8, ["    word"]),
      ("   ", 2, [""]),
    ] as [(String, Int, [String])])
  func linesBreakAtSpaces(text: String, columns: Int, expected: [String]) {
    #expect(TextFit.wrap(text, columns: columns) == expected)
  }

  @Test(arguments: (1...10) + [UInt64.random(in: .min ... .max)])
  func nothingIsWiderThanAsked(seed: UInt64) {
    var state = seed
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let pieces = ["a", "word", " ", "  ", "\n", "日本", "e\u{301}", "👩‍👩‍👧", "हिन्दी", "\u{200d}", "🇩🇪", "ﾊﾞ"]
    for _ in 0..<500 {
      let text = (0..<random(20)).map { _ in pieces[random(pieces.count)] }.joined()
      let columns = 3 + random(20)
      let lines = TextFit.wrap(text, columns: columns)
      #expect(lines.allSatisfy { DisplayWidth.columns(of: $0) <= columns }, "\(text)")
      let words = text.split { $0 == " " || $0 == "\n" }.joined()
      #expect(lines.joined().filter { $0 != " " } == words, "\(text)")
      let line = String(text.filter { $0 != "\n" })
      let cut = TextFit.truncate(line, to: columns)
      #expect(DisplayWidth.columns(of: cut) <= columns, "\(text)")
      #expect(cut == line || cut.last == "…" && line.hasPrefix(cut.dropLast()), "\(text)")
    }
  }
}
