import CZstd

/// Frames as a bundle's, packed as fast as possible.
enum Frames {
  static func pack(_ content: [UInt8]) -> [UInt8]? {
    guard let context = ZSTD_createCCtx() else { return nil }
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, -5)
    return [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(content.count)) { room, count in
      let result = ZSTD_compress2(
        context, room.baseAddress, room.count, content, content.count)
      count = ZSTD_isError(result) == 0 ? result : 0
    }
  }
}
