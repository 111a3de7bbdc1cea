import CSodium

/// A bundle's bytes in pieces that only those with the key can read or make (libsodium's secretstream).
///
/// ```
/// header (80) | the stream's own random header (24) | piece | piece | … | last piece
/// ```
///
/// Each piece is 64 KiB of the bundle, the last one the rest, and 17 bytes more. The stream finds pieces that were
/// changed, left out, repeated or swapped; the last one is marked as such, and everything before the first
/// piece belongs to what each of them authenticates.
enum SealedBundle {
  private static let streamHeader = crypto_secretstream_xchacha20poly1305_headerbytes()
  /// What a piece is longer than what it holds.
  private static let overhead = crypto_secretstream_xchacha20poly1305_abytes()
  private static let clearSize = SealedHeader.size + streamHeader
  private static let sealedPiece = RemoteLimits.piece + overhead

  /// How large a bundle may be whose sealed file has at most so many bytes.
  static func plainSize(ofFile size: Int) -> Int {
    let sealed = max(size - clearSize, 0)
    return sealed / sealedPiece * RemoteLimits.piece + max(sealed % sealedPiece - overhead, 0)
  }

  /// Seals a bundle that is not empty.
  static func seal(_ bundle: [UInt8], header: SealedHeader, key: SecretBytes) -> [UInt8] {
    Sodium.prepare()
    var state = crypto_secretstream_xchacha20poly1305_state()
    defer { sodium_memzero(&state, MemoryLayout.size(ofValue: state)) }
    var stream = [UInt8](repeating: 0, count: streamHeader)
    key.withBytes { _ = crypto_secretstream_xchacha20poly1305_init_push(&state, &stream, $0) }
    let clear = header.bytes + stream
    var file = clear
    file.reserveCapacity(clear.count + bundle.count + overhead * (bundle.count >> 16 + 1))
    var sealed = [UInt8](repeating: 0, count: sealedPiece)
    for start in stride(from: 0, to: bundle.count, by: RemoteLimits.piece) {
      let end = min(start + RemoteLimits.piece, bundle.count)
      let tag =
        end == bundle.count
        ? crypto_secretstream_xchacha20poly1305_tag_final()
        : crypto_secretstream_xchacha20poly1305_tag_message()
      let piece = Array(bundle[start..<end])
      _ = crypto_secretstream_xchacha20poly1305_push(
        &state, &sealed, nil, piece, UInt64(piece.count), clear, UInt64(clear.count), tag)
      file += sealed.prefix(piece.count + overhead)
    }
    return file
  }

  /// Gives back the bundle of a file whose header was checked.
  static func open(_ file: [UInt8], key: SecretBytes) throws(RemoteFormatError) -> [UInt8] {
    guard file.count > clearSize + overhead else { throw .sealed(.cutOff) }
    Sodium.prepare()
    var state = crypto_secretstream_xchacha20poly1305_state()
    defer { sodium_memzero(&state, MemoryLayout.size(ofValue: state)) }
    let clear = Array(file[..<clearSize])
    let stream = Array(clear[SealedHeader.size...])
    key.withBytes { _ = crypto_secretstream_xchacha20poly1305_init_pull(&state, stream, $0) }
    var bundle: [UInt8] = []
    bundle.reserveCapacity(file.count)
    var plain = [UInt8](repeating: 0, count: RemoteLimits.piece)
    for (number, start) in stride(from: clearSize, to: file.count, by: sealedPiece).enumerated() {
      let end = min(start + sealedPiece, file.count)
      guard end - start > overhead else { throw .sealed(.cutOff) }
      var tag: UInt8 = 0
      let piece = Array(file[start..<end])
      let result = crypto_secretstream_xchacha20poly1305_pull(
        &state, &plain, nil, &tag, piece, UInt64(piece.count), clear, UInt64(clear.count))
      guard result == 0 else { throw .sealed(.forged(piece: number)) }
      let isLast = tag == crypto_secretstream_xchacha20poly1305_tag_final()
      // Only those with the key could write other marks, and this format has none.
      guard isLast || tag == crypto_secretstream_xchacha20poly1305_tag_message() else {
        throw .sealed(.forged(piece: number))
      }
      guard !isLast || end == file.count else { throw .sealed(.trailingBytes(offset: end)) }
      guard isLast || end < file.count else { throw .sealed(.cutOff) }
      bundle += plain.prefix(piece.count - overhead)
    }
    return bundle
  }
}
