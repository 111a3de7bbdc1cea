import CMicroHTTPD
import Glibc
import Synchronization

/// Connections that are answered and closed, of which the other end may still send what nobody wants.
///
/// They are read from until the other end has closed too, or the time is up, so that no reset destroys the answer on its
/// way (RFC 9112, section 9.6).
final class Lingering: Sendable {
  /// More than these are closed at once.
  private static let limit = 64

  private let all = Mutex<[(descriptor: Int32, until: SteadyMoment)]>([])
  /// Wakes who waits for them.
  private let waker: Waker

  init(_ waker: Waker) { self.waker = waker }

  /// Takes a descriptor, which is closed here.
  func add(_ descriptor: Int32, until moment: SteadyMoment) {
    let fits = all.withLock { all in
      guard all.count < Self.limit else { return false }
      all.append((descriptor, moment))
      return true
    }
    guard fits else {
      close(descriptor)
      return
    }
    shutdown(descriptor, Int32(SHUT_WR))
    waker.wake()
  }

  var descriptors: [Int32] { all.withLock { $0.map(\.descriptor) } }

  /// Throws away what has arrived, and closes those that are done.
  func drain(at now: SteadyMoment) {
    all.withLock { all in
      all.removeAll { entry in
        guard now < entry.until, !Self.isAtEnd(entry.descriptor) else {
          close(entry.descriptor)
          return true
        }
        return false
      }
    }
  }

  deinit { for entry in all.withLock({ $0 }) { close(entry.descriptor) } }

  private static func isAtEnd(_ descriptor: Int32) -> Bool {
    withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 1) { buffer in
      // A sender without end must not hold up the others.
      for _ in 0..<16 {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, tasks_http_without_waiting)
        if count <= 0 { return count == 0 || (errno != EAGAIN && errno != EINTR) }
      }
      return false
    }
  }
}
