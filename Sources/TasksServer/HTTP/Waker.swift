import CMicroHTTPD
import Glibc

/// Wakes a thread that waits in `poll`.
final class Waker: Sendable {
  let descriptor: Int32

  init() throws(HTTPServerError) {
    descriptor = tasks_http_eventfd()
    guard descriptor >= 0 else { throw .system(call: "eventfd", code: errno) }
  }

  deinit { close(descriptor) }

  func wake() { eventfd_write(descriptor, 1) }

  /// Forgets that it was woken.
  func reset() {
    var count: eventfd_t = 0
    eventfd_read(descriptor, &count)
  }
}
