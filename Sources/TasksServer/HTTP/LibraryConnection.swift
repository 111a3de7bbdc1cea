import CMicroHTTPD

/// The library's own handle of a connection.
///
/// Sendable because of how it is used: the library never frees a connection that is suspended, and only those are
/// resumed by other threads, once, under the lock of whoever had them suspended (`HTTPPendingAnswer`, `EventStream`).
struct LibraryConnection: @unchecked Sendable {
  let pointer: OpaquePointer

  func suspend() { MHD_suspend_connection(pointer) }
  func resume() { MHD_resume_connection(pointer) }
}
