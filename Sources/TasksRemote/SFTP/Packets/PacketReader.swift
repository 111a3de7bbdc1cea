/// Takes a packet apart.
///
/// Nothing in it is believed: a part that is longer than what is left is nil.
struct PacketReader {
  private let bytes: [UInt8]
  private(set) var position: Int

  /// Reads from behind the type and the id.
  init(_ bytes: [UInt8], from position: Int) {
    self.bytes = bytes
    self.position = position
  }

  var rest: Int { bytes.count - position }

  mutating func uint32() -> UInt32? {
    guard rest >= 4 else { return nil }
    defer { position += 4 }
    return bytes.withUnsafeBytes {
      UInt32(bigEndian: $0.loadUnaligned(fromByteOffset: position, as: UInt32.self))
    }
  }

  mutating func uint64() -> UInt64? {
    guard rest >= 8 else { return nil }
    defer { position += 8 }
    return bytes.withUnsafeBytes {
      UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }
  }

  /// The next string; its bytes are those of the packet.
  mutating func string() -> ArraySlice<UInt8>? {
    guard let count = uint32(), Int(count) <= rest else { return nil }
    defer { position += Int(count) }
    return bytes[position..<position + Int(count)]
  }

  mutating func text() -> String? {
    string().map { String(decoding: $0, as: UTF8.self) }
  }

  mutating func attributes() -> SFTPAttributes? {
    guard let flags = uint32() else { return nil }
    var attributes = SFTPAttributes()
    if flags & SFTPAttributes.hasSize != 0 {
      guard let size = uint64() else { return nil }
      attributes.size = Int(clamping: size)
    }
    if flags & SFTPAttributes.hasOwner != 0 {
      guard uint64() != nil else { return nil }
    }
    if flags & SFTPAttributes.hasMode != 0 {
      guard let mode = uint32() else { return nil }
      attributes.mode = mode
    }
    if flags & SFTPAttributes.hasTimes != 0 {
      guard uint32() != nil, let modified = uint32() else { return nil }
      attributes.modified = Int64(modified)
    }
    if flags & SFTPAttributes.hasExtended != 0 {
      guard let count = uint32(), Int(count) <= rest / 8 else { return nil }
      for _ in 0..<count {
        guard string() != nil, string() != nil else { return nil }
      }
    }
    return attributes
  }
}

/// What a server says about a file, as far as it says it.
struct SFTPAttributes: Equatable {
  var size: Int?
  var mode: UInt32?
  /// In seconds since 1970, until 2106.
  var modified: Int64?

  static let hasSize: UInt32 = 0x1
  static let hasOwner: UInt32 = 0x2
  static let hasMode: UInt32 = 0x4
  static let hasTimes: UInt32 = 0x8
  static let hasExtended: UInt32 = 0x8000_0000

  /// Whether it may be a plain file: it is, or nothing says what it is.
  var mayBePlainFile: Bool { mode.map { $0 & 0o170000 == 0o100000 } ?? true }
}
