/// Lowercase hexadecimal digits, the only kind we write.
package enum Hexadecimal {
  /// The value of a digit in either case.
  package static func value(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// Whether a byte is a digit as we write them.
  package static func isLowercase(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || byte &- UInt8(ascii: "a") < 6
  }

  /// Whether a text is so many digits as we write them, and nothing else.
  package static func isLowercase(_ text: String, count: Int) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard bytes.count == count else { return false }
      for byte in bytes where !isLowercase(byte) { return false }
      return true
    }
  }

  /// The sixteen digits of a number, leading zeros included.
  package static func digits(of number: UInt64) -> [UInt8] {
    (0..<16).map { position in
      let digit = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * position)) & 0xf
      return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
  }

  package static func text(of number: UInt64) -> String {
    String(decoding: digits(of: number), as: UTF8.self)
  }
}
