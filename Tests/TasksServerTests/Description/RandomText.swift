import TasksModel
import TestSupport

@testable import TasksServer

/// Texts that stand near the edges of the rules.
enum RandomText {
  private static let pieces = [
    "a", "none", "NONE", "No", "ne", "+", "-", ",", " ", "\t", "\n", "\r", "\u{b}", "\u{1c}",
    "\u{1f}",
    "\u{85}", "\u{a0}", "\u{1680}", "\u{180e}", "\u{2000}", "\u{200a}", "\u{200b}", "\u{2028}",
    "\u{2029}", "\u{202f}", "\u{205f}", "\u{3000}", "\u{feff}", "\0", "é", "e\u{301}", "😀", "\"",
    "*", "W/", "\"abc\"", "due", "priority", "-due", "_", "=", "٣", "ſ", "ı", "K",
    "2025-11-21", "2024-02-29", "2023-02-29", "2000-02-29", "1900-02-29", "0000", "9999-12-31",
    "T12:34:56", "T23:59:60", "T24:00:00", ".5", ".1234567890", "Z", "+01:00", "-23:59", "+24:00",
    "6f2a1c9e-0b57-4d3a-9c41-2a5d8e7f1b60", "6F2A1C9E-0B57-4d3a-9c41-2a5d8e7f1b6",
    "3f2a9c1e7b00aa11",
  ]
  private static let usual = [
    "Water the plants", "home.garden", "garden", "2025-11-21T12:34:56Z",
    "2024-02-29T12:34:56.5+01:00", "9999-12-31T23:59:59Z", "0000-01-01T00:00:00+00:01",
    "due,-priority", "\"a\", W/\"b\"", "6f2a1c9e-0b57-4d3a-9c41-2a5d8e7f1b60", "2025-02-28",
  ]

  static func text(using generator: inout SeededGenerator) -> String {
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: return RandomJSON.string(using: &generator)
    case 1: return date(using: &generator)
    case 2: return date(using: &generator) + "T12:34:56Z"
    case 3, 4:
      // A usual one with something in it that does not belong there, or does.
      var scalars = Array((usual.randomElement(using: &generator) ?? "").unicodeScalars)
      let place = Int.random(in: 0...scalars.count, using: &generator)
      if place < scalars.count, Bool.random(using: &generator) { scalars.remove(at: place) }
      let piece = pieces.randomElement(using: &generator) ?? ""
      if Bool.random(using: &generator) {
        scalars.insert(contentsOf: piece.unicodeScalars, at: place)
      }
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      return String(text)
    default:
      return (0..<Int.random(in: 0...4, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }.joined()
    }
  }

  private static func date(using generator: inout SeededGenerator) -> String {
    func digits(_ range: ClosedRange<Int>, _ width: Int) -> String {
      let text = String(Int.random(in: range, using: &generator))
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let isFebruary = Bool.random(using: &generator)
    return digits(0...9999, 4) + "-" + (isFebruary ? "02" : digits(0...13, 2)) + "-"
      + (isFebruary ? digits(27...30, 2) : digits(0...32, 2))
  }
}
