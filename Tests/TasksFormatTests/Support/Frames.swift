import CZstd

/// zstd frames of every kind, most of which no bundle may be.
enum Frames {
  static func compress(
    _ content: [UInt8], checksum: Bool = true, windowLog: Int32 = 0, contentSize: Bool = true
  ) -> [UInt8] {
    guard let context = ZSTD_createCCtx() else { return [] }
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, checksum ? 1 : 0)
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, windowLog)
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, contentSize ? 1 : 0)
    return [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(content.count)) { room, count in
      let result = ZSTD_compress2(
        context, room.baseAddress, room.count, content, content.count)
      count = ZSTD_isError(result) == 0 ? result : 0
    }
  }

  /// A frame that says that its window is larger than it has to be.
  static func compress(_ content: [UInt8], windowOf log: Int) -> [UInt8] {
    var frame = compress(content, contentSize: false)
    frame[5] = UInt8((log - 10) << 3)
    return frame
  }

  /// A frame by hand: so many blocks of 128 KiB, each one byte repeated and four bytes long.
  static func repeating(_ byte: UInt8, blocks: Int) -> [UInt8] {
    // Magic, descriptor (checksum), window of 2 MiB; then blocks of type 1 and size 1 << 17.
    var frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x04, 0x58]
    let header = UInt32(1 << 17) << 3 | 1 << 1
    let block = [0, 8, 16].map { UInt8(truncatingIfNeeded: header >> $0) } + [byte]
    for _ in 0..<blocks { frame += block }
    return frame
  }

  static let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]

  /// The text of a bundle.
  static func content(_ lines: [String]) -> [UInt8] {
    Array(lines.map { $0 + "\n" }.joined().utf8)
  }
}
