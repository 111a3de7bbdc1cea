/// Puts a packet together: a length, a type, and parts in network byte order.
struct PacketWriter {
  private var bytes: [UInt8]

  init(type: UInt8, room: Int = 64) {
    bytes = []
    bytes.reserveCapacity(room)
    bytes.append(contentsOf: [0, 0, 0, 0, type])
  }

  mutating func append(_ value: UInt32) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ value: UInt64) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ text: String) {
    append(UInt32(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  mutating func append(_ string: some RandomAccessCollection<UInt8>) {
    append(UInt32(string.count))
    bytes.append(contentsOf: string)
  }

  /// The packet, its length filled in.
  consuming func finished() -> [UInt8] {
    let length = UInt32(bytes.count - 4)
    for index in 0..<4 { bytes[index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * index)) }
    return bytes
  }
}
