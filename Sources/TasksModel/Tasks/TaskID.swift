/// A task's name everywhere: a UUID in lowercase, the same on every device.
///
/// Kept as the two numbers that the digits stand for, whose order is that of the digits.
package struct TaskID: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Where the hyphens of a UUID are: `8-4-4-4-12` digits.
  private static func isHyphen(_ index: Int) -> Bool {
    index == 8 || index == 13 || index == 18 || index == 23
  }

  /// Reads a UUID in either case; nil if it is none.
  package init?(_ text: String) { self.init(text, inEitherCase: true) }

  /// Reads a UUID as files have it, in lowercase: one task has one name.
  package init?(canonical text: String) { self.init(text, inEitherCase: false) }

  private init?(_ text: String, inEitherCase: Bool) {
    var text = text
    let id: TaskID? = text.withUTF8 { bytes in
      guard bytes.count == 36 else { return nil }
      var high: UInt64 = 0
      var low: UInt64 = 0
      for (index, byte) in bytes.enumerated() {
        if TaskID.isHyphen(index) {
          guard byte == UInt8(ascii: "-") else { return nil }
          continue
        }
        guard inEitherCase || Hexadecimal.isLowercase(byte),
          let digit = Hexadecimal.value(of: byte)
        else { return nil }
        // There are sixteen digits before the third hyphen.
        if index < 18 { high = high << 4 | UInt64(digit) } else { low = low << 4 | UInt64(digit) }
      }
      return TaskID(high: high, low: low)
    }
    guard let id else { return nil }
    self = id
  }

  /// Takes text from the store, which was checked when it was written.
  ///
  /// Should the store have been tampered with, what is no id becomes one that no task has.
  package init(stored text: String) {
    self = TaskID(canonical: text) ?? TaskID(high: 0, low: 0)
  }

  /// Returns a new random (version 4) UUID.
  ///
  /// Random and not ordered by time, because people name tasks by the first few digits.
  package static func random() -> TaskID {
    var generator = SystemRandomNumberGenerator()
    return TaskID(
      high: generator.next() & 0xffff_ffff_ffff_0fff | 0x4000,
      low: generator.next() & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000)
  }

  /// 36 characters, `8-4-4-4-12` lowercase hexadecimal digits.
  package var text: String {
    String(unsafeUninitializedCapacity: 36) { characters in
      var words = (high, low)
      for index in 0..<36 {
        if TaskID.isHyphen(index) {
          characters[index] = UInt8(ascii: "-")
          continue
        }
        let digit: UInt8
        if index < 18 {
          words.0 = words.0 << 4 | words.0 >> 60
          digit = UInt8(truncatingIfNeeded: words.0 & 0xf)
        } else {
          words.1 = words.1 << 4 | words.1 >> 60
          digit = UInt8(truncatingIfNeeded: words.1 & 0xf)
        }
        characters[index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
      }
      return 36
    }
  }

  /// The first eight digits: what people are shown.
  package var short: String { String(text.prefix(8)) }
}

extension TaskID: Comparable {
  package static func < (lhs: Self, rhs: Self) -> Bool {
    (lhs.high, lhs.low) < (rhs.high, rhs.low)
  }
}
