import TasksModel

/// Sixteen bytes that name something, written as 32 lowercase hexadecimal digits: a remote, a data key.
package struct HexID: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  /// Takes 32 lowercase hexadecimal digits; nil if the text is anything else.
  package init?(_ text: String) {
    var text = text
    let words: (UInt64, UInt64)? = text.withUTF8 { digits in
      guard digits.count == 32, let high = Hexadecimal.number(digits[0..<16]),
        let low = Hexadecimal.number(digits[16..<32])
      else { return nil }
      return (high, low)
    }
    guard let words else { return nil }
    (high, low) = words
  }

  /// Takes sixteen bytes; nil if there are fewer or more.
  init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.size else { return nil }
    high = UInt64(bigEndian: bytes.prefix(8))
    low = UInt64(bigEndian: bytes.dropFirst(8))
  }

  /// Takes what follows from a secret and is none.
  init(revealing secret: SecretBytes) {
    let bytes = secret.revealed
    self.init(
      high: UInt64(bigEndian: bytes.prefix(8)), low: UInt64(bigEndian: bytes.dropFirst(8).prefix(8))
    )
  }

  private init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  static let size = 16

  package static func random() -> HexID {
    var generator = SystemRandomNumberGenerator()
    return HexID(high: generator.next(), low: generator.next())
  }

  package var text: String { Hexadecimal.text(of: high) + Hexadecimal.text(of: low) }

  var bytes: [UInt8] { high.bigEndianBytes + low.bigEndianBytes }
}

extension UInt64 {
  /// The number that up to eight bytes stand for, the first of them counting most.
  init(bigEndian bytes: some Collection<UInt8>) {
    self = bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}
