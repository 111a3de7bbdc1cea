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
