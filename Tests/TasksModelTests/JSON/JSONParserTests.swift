import Foundation
import TasksModel
import Testing
import TestSupport

@Suite struct JSONParserTests {
  @Test(
    arguments: [
      ("null", JSON.null), (" \t\r\n true ", true), ("false", false),
      ("0", 0), ("-1", -1), ("9223372036854775807", 9_223_372_036_854_775_807),
      ("-9223372036854775808", .integer(.min)),
      ("9223372036854775808", .number("9223372036854775808")),
      ("-9223372036854775809", .number("-9223372036854775809")),
      ("123456789012345678901234567890", .number("123456789012345678901234567890")),
      ("-0", .number("-0")), ("1.50", .number("1.50")), ("1e9", .number("1e9")),
      ("1E+2", .number("1E+2")), ("-0.0e-0", .number("-0.0e-0")),
      (#""""#, ""), (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
      (#""\u00e9é\uD83D\ude00""#, "\u{e9}é😀"), (#""\u007f""#, "\u{7f}"), ("\"\u{7f}\"", "\u{7f}"),
      (#""eight by eight, then é and more""#, "eight by eight, then é and more"),
      ("[]", []), ("[ ]", []), ("[1,[2 , 3]]", [1, [2, 3]]),
      ("{}", [:]), (#"{"b":1,"a":{"c":[]}}"#, ["b": 1, "a": ["c": []]]),
    ] as [(String, JSON)])
  func readsEveryKindOfValue(text: String, value: JSON) throws {
    #expect(try JSONParser.parse(text) == value)
  }

  @Test(
    arguments: [
      ("", JSONError.Kind.unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("tru", .unexpectedEnd, 3),
      ("True", .unexpectedByte(0x54), 0), ("nulL", .unexpectedByte(0x4C), 3),
      ("NaN", .unexpectedByte(0x4E), 0), ("'a'", .unexpectedByte(0x27), 0),
      ("\u{FEFF}1", .unexpectedByte(0xEF), 0), ("// c\n1", .unexpectedByte(0x2F), 0),
      ("01", .badNumber, 0), ("-", .badNumber, 0), ("-01", .badNumber, 0), ("1.", .badNumber, 0),
      ("1.e2", .badNumber, 0), ("1e", .badNumber, 0), ("1e+", .badNumber, 0),
      (" -x", .badNumber, 1),
      ("+1", .unexpectedByte(0x2B), 0), (".5", .unexpectedByte(0x2E), 0),
      ("1 2", .trailingContent, 2), ("{}}", .trailingContent, 2), ("0x10", .trailingContent, 1),
      ("[1,]", .unexpectedByte(0x5D), 3), ("[1 2]", .unexpectedByte(0x32), 3),
      ("[", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2), ("[1}", .unexpectedByte(0x7D), 2),
      (#"{"a":1,}"#, .unexpectedByte(0x7D), 7), (#"{a:1}"#, .unexpectedByte(0x61), 1),
      (#"{"a" 1}"#, .unexpectedByte(0x31), 5), (#"{"a":}"#, .unexpectedByte(0x7D), 5),
      (#"{"a":1"#, .unexpectedEnd, 6), (#"{"a""#, .unexpectedEnd, 4),
      (#"{"a":1,"b":2,"a":3}"#, .duplicateKey("a"), 13),
      (#"{"a":1,"\u0061":3}"#, .duplicateKey("a"), 7),
      (#""abc"#, .unexpectedEnd, 4), (#""abc\"#, .unexpectedEnd, 5), (#""\u12"#, .unexpectedEnd, 5),
      (#""\x""#, .badEscape, 1), (#""\u12g4""#, .badEscape, 1), (#""\U0041""#, .badEscape, 1),
      (#""a\u0000""#, .nullCharacter, 2), ("\"a\u{0}\"", .nullCharacter, 2),
      ("\"a\nb\"", .controlCharacter(0x0A), 2),
      ("\"long enough\u{1f}\"", .controlCharacter(0x1F), 12),
      (#""\ud800""#, .loneSurrogate, 1), (#""\ud800\n""#, .loneSurrogate, 1),
      (#""\ud800\ud800""#, .loneSurrogate, 1), (#""x\udc00""#, .loneSurrogate, 2),
    ] as [(String, JSONError.Kind, Int)])
  func refusesWhatIsNoStrictJSON(text: String, kind: JSONError.Kind, offset: Int) {
    #expect(throws: JSONError(kind, at: offset)) { try JSONParser.parse(text) }
  }

  @Test(
    arguments: [
      ([0xFF], 1), ([0x61, 0xC3], 2), ([0xC0, 0x80], 1), ([0xED, 0xA0, 0x80], 1),
      ([0xF4, 0x90, 0x80, 0x80], 1), ([0xC3, 0xA9, 0x80], 3), ([0x5C, 0x6E, 0xE2, 0x82], 3),
      ([0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x80], 10),
    ] as [([UInt8], Int)])
  func refusesInvalidUTF8(content: [UInt8], offset: Int) {
    #expect(throws: JSONError(.invalidUTF8, at: offset)) {
      try JSONParser.parse([0x22] + content + [0x22])
    }
  }

  @Test func nestingUpToTheLimitIsRead() throws {
    let limits = JSONLimits(maximumDepth: 3)
    #expect(throws: Never.self) { try JSONParser.parse(#"[{"a":[]}]"#, limits: limits) }
    #expect(throws: JSONError(.tooDeep(limit: 3), at: 7)) {
      try JSONParser.parse(#"[{"a":[[]]}]"#, limits: limits)
    }
    #expect(throws: JSONError(.tooDeep(limit: 32), at: 32)) {
      try JSONParser.parse(String(repeating: "[", count: 1_000_000))
    }
    #expect(JSONLimits(maximumDepth: .max).maximumDepth == JSONLimits.deepest)
  }

  @Test func moreBytesThanTheLimitAreRefused() {
    #expect(throws: JSONError(.tooLarge(limit: 3), at: 0)) {
      try JSONParser.parse("[12]", limits: JSONLimits(maximumBytes: 3))
    }
  }

  @Test func keysAndStringsAreEqualByBytesOnly() throws {
    let object = try JSONParser.parse("{\"\u{e9}\":1,\"e\u{301}\":2}")
    #expect(object["\u{e9}"] == 1)
    #expect(object["e\u{301}"] == 2)
    #expect(JSON.string("\u{e9}") != JSON.string("e\u{301}"))
    #expect(Set([JSON.string("\u{e9}"), JSON.string("e\u{301}")]).count == 2)
    #expect(JSON.object([.init("\u{e9}", 1)]) != JSON.object([.init("e\u{301}", 1)]))
  }

  @Test func aHugeObjectIsReadAndItsLastDuplicateFound() throws {
    let count = 50_000
    let keys = (0..<count).map { "\"k\($0)\":0" }.joined(separator: ",")
    #expect(try JSONParser.parse("{\(keys)}").objectValue?.count == count)
    #expect(throws: JSONError(.duplicateKey("k0"), at: keys.utf8.count + 2)) {
      try JSONParser.parse("{\(keys),\"k0\":0}")
    }
  }

  @Test func aPartIsReadWithOffsetsOfTheWhole() {
    let bytes = Array("[1] x".utf8)
    #expect(throws: Never.self) { try JSONParser.parse(bytes, in: 0..<3) }
    #expect(throws: JSONError(.unexpectedByte(0x78), at: 4)) {
      try JSONParser.parse(bytes, in: 3..<5)
    }
    #expect(throws: JSONError(.unexpectedEnd, at: 2)) { try JSONParser.parse(bytes, in: 0..<2) }
  }

  @Test func anErrorNamesLineAndColumn() {
    let position = JSONError(.badNumber, at: 6).position(in: Array("{\n\n  é".utf8))
    #expect(position.line == 3)
    #expect(position.column == 4)
  }

  @Test(arguments: SeededGenerator.seeds)
  func damagedJSONIsRefusedOrIsStillJSON(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      var bytes = JSONWriter.bytes(RandomJSON.value(depth: 3, using: &generator))
      for _ in 0...Int.random(in: 0...2, using: &generator) {
        let index = Int.random(in: 0..<max(bytes.count, 1), using: &generator)
        let byte =
          Array(#"{}[]",:\u0-e.nt"#.utf8).randomElement(using: &generator)
          ?? UInt8.random(in: 0...255, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes.insert(byte, at: min(index, bytes.count))
        case 1 where index < bytes.count: bytes.remove(at: index)
        case 2 where index < bytes.count: bytes[index] = byte
        default: bytes.removeLast(min(bytes.count, Int.random(in: 0...8, using: &generator)))
        }
      }
      guard let value = try? JSONParser.parse(bytes) else { continue }
      #expect(try JSONParser.parse(JSONWriter.bytes(value)) == value)
      // Foundation cannot hold 1E400; all else that we accept it must accept.
      guard !String(decoding: bytes, as: UTF8.self).lowercased().contains("e") else { continue }
      #expect(throws: Never.self, "\(String(decoding: bytes, as: UTF8.self))") {
        try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      }
    }
  }
}
