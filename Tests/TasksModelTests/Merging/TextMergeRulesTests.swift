import TasksModel
import Testing
import TestSupport

/// What holds of every merge, over random texts.
@Suite struct TextMergeRulesTests {
  private func merge(_ base: String, _ ours: String, _ theirs: String) -> TextMerge {
    TextMerge(base: base, ours: ours, theirs: theirs, names: ("A", "B"))
  }

  /// A text of a few pieces, so few that two of them have much in common.
  private func text(using generator: inout SeededGenerator) -> String {
    let pieces = [
      "a", "b", "c", "é", "e\u{301}", "\u{301}", "👍🏽", " ", " ", "  ", "\t", "\n", "\n", "\n\n",
      "\r\n", "\r",
      "\0", "\u{a0}",
    ]
    return (0..<Int.random(in: 0...12, using: &generator))
      .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
  }

  /// The text with some of its scalars replaced by another text or deleted, or one put between.
  private func edited(_ text: String, using generator: inout SeededGenerator) -> String {
    var scalars = Array(text.unicodeScalars)
    for _ in 0..<Int.random(in: 0...3, using: &generator) {
      let start = Int.random(in: 0...scalars.count, using: &generator)
      let end = min(scalars.count, start + Int.random(in: 0...3, using: &generator))
      let new = Bool.random(using: &generator) ? "" : self.text(using: &generator)
      scalars.replaceSubrange(start..<end, with: new.unicodeScalars.prefix(4))
    }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: scalars)
    return String(result)
  }

  @Test(arguments: SeededGenerator.seeds)
  func whatOnlyOneSideDidOrBothDidAlikeIsTheResult(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let base = text(using: &generator)
      let edit =
        Bool.random(using: &generator)
        ? text(using: &generator) : edited(base, using: &generator)
      for result in [merge(base, edit, base), merge(base, base, edit), merge(base, edit, edit)] {
        #expect(Array(result.text.utf8) == Array(edit.utf8), "\(base.debugDescription)")
        #expect(result.overlaps == 0)
      }
    }
  }

  @Test(arguments: SeededGenerator.seeds)
  func swappingTheSidesSwapsOnlyWhatIsBetweenMarkers(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var cleanMerges = 0
    for _ in 0..<500 {
      let base = text(using: &generator)
      let ours = edited(base, using: &generator)
      let theirs = edited(base, using: &generator)
      let result = merge(base, ours, theirs)
      let swapped = TextMerge(base: base, ours: theirs, theirs: ours, names: ("B", "A"))
      #expect(result.overlaps == swapped.overlaps)
      #expect(Array(swapping(result).utf8) == Array(swapped.text.utf8), "\(base.debugDescription)")
      if result.overlaps == 0, ours != base, theirs != base, ours != theirs { cleanMerges += 1 }
    }
    #expect(cleanMerges > 8)
  }

  /// The text with the two versions between every pair of markers swapped, and the names.
  private func swapping(_ merge: TextMerge) -> String {
    var result: [String.UTF8View.SubSequence] = []
    var lines = merge.text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
    let opening = Array("<<<<<<< ".utf8)
    let closing = Array(">>>>>>> ".utf8)
    while let start = lines.firstIndex(where: { $0.starts(with: opening) }),
      let end = lines.firstIndex(where: { $0.starts(with: closing) })
    {
      guard let middle = lines.firstIndex(where: { $0.elementsEqual("=======".utf8) }) else {
        break
      }
      result += lines[..<start]
      result.append("<<<<<<< B".utf8[...])
      result += lines[(middle + 1)..<end]
      result.append(lines[middle])
      result += lines[(start + 1)..<middle]
      result.append(">>>>>>> A".utf8[...])
      lines = lines[(end + 1)...]
    }
    result += lines
    return String(decoding: Array(result.joined(separator: [0x0A])), as: UTF8.self)
  }

  @Test(arguments: SeededGenerator.seeds)
  func noWordIsTornOrGluedToAnother(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let base = text(using: &generator)
      let ours = edited(base, using: &generator)
      let theirs = edited(base, using: &generator)
      let known = words(of: ours + " " + theirs + " <<<<<<< A ======= >>>>>>> B")
      let merged = merge(base, ours, theirs).text
      #expect(
        words(of: merged).isSubset(of: known),
        "\([base, ours, theirs, merged].map(\.debugDescription))")
    }
  }

  private func words(of text: String) -> Set<[UInt8]> {
    Set(text.utf8.split { $0 == 0x20 || (0x09...0x0D).contains($0) }.map { Array($0) })
  }

  @Test(arguments: SeededGenerator.seeds, ["\n", " "])
  func editsWithUnchangedPiecesBetweenThemAreAllMade(seed: UInt64, separator: String) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      var base: [String] = []
      var ours: [String] = []
      var theirs: [String] = []
      var both: [String] = []
      for number in 0..<Int.random(in: 1...8, using: &generator) {
        let new = (0..<Int.random(in: 0...2, using: &generator)).map { "new\(number).\($0)" }
        let old = (0..<Int.random(in: 0...2, using: &generator)).map { "old\(number).\($0)" }
        let isOurs = Bool.random(using: &generator)
        let isTheirs = Bool.random(using: &generator)
        func block(_ middle: [String]) -> [String] {
          ["first\(number)"] + middle + ["last\(number)"]
        }
        base += block(old)
        ours += block(isOurs ? new : old)
        theirs += block(isTheirs ? new : old)
        both += block(isOurs || isTheirs ? new : old)
      }
      let versions = [base, ours, theirs, both].map { $0.joined(separator: separator) }
      let result = merge(versions[0], versions[1], versions[2])
      #expect(result.text == versions[3], "\(versions)")
      #expect(result.overlaps == 0)
    }
  }

  /// Texts of the longest that is allowed, with many pieces and nothing but chance in common.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      (["a", "b", "c", "d"], " "), (["a", "b", "c", "d"], "\n"), (["", "a"], "\n"), (["a "], "a\n"),
    ])
  func theLongestTextsAreMergedHoweverDifferentTheyAre(words: [String], separator: String) {
    var generator = SeededGenerator(seed: 1)
    let texts = (0..<3).map { _ in
      let pieces = (0..<65_536).map { _ in words.randomElement(using: &generator) ?? "" }
      return String(
        decoding: pieces.joined(separator: separator).utf8.prefix(65_536), as: UTF8.self)
    }
    let result = merge(texts[0], texts[1], texts[2])
    #expect(result.overlaps == (Set(texts).count == 1 ? 0 : 1))
  }
}
