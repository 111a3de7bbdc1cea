import TasksModel
import Testing
import TestSupport

@Suite struct JSONWriterTests {
  private func text(_ value: JSON, _ style: JSONWriter.Style) -> String {
    String(decoding: JSONWriter.bytes(value, style: style), as: UTF8.self)
  }

  @Test(arguments: SeededGenerator.seeds, [JSONWriter.Style.compact, .canonical, .pretty])
  func whatIsWrittenIsReadAgain(seed: UInt64, style: JSONWriter.Style) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let value = RandomJSON.value(depth: 4, using: &generator)
      let bytes = JSONWriter.bytes(value, style: style)
      let read = try JSONParser.parse(bytes)
      if style == .canonical {
        #expect(JSONWriter.bytes(read) == bytes)
      } else {
        #expect(read == value)
      }
    }
  }

  @Test func theCanonicalFormSortsKeysByBytes() {
    // U+FF5E sorts before U+1F600 by bytes and by scalars, but after it by UTF-16; "é" after "z".
    let value: JSON = ["z": 1, "é": [["b": 1, "a": 2]], "😀": 3, "～": 4, "": 5, "a": 6, "A": 7]
    #expect(
      text(value, .canonical) == #"{"":5,"A":7,"a":6,"z":1,"é":[{"a":2,"b":1}],"～":4,"😀":3}"#)
  }

  @Test func onlyWhatMustBeIsEscaped() {
    let value: JSON = "\"\\/\u{8}\t\n\u{c}\r\u{1}\u{1f}\u{7f}\u{85}\u{2028}é😀"
    #expect(
      text(value, .canonical) == #""\"\\/\b\t\n\f\r\u0001\u001f"# + "\u{7f}\u{85}\u{2028}é😀\"")
  }

  @Test func thePrettyFormIndentsByTwo() {
    let value: JSON = ["a": [1, [], [:]], "b": ["c": nil]]
    #expect(
      text(value, .pretty) == """
        {
          "a": [
            1,
            [],
            {}
          ],
          "b": {
            "c": null
          }
        }
        """)
  }

  @Test(arguments: [0, 7, 10, 99, 100, -1, -10, .max, .min] as [Int64])
  func integersAreWritten(value: Int64) {
    #expect(text(.integer(value), .compact) == "\(value)")
  }
}
