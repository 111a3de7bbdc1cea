import CMicroHTTPD

/// Hands a stream's events to the library.
///
/// Only the thread that serves the connection touches it.
final class EventReader {
  private let stream: EventStream
  private let connection: LibraryConnection

  init(_ stream: EventStream, _ connection: LibraryConnection) {
    self.stream = stream
    self.connection = connection
  }

  func response() -> OpaquePointer? {
    let reader = Unmanaged.passRetained(self).toOpaque()
    let response = MHD_create_response_from_callback(
      tasks_http_unknown_size, 1 << 14,
      { reader, _, buffer, size in
        guard let reader, let buffer else { return tasks_http_failed }
        return Unmanaged<EventReader>.fromOpaque(reader).takeUnretainedValue()
          .read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
      }, reader,
      { reader in
        if let reader { Unmanaged<EventReader>.fromOpaque(reader).release() }
      })
    if response == nil { Unmanaged<EventReader>.fromOpaque(reader).release() }
    return response
  }

  private func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    switch stream.read(into: buffer, for: connection) {
    case .bytes(let count): count
    case .nothing: 0
    case .end: tasks_http_end
    case .failure: tasks_http_failed
    }
  }
}
