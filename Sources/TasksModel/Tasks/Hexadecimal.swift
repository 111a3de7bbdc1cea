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

  /// The number that sixteen digits as we write them stand for; nil if a byte is none.
  package static func number(_ digits: some Collection<UInt8>) -> UInt64? {
    var number: UInt64 = 0
    for byte in digits {
      guard isLowercase(byte) else { return nil }
      let digit =
        byte < UInt8(ascii: "a") ? byte - UInt8(ascii: "0") : byte - UInt8(ascii: "a") + 10
      number = number << 4 | UInt64(digit)
    }
    return number
  }

  /// Writes the sixteen digits of a number, leading zeros included, to a buffer from a place on.
  package static func write(
    _ number: UInt64, to digits: UnsafeMutableBufferPointer<UInt8>, at start: Int
  ) {
    var rest = number
    for position in start..<(start + 16) {
      rest = rest << 4 | rest >> 60
      let digit = UInt8(truncatingIfNeeded: rest & 0xf)
      digits[position] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
  }

  /// The sixteen digits of a number, leading zeros included.
  package static func text(of number: UInt64) -> String {
    String(unsafeUninitializedCapacity: 16) { digits in
      write(number, to: digits, at: 0)
      return 16
    }
  }
}
