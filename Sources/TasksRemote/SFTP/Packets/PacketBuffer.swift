/// Bytes as they come, cut into packets.
struct PacketBuffer {
  struct BadLength: Error {
    let length: UInt32
  }

  /// What came and is not a whole packet yet is here; whoever reads appends to it.
  var bytes: [UInt8] = []
  private var start = 0
  /// OpenSSH sends and takes no longer ones (SFTP_MAX_MSG_LENGTH).
  static let longest: UInt32 = 256 << 10

  /// The next packet without its length; nil if it has not arrived whole.
  ///
  /// The length is looked at before anything is waited for or kept: a type and an id are the least.
  mutating func next() throws(BadLength) -> [UInt8]? {
    let rest = bytes.count - start
    guard rest >= 4 else {
      compact()
      return nil
    }
    let length = bytes.withUnsafeBytes {
      UInt32(bigEndian: $0.loadUnaligned(fromByteOffset: start, as: UInt32.self))
    }
    guard (5...Self.longest).contains(length) else { throw BadLength(length: length) }
    guard rest - 4 >= Int(length) else {
      compact()
      return nil
    }
    let packet = Array(bytes[start + 4..<start + 4 + Int(length)])
    start += 4 + Int(length)
    return packet
  }

  /// The start of what is there, to tell somebody what it looks like.
  var beginning: [UInt8] { Array(bytes[start...].prefix(64)) }

  private mutating func compact() {
    if start == bytes.count {
      bytes.removeAll(keepingCapacity: true)
    } else if start > 0 {
      bytes.removeFirst(start)
    }
    start = 0
  }
}
