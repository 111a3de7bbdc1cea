/// A change's name everywhere: the SHA-256 of its line, as 64 lowercase hexadecimal digits.
///
/// Kept as the four numbers that the digits stand for, whose order is that of the digits.
package struct ChangeID: Hashable, Sendable {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// Takes 64 lowercase hexadecimal digits; nil if the text is anything else.
  package init?(_ text: String) {
    var text = text
    let words: (UInt64, UInt64, UInt64, UInt64)? = text.withUTF8 { digits in
      guard digits.count == 64, let first = Hexadecimal.number(digits[0..<16]),
        let second = Hexadecimal.number(digits[16..<32]),
        let third = Hexadecimal.number(digits[32..<48]),
        let fourth = Hexadecimal.number(digits[48..<64])
      else { return nil }
      return (first, second, third, fourth)
    }
    guard let words else { return nil }
    self.words = words
  }

  /// Takes the hash as four numbers, the first digits first.
  package init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  /// Takes text that was checked when it was stored.
  ///
  /// Should the store have been tampered with, what is no id becomes one that no change has.
  package init(trusted text: String) {
    self = ChangeID(text) ?? ChangeID(words: (0, 0, 0, 0))
  }

  package var text: String {
    String(unsafeUninitializedCapacity: 64) { digits in
      Hexadecimal.write(words.0, to: digits, at: 0)
      Hexadecimal.write(words.1, to: digits, at: 16)
      Hexadecimal.write(words.2, to: digits, at: 32)
      Hexadecimal.write(words.3, to: digits, at: 48)
      return 64
    }
  }

  /// What the first sixteen digits stand for: operations are named by them.
  package var prefix: UInt64 { words.0 }

  /// The first sixteen digits.
  package var short: String { Hexadecimal.text(of: words.0) }

  package static func == (lhs: Self, rhs: Self) -> Bool { lhs.words == rhs.words }
  package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension ChangeID: Comparable {
  package static func < (lhs: Self, rhs: Self) -> Bool { lhs.words < rhs.words }
}
