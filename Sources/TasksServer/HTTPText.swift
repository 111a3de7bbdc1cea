/// Base 64 with the alphabet for addresses and without padding (RFC 4648, section 5).
enum Base64URL {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  static func text(of bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var rest: UInt32 = 0
    var count = 0
    for byte in bytes {
      rest = rest << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        text.append(digits[Int(rest >> UInt32(count) & 63)])
      }
    }
    if count > 0 { text.append(digits[Int(rest << UInt32(6 - count) & 63)]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Nil if it is no such text.
  static func bytes(of text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest: UInt32 = 0
    var count = 0
    for digit in text.utf8 {
      guard let value = digits.firstIndex(of: digit) else { return nil }
      rest = rest << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: rest >> UInt32(count)))
      }
    }
    return bytes
  }
}

/// Text as it stands in an address (RFC 3986, section 2.1).
enum PercentEncoding {
  static func text(_ text: String) -> String {
    var encoded: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        encoded.append(byte)
      default:
        let digits = Array("0123456789ABCDEF".utf8)
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
