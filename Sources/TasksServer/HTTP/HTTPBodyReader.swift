import CMicroHTTPD

/// Hands a long body to the library piece by piece.
///
/// Only the thread that serves the connection touches it.
final class HTTPBodyReader {
  /// What is no longer is copied at once.
  static let pieceSize = 1 << 16

  private let bytes: [UInt8]
  private let connection: HTTPConnection
  private let patience: Duration
  private(set) var position = 0

  init(_ bytes: [UInt8], for connection: HTTPConnection, patience: Duration) {
    self.bytes = bytes
    self.connection = connection
    self.patience = patience
  }

  func response() -> OpaquePointer? {
    let reader = Unmanaged.passRetained(self).toOpaque()
    let response = MHD_create_response_from_callback(
      UInt64(bytes.count), Self.pieceSize,
      { reader, position, buffer, size in
        guard let reader, let buffer else { return tasks_http_failed }
        return Unmanaged<HTTPBodyReader>.fromOpaque(reader).takeUnretainedValue()
          .read(from: position, into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
      }, reader,
      { reader in
        if let reader { Unmanaged<HTTPBodyReader>.fromOpaque(reader).release() }
      })
    if response == nil { Unmanaged<HTTPBodyReader>.fromOpaque(reader).release() }
    return response
  }

  /// Copies the next piece; who asks has sent the one before, so the client's time begins anew.
  private func read(from start: UInt64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard let start = Int(exactly: start), start < bytes.count else { return tasks_http_end }
    connection.allow(until: .now + patience)
    let count = min(buffer.count, bytes.count - start)
    buffer.copyBytes(from: bytes[start..<start + count])
    position = start + count
    return count
  }
}
