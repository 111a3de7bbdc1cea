import CZstd

/// What a zstd frame says of itself before its content (RFC 8878, 3.1.1.1).
///
/// Read by hand because the library offers it only as an unstable, statically linked call, and because all of it is
/// to be known before anything is decompressed.
struct ZstdFrame {
  /// How far back the content may refer: the memory that decompressing takes.
  let window: UInt64
  /// The length of the content, if the frame tells.
  let contentSize: UInt64?

  /// Checks that the bytes start with a frame of the one kind that a bundle may be.
  init(_ bytes: [UInt8]) throws(FormatError) {
    guard !bytes.isEmpty else { throw .bundle(.empty) }
    let magic = Self.number(bytes.prefix(4))
    guard bytes.count >= 4 else {
      let known = withUnsafeBytes(of: UInt32(ZSTD_MAGICNUMBER).littleEndian) { Array($0) }
      throw .bundle(known.starts(with: bytes) ? .truncated : .notZstd)
    }
    guard magic != UInt64(ZSTD_MAGICNUMBER) else {
      (window, contentSize) = try Self.sizes(bytes)
      return
    }
    // Sixteen numbers stand for frames of anybody's data, which a decompressor silently skips.
    throw .bundle(
      magic & 0xFFFF_FFF0 == UInt64(ZSTD_MAGIC_SKIPPABLE_START) ? .skippableFrame : .notZstd)
  }

  private static func sizes(
    _ bytes: [UInt8]
  ) throws(FormatError) -> (window: UInt64, contentSize: UInt64?) {
    guard bytes.count > 4 else { throw .bundle(.truncated) }
    let descriptor = bytes[4]
    guard descriptor & 0b0000_1000 == 0 else { throw .bundle(.reservedBit) }
    guard descriptor & 0b0000_0011 == 0 else { throw .bundle(.dictionary) }
    guard descriptor & 0b0000_0100 != 0 else { throw .bundle(.noChecksum) }
    let isSingleSegment = descriptor & 0b0010_0000 != 0
    let sizeLength = [isSingleSegment ? 1 : 0, 2, 4, 8][Int(descriptor >> 6)]
    let sizeStart = isSingleSegment ? 5 : 6
    guard bytes.count >= sizeStart + sizeLength else { throw .bundle(.truncated) }
    var contentSize: UInt64?
    if sizeLength > 0 {
      // A field of two bytes counts from 256, what one byte can say.
      contentSize =
        number(bytes[sizeStart..<sizeStart + sizeLength]) &+ (sizeLength == 2 ? 256 : 0)
    }
    let window: UInt64
    if isSingleSegment {
      window = contentSize ?? 0
    } else {
      let base: UInt64 = 1 << UInt64(10 + bytes[5] >> 3)
      window = base + base / 8 * UInt64(bytes[5] & 7)
    }
    if let contentSize, contentSize > UInt64(FormatLimits.content) {
      throw .bundle(.contentTooLarge(limit: FormatLimits.content))
    }
    guard window <= UInt64(FormatLimits.window) else { throw .bundle(.windowTooLarge(window)) }
    return (window, contentSize)
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
