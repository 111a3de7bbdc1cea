import TasksModel
import TasksStore
import TestSupport
import Testing

@testable import TasksServer

/// Where a page begins, as text.
@Suite struct CursorTests {
  private let order = [SortKey(.due), SortKey(.title, descending: true)]

  @Test func aPlaceComesBackAsItWas() throws {
    let place = PagePlace(values: [.null, .text("é\u{7f}\"")], key: 42)
    #expect(Cursor.place(Cursor.text(place, of: order), of: order) == place)
    let numbers = PagePlace(values: [.integer(.max)], key: 1)
    let one = [SortKey(.updated)]
    #expect(Cursor.place(Cursor.text(numbers, of: one), of: one) == numbers)
  }

  @Test func aPlaceOfAnotherOrderIsNone() {
    let text = Cursor.text(PagePlace(values: [.null, .null], key: 1), of: order)
    #expect(Cursor.place(text, of: []) == nil)
    #expect(Cursor.place(text, of: [SortKey(.due), SortKey(.title)]) == nil)
  }

  @Test(arguments: ["", "a", "!!!!", "bnVsbA", "W10", "eyJrZXkiOjF9"])
  func whatIsNoneIsNone(text: String) { #expect(Cursor.place(text, of: []) == nil) }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func bytesComeBack(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<Int(seed)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    let text = Base64URL.text(of: bytes)
    #expect(Base64URL.bytes(of: text) == bytes)
    #expect(text.utf8.allSatisfy { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "+") })
  }

  @Test func addressesAreASCII() {
    #expect(PercentEncoding.text("a b/ä&=~") == "a%20b%2F%C3%A4%26%3D~")
  }
}
