import CMicroHTTPD

/// Hands a long body to the library piece by piece.
///
/// Only the thread that serves the connection touches it.
final class HTTPBodyReader {
  /// What is no longer is copied at once.
  static let pieceSize = 1 << 16

  /// Copies what stands at a place; false if it cannot.
  private let copy: (_ start: Int, UnsafeMutableRawBufferPointer) -> Bool
  private let count: Int
  private let connection: HTTPConnection
  private let patience: Duration
  private(set) var position = 0

  private init(
    count: Int, for connection: HTTPConnection, patience: Duration,
    copy: @escaping (_ start: Int, UnsafeMutableRawBufferPointer) -> Bool
  ) {
    self.count = count
    self.connection = connection
    self.patience = patience
    self.copy = copy
  }

  convenience init(_ bytes: [UInt8], for connection: HTTPConnection, patience: Duration) {
    self.init(count: bytes.count, for: connection, patience: patience) { start, buffer in
      buffer.copyBytes(from: bytes[start..<start + buffer.count])
      return true
    }
  }

  convenience init(_ file: HTTPAnswerFile, for connection: HTTPConnection, patience: Duration) {
    self.init(count: file.count, for: connection, patience: patience, copy: file.read)
  }

  func response() -> OpaquePointer? {
    let reader = Unmanaged.passRetained(self).toOpaque()
    let response = MHD_create_response_from_callback(
      UInt64(count), Self.pieceSize,
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
    guard let start = Int(exactly: start), start < count else { return tasks_http_end }
    connection.allow(until: .now + patience)
    let piece = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(count - start))
    guard copy(start, piece) else { return tasks_http_failed }
    position = start + piece.count
    return piece.count
  }
}
