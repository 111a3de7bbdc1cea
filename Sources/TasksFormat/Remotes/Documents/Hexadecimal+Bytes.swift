import TasksModel

extension Hexadecimal {
  /// The bytes that pairs of lowercase digits stand for; nil if the text is anything else.
  static func bytes(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count % 2 == 0, digits.allSatisfy(isLowercase) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { place in
      (value(of: digits[place]) ?? 0) << 4 | (value(of: digits[place + 1]) ?? 0)
    }
  }

  /// Two lowercase digits for each byte.
  static func text(of bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
  }
}
