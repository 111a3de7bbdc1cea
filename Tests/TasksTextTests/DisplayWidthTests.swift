import TasksText
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("plain", 5), ("naïve", 5), ("e\u{301}", 1), ("日本語", 6), ("ｆｕｌｌ", 8), ("ﾊﾝｶｸ", 4),
    // Spacing vowel signs take a column, others none.
    ("हिन्दी", 5), ("क्षि", 3), ("नमस्ते", 4), ("தமிழ்", 4), ("ก\u{e33}", 2),
    // Hangul whole and in parts.
    ("한글", 4), ("\u{1100}\u{1161}\u{11A8}", 2),
    ("❤", 1), ("❤️", 2), ("1️⃣", 2), ("⌚", 2), ("⌚\u{FE0E}", 2), ("😀", 2), ("👍🏽", 2),
    ("👩‍👩‍👧", 2), ("🏳️‍🌈", 2), ("🧑🏽‍🤝‍🧑🏻", 2), ("🇩🇪", 2), ("🇩🇪🇫🇷", 4), ("🇩", 1),
    ("🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", 2), ("\u{1FAE8}", 2),
    ("a\u{200D}b", 2), ("a\u{200C}b", 2), ("क्\u{200D}ष", 2), ("a\u{FE0F}", 1), ("\u{301}", 0),
    ("か\u{3099}", 2), ("\u{AD}", 1), ("\u{1b}\t\u{85}", 0), ("ä日👩‍👩‍👧!", 6),
  ])
  func columnsAreThoseOfATerminal(text: String, columns: Int) {
    #expect(DisplayWidth.columns(of: text) == columns)
    #expect(text.reduce(0) { $0 + DisplayWidth.columns(of: $1) } == columns)
  }
}

@Suite struct VisibleTests {
  @Test(arguments: [
    "", "plain text, ~", "naïve 日本語 👩‍👩‍👧 ❤️ हिन्दी", "שלום\u{200F}!", "می\u{200C}خواهم",
    "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "\u{0600}1",
    "\u{a0}\u{2009}\u{2014}",
  ])
  func honestTextIsLeftAlone(text: String) {
    #expect(visible(text).unicodeScalars.elementsEqual(text.unicodeScalars))
    #expect(visible(text, multiline: true).unicodeScalars.elementsEqual(text.unicodeScalars))
  }

  @Test(arguments: [
    ("\u{1b}[31mred", #"\u{1b}[31mred"#), ("\u{0}\u{7}\u{7f}", #"\u{0}\u{7}\u{7f}"#),
    ("\u{9b}31m", #"\u{9b}31m"#), ("a\tb", "a b"), ("a\nb\r\nc", #"a\u{a}b\u{d}\u{a}c"#),
    ("\u{202e}gpj.exe\u{202c}", #"\u{202e}gpj.exe\u{202c}"#),
    ("\u{2066}x\u{2069}", #"\u{2066}x\u{2069}"#),
    ("a\u{2028}b\u{2029}", #"a\u{2028}b\u{2029}"#), ("pay\u{200b}pal", #"pay\u{200b}pal"#),
    ("\u{feff}x", #"\u{feff}x"#), ("Donau\u{ad}dampf", #"Donau\u{ad}dampf"#),
    ("x\u{E0041}\u{E0042}", #"x\u{e0041}\u{e0042}"#), ("e\u{301}\u{1b}", "e\u{301}" + #"\u{1b}"#),
  ])
  func whatDeceivesIsWrittenOut(text: String, expected: String) {
    #expect(visible(text).unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test(arguments: [
    ("a\nb\r\nc", "a\nb\nc"), ("a\tb", "a    b"), ("over\rwritten", #"over\u{d}written"#),
    ("\u{1b}[2J\n", "\\u{1b}[2J\n"), ("\r", #"\u{d}"#), ("\r\r\n", "\\u{d}\n"),
  ])
  func linesStayWhereSeveralAreWanted(text: String, expected: String) {
    #expect(visible(text, multiline: true).unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test func noControlCharacterGetsThrough() {
    for value in (0..<0x20).map({ $0 as UInt32 }) + Array(0x7F..<0xA0) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "x" + String(scalar) + "y"
      for multiline in [false, true] {
        let isSafe = visible(text, multiline: multiline).unicodeScalars.allSatisfy {
          $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) || multiline && $0 == "\n"
        }
        #expect(isSafe, "\(value)")
      }
    }
  }
}
