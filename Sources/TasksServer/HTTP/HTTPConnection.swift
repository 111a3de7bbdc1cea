import CMicroHTTPD
import Glibc
import Synchronization

/// A connection, as those see it who watch over it: how long it may take, and how it is ended from outside.
final class HTTPConnection: Sendable {
  let descriptor: Int32
  let peer: HTTPPeer
  /// When it is ended if nothing happens, in microseconds of a `SteadyMoment`.
  private let deadline: Atomic<Int64>
  /// Whether a request is being received or answered, and when that last changed.
  private let isBusy = Atomic(false)
  private let changed: Atomic<Int64>
  private let state = Mutex(State())

  private struct State {
    /// The library has taken it, and has not closed the descriptor.
    ///
    /// It is used by others only while this holds, and under the lock: later its number may be that
    /// of another.
    var isOpen = false
    var isCut = false
    var lingers = false
    var pending: HTTPPendingAnswer?
    var stream: EventStream?
  }

  init(_ descriptor: Int32, peer: HTTPPeer, headUntil deadline: SteadyMoment) {
    self.descriptor = descriptor
    self.peer = peer
    self.deadline = Atomic(deadline.microseconds)
    changed = Atomic(SteadyMoment.now.microseconds)
  }

  // MARK: By the thread that serves it

  /// Its time ends then, unless something happens; `.never` while it waits for us.
  func allow(until moment: SteadyMoment) { deadline.store(moment.microseconds, ordering: .relaxed) }

  /// Its time ends then at the latest.
  func limit(to moment: SteadyMoment) {
    if moment.microseconds < deadline.load(ordering: .relaxed) { allow(until: moment) }
  }

  func setBusy(_ isBusy: Bool, at moment: SteadyMoment) {
    changed.store(moment.microseconds, ordering: .relaxed)
    self.isBusy.store(isBusy, ordering: .releasing)
  }

  func begin() { state.withLock { $0.isOpen = true } }

  /// Remembers who is to be woken when the server ends.
  func wait(for pending: HTTPPendingAnswer?) { state.withLock { $0.pending = pending } }
  func carry(_ stream: EventStream?) { state.withLock { $0.stream = stream } }

  /// What arrives after the answer is read and thrown away for a while.
  ///
  /// To close a connection with something unread in it resets it, and the client might lose the answer:
  /// https://www.rfc-editor.org/rfc/rfc9112#section-9.6
  func linger() { state.withLock { $0.lingers = true } }

  /// Writes the last of a connection that the library does not write to any more.
  func sendLast(_ bytes: [UInt8]) {
    linger()
    _ = bytes.withUnsafeBytes {
      send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
    }
  }

  /// Takes leave of the descriptor, which the library closes next.
  ///
  /// Returns a copy of it for lingering, nil if there is nothing to be thrown away.
  func end() -> Int32? {
    state.withLock { state in
      state.isOpen = false
      guard !state.isCut else { return nil }
      var unread: Int32 = 0
      guard state.lingers || (ioctl(descriptor, UInt(FIONREAD), &unread) == 0 && unread > 0) else {
        return nil
      }
      let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
      return copy >= 0 ? copy : nil
    }
  }

  // MARK: By others

  func isOverdue(at now: SteadyMoment) -> Bool { deadline.load(ordering: .relaxed) < now.microseconds }

  /// Whether it has been without a request for so long.
  func isIdle(for duration: Duration, at now: SteadyMoment) -> Bool {
    !isBusy.load(ordering: .acquiring)
      && SteadyMoment(microseconds: changed.load(ordering: .relaxed)) + duration < now
  }

  var pending: HTTPPendingAnswer? { state.withLock { $0.pending } }
  var stream: EventStream? { state.withLock { $0.stream } }

  /// Ends it: the library notices the next time it looks, and closes it.
  func cut() {
    state.withLock { state in
      guard state.isOpen, !state.isCut else { return }
      state.isCut = true
      shutdown(descriptor, Int32(SHUT_RDWR))
    }
  }
}
