import CZstd

/// Compresses a whole bundle at once; its content is never large.
enum Compressor {
  /// On lines of changes level 9 takes five times as long for not a byte less, and 19 fifty times for an eighth.
  private static let level: Int32 = 3

  /// Returns one frame with its content's length and a checksum.
  static func compress(_ content: [UInt8]) throws(FormatError) -> [UInt8] {
    guard let context = ZSTD_createCCtx() else { throw .noMemory }
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    var result = 0
    let frame = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(content.count)) {
      buffer, count in
      result = ZSTD_compress2(
        context, buffer.baseAddress, buffer.count, content, content.count)
      count = ZSTD_isError(result) == 0 ? result : 0
    }
    // The room is always enough, so memory is all that can be missing.
    guard ZSTD_isError(result) == 0 else { throw .noMemory }
    guard frame.count <= FormatLimits.bundle else {
      throw .bundle(.tooLarge(limit: FormatLimits.bundle))
    }
    return frame
  }
}

/// Decompresses one frame, piece by piece, in memory that depends only on the frame's window.
final class Decompressor {
  private let context: OpaquePointer
  private let input: [UInt8]
  private var position = 0
  private var produced = 0
  private(set) var isAtEnd = false

  /// Checks what the frame says of itself.
  init(_ input: [UInt8]) throws(FormatError) {
    _ = try ZstdFrame(input)
    guard let context = ZSTD_createDCtx() else { throw .noMemory }
    self.context = context
    self.input = input
    let log = Int32(UInt64(FormatLimits.window).trailingZeroBitCount)
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, log)
  }

  deinit { ZSTD_freeDCtx(context) }

  /// Fills room with what comes next and returns how much that was; at the end of the frame `isAtEnd` is true.
  func read(into room: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
    guard !isAtEnd else { return 0 }
    // One byte over the limit is enough to know.
    let capacity = min(room.count, FormatLimits.content - produced + 1)
    var output = ZSTD_outBuffer(dst: room.baseAddress, size: capacity, pos: 0)
    let context = context
    let position = position
    let (result, reached) = input.withUnsafeBytes { bytes in
      var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: position)
      let result = ZSTD_decompressStream(context, &output, &input)
      return (result, input.pos)
    }
    guard ZSTD_isError(result) == 0 else {
      if ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation { throw .noMemory }
      throw .bundle(.corrupt(String(cString: ZSTD_getErrorName(result)), offset: reached))
    }
    self.position = reached
    produced += output.pos
    guard produced <= FormatLimits.content else {
      throw .bundle(.contentTooLarge(limit: FormatLimits.content))
    }
    isAtEnd = result == 0
    if isAtEnd {
      guard reached == input.count else { throw .bundle(.trailingBytes(offset: reached)) }
    } else if output.pos < capacity, reached == input.count {
      throw .bundle(.truncated)
    }
    return output.pos
  }
}
