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

  /// A cursor has a bound, and what other devices call a task has none.
  @Test func aLongTitleIsLookedUp() {
    let place = PagePlace(values: [.null, .text(String(repeating: "長い", count: 5000))], key: 42)
    let text = Cursor.text(place, of: order)
    #expect(text.utf8.count < 2000)
    #expect(Cursor.place(text, of: order) == PagePlace(values: nil, key: 42))
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
