import TasksModel
import TestSupport
import Testing

@testable import TasksServer

@Suite struct TextRuleTests {
  @Test(arguments: [
    ("x", true), (" x ", true), ("\t x", true), ("e\u{301}\u{feff}", true), ("\u{feff}", true),
    ("", false), (" ", false), ("\u{2003}\u{a0}", false), ("x\n", false), ("x\u{b}y", false),
    ("\rx", false), ("x\u{85}", false), ("x\u{2028}y", false), ("x\u{2029}", false),
    ("x\0y", false), ("\u{1c}", true),
  ])
  func aTitleIsOneLine(text: String, isAllowed: Bool) {
    #expect(TextRule.line.isAllowed(text) == isAllowed)
  }

  @Test(arguments: [
    ("home", true), ("no-ne", true), ("nonesuch", true), ("a+b", true), ("none", false),
    ("NoNe", false), ("+a", false), ("-a", false), ("a,b", false), ("a b", false),
    ("a\u{3000}", false), ("a\0", false), ("none\n", false), ("", false), ("ｎone", true),
  ])
  func aTagIsAWord(text: String, isAllowed: Bool) {
    #expect(TextRule.tag.isAllowed(text) == isAllowed)
  }

  @Test(arguments: [
    ("2025-11-21T12:34:56Z", true), ("2025-11-21T12:34:56.123456789+01:00", true),
    ("2024-02-29T00:00:00Z", true), ("9999-12-31T23:59:59Z", true), ("0000-01-01T00:00:00Z", true),
    ("2025-02-29T00:00:00Z", false), ("2025-11-21T12:34Z", false), ("2025-11-21 12:34:56Z", false),
    ("2025-11-21T12:34:56", false), ("2025-11-21T24:00:00Z", false),
    ("2025-11-21T12:34:60Z", false),
    ("2025-11-21T12:34:56.1234567890Z", false), ("2025-11-21T12:34:56.Z", false),
    ("2025-11-21t12:34:56z", false), ("9999-12-31T23:59:59-00:00", false),
    ("2025-11-21T12:34:56Z\n", false), ("1900-02-29T00:00:00Z", false),
  ])
  func aDateTimeIsRFC3339(text: String, isAllowed: Bool) {
    #expect(TextRule.dateTime.isAllowed(text) == isAllowed)
  }

  @Test(arguments: [
    ("*", true), (#""a""#, true), (#"W/"a""#, true), ("\"a\" ,\t\"b\"", true), (#""""#, true),
    ("", false), ("a", false), (#""a" "b""#, false), (#""a","#, false), (#""ä""#, false),
    (#"* , "a""#, false),
  ])
  func entityTagsAreQuoted(text: String, isAllowed: Bool) {
    #expect(TextRule.entityTags.isAllowed(text) == isAllowed)
  }

  @Test func onlyStrongTagsAllowAChange() throws {
    let tags = try #require(EntityTags(#"W/"a", "b""#))
    #expect(!tags.matchesStrongly("a") && tags.matchesStrongly("b"))
    #expect(tags.matchesWeakly("a") && !tags.matchesWeakly("c"))
    #expect(EntityTags.any.matchesStrongly("x"))
  }

  @Test func aFieldNamedAgainChangesNothing() {
    #expect(
      SortWords.keys("due,-title,-due") == [SortKey(.due), SortKey(.title, descending: true)])
    #expect(
      SortWords.keys("due,") == nil && SortWords.keys("") == nil && SortWords.keys("--due") == nil)
  }

  /// The rules for entry are the last word: what the API lets through, they must not refuse.
  @Test(arguments: SeededGenerator.seeds)
  func whatTheRulesOfTheAPIAllowCanBeEntered(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let text = RandomText.text(using: &generator)
      if Schema.title.violations(in: .string(text)).isEmpty { _ = try EntryRules.title(text) }
      if Schema.project.violations(in: .string(text)).isEmpty { _ = try EntryRules.project(text) }
      if Schema.tag.violations(in: .string(text)).isEmpty { _ = try EntryRules.tag(text) }
      if Schema.longText.violations(in: .string(text)).isEmpty {
        _ = try EntryRules.longText(text, field: .description)
      }
      if Schema.noteText.violations(in: .string(text)).isEmpty {
        #expect(try EntryRules.longText(text, field: .description) != nil)
      }
      if TextRule.dateTime.isAllowed(text) || TextRule.date.isAllowed(text) {
        #expect(Moment(written: text) != nil)
      }
    }
  }

  /// And what they allow without anything around it, the API takes too.
  @Test(arguments: SeededGenerator.seeds)
  func whatCanBeEnteredIsAllowed(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let text = RandomText.text(using: &generator)
      if let title = try? EntryRules.title(text) {
        #expect(Schema.title.violations(in: .string(title)).isEmpty)
      }
      if let project = try? EntryRules.project(text) {
        #expect(Schema.project.violations(in: .string(project)).isEmpty)
      }
      if let tag = try? EntryRules.tag(text) {
        #expect(Schema.tag.violations(in: .string(tag)).isEmpty)
      }
    }
  }

  @Test func everyScalarIsJudgedAlike() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "a\(scalar)b"
      let entered = try? EntryRules.title(text)
      #expect((entered != nil) == TextRule.line.isAllowed(text), "U+\(String(value, radix: 16))")
      let tag = try? EntryRules.tag(text)
      #expect((tag != nil) == TextRule.tag.isAllowed(text), "U+\(String(value, radix: 16))")
    }
  }
}
