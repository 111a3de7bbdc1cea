import TasksModel
import Testing
import TestSupport

@Suite struct JSONElementsTests {
  /// Each element as its line and text; one that cannot be parsed as `!` and what it is, a fault as `!`.
  private func outline(_ text: String) -> [String] {
    let elements = JSONElements(Array(text.utf8))
    return elements.map { element in
      let source = String(decoding: elements.bytes[element.range], as: UTF8.self)
      let isBad = (try? elements.value(of: element)) == nil
      return "\(element.line)\(isBad ? "!" : " ")\(source)"
    }
  }

  @Test(
    arguments: [
      ("", []), (" \n", []), ("[]", []), (" [ ] \n", []), ("\u{FEFF}[{}]", ["1 {}"]),
      (#"[{"a":1},{"b":[{}]}]"#, [#"1 {"a":1}"#, #"1 {"b":[{}]}"#]),
      ("[\n{\"a\":\n1},\n\n{\"b\":2}\n]\n", ["2 {\"a\":\n1}", #"5 {"b":2}"#]),
      (#"[{"a":"},{\"]"},2]"#, [#"1 {"a":"},{\"]"}"#, "1 2"]),
      ("{\"a\":1}\n{\"b\":2}\n", [#"1 {"a":1}"#, #"2 {"b":2}"#]),
      ("\u{FEFF}\n{\"a\":1}\r\n\r\n  {\"b\":2}  \r\n{}", [#"2 {"a":1}"#, #"4 {"b":2}"#, "5 {}"]),
    ] as [(String, [String])])
  func elementsAreFound(text: String, expected: [String]) {
    #expect(outline(text) == expected)
  }

  @Test func aBadLineIsSkipped() {
    #expect(outline("{\"a\":1}\n{\"b\":\n{}}\n7") == [#"1 {"a":1}"#, #"2!{"b":"#, "3!{}}", "4 7"])
  }

  @Test(
    arguments: [
      // A quote missing, on one line and over lines.
      (#"[{"a":"x},{"b":1},{"c":2}]"#, [#"1!{"a":"x}"#, #"1 {"b":1}"#, #"1 {"c":2}"#]),
      ("[\n{\"a\":\"x},\n{\"b\":1}\n]", [#"2!{"a":"x}"#, #"3 {"b":1}"#]),
      // A quote too many.
      (#"[{"a":"say "hi" now"},{"b":1}]"#, [#"1!{"a":"say "hi" now"}"#, #"1 {"b":1}"#]),
      // A raw line feed in a string.
      ("[{\"a\":\"x\ny\"},{\"b\":1}]", ["1!{\"a\":\"x\ny\"}", #"2 {"b":1}"#]),
      // A bracket missing.
      (#"[{"a":1, {"b":2}, {"c":3}]"#, [#"1!{"a":1, "#, #"1 {"b":2}"#, #"1 {"c":3}"#]),
      (#"[{"a":[1,2},{"b":2}]"#, [#"1!{"a":[1,2}"#, #"1 {"b":2}"#]),
      (#"[{"a":[{"x":1],"y":2},{"b":2}]"#, [#"1!{"a":[{"x":1],"y":2}"#, #"1 {"b":2}"#]),
      ("[\n{\"a\":[{}},\n{\"b\":2}\n]", ["2!{\"a\":[{}}", #"3 {"b":2}"#]),
      (
        "[\n{\"a\":[{},\n{\"b\":2},\n{\"c\":3}\n]",
        [
          "2!{\"a\":[{},\n", #"3 {"b":2}"#, #"4 {"c":3}"#,
        ]
      ),
      // Cut off in the middle of a line.
      (
        "[\n{\"a\":1,\"d\":\"te\n{\"b\":2},\n{\"c\":3}\n]",
        [
          "2!{\"a\":1,\"d\":\"te\n", #"3 {"b":2}"#,
          #"4 {"c":3}"#,
        ]
      ),
      // A bracket too many.
      (#"[{"a":1]},{"b":2}]"#, [#"1!{"a":1]}"#, #"1 {"b":2}"#]),
      (#"[{"a":1}},{"b":2}]"#, [#"1 {"a":1}"#, "1!}", #"1 {"b":2}"#]),
      // Words of no meaning.
      (#"[x y,{"b":2}]"#, ["1!x y", #"1 {"b":2}"#]),
      // Between elements.
      (#"[{"a":1} {"b":2}]"#, [#"1 {"a":1}"#, "1!", #"1 {"b":2}"#]),
      (#"[,{"b":2},,3,]"#, ["1!", #"1 {"b":2}"#, "1!", "1 3", "1!"]),
      ("[1] x", ["1 1", "1!", "1!x"]), ("[1", ["1 1", "1!"]), ("[{\"a\":", [#"1!{"a":"#]),
      ("[", ["1!"]),
      (#"[{"a":1]"#, [#"1!{"a":1"#]),
    ] as [(String, [String])])
  func aBrokenElementDoesNotTakeTheNextWithIt(text: String, expected: [String]) {
    #expect(outline(text) == expected)
  }

  @Test(arguments: SeededGenerator.seeds)
  func everyElementOfAnIntactFileIsFoundExactly(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for style in [JSONWriter.Style.compact, .pretty] {
      let values = (0..<40).map { _ in RandomJSON.value(depth: 4, using: &generator) }
      let array = JSONElements(JSONWriter.bytes(.array(values), style: style))
      #expect(try array.map { try array.value(of: $0) } == values)
    }
    let values = (0..<40).map { _ in RandomJSON.value(depth: 4, using: &generator) }
    let objects = values.map { JSON.object([.init("value", $0)]) }
    let lines = JSONElements(Array(objects.map { JSONWriter.bytes($0) }.joined(separator: [0x0A])))
    #expect(try lines.map { try lines.value(of: $0) } == objects)
    #expect(lines.map(\.line) == Array(1...40))
  }

  @Test(arguments: SeededGenerator.fixedSeeds)
  func damageCostsFewElementsAndNeverTheProgram(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      let objects = (0..<10).map { _ in
        JSON.object([.init("value", RandomJSON.value(depth: 2, using: &generator))])
      }
      var bytes = Array("[\n".utf8)
      bytes += objects.map { JSONWriter.bytes($0) }.joined(separator: Array(",\n".utf8))
      bytes += Array("\n]\n".utf8)
      let index = Int.random(in: 2..<(bytes.count - 4), using: &generator)
      if Bool.random(using: &generator) {
        bytes.remove(at: index)
      } else if bytes[index] != 0x0A {
        bytes[index] = Array(#"{}[]",:\ x"#.utf8).randomElement(using: &generator) ?? 0
      }
      let elements = JSONElements(bytes)
      let found = elements.compactMap { try? elements.value(of: $0) }
      // Commas stand between lines: damage to one element or to what ends it costs two at most.
      let kept = objects.filter { found.contains($0) }
      #expect(kept.count >= 8, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }
}
