/// Reads what SSH puts together of numbers and strings (RFC 4251, 5).
struct WireReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func byte() -> UInt8? { rest.popFirst() }

  mutating func uint32() -> UInt32? {
    guard rest.count >= 4 else { return nil }
    let value = rest.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    rest = rest.dropFirst(4)
    return value
  }

  mutating func string() -> [UInt8]? {
    guard let count = uint32(), count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(Int(count)) }
    return Array(rest.prefix(Int(count)))
  }
}

/// Puts together what `WireReader` reads.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ value: UInt32) {
    bytes += (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }

  mutating func append(string: [UInt8]) {
    append(UInt32(string.count))
    bytes += string
  }
}
