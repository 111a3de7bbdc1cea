import CMicroHTTPD
import Glibc
import Synchronization

/// A connection, as those see it who watch over it: how long it may take, and how it is ended from outside.
final class HTTPConnection: Sendable {
  let descriptor: Int32
  let peer: HTTPPeer
  private let state: Mutex<State>

  private struct State {
    /// When it is ended if nothing happens; `.never` while it waits for us.
    var deadline: SteadyMoment
    /// Whether a request is being received or answered, and when that last changed.
    var isBusy = false
    var changed = SteadyMoment.now
    /// Whether it is the client's turn to send something.
    var isReceiving = true
    /// The library has taken it, and has not closed the descriptor.
    ///
    /// Others use the descriptor only while this holds, and under the lock: later its number may be another's.
    var isOpen = false
    var isCut = false
    var lingers = false
    var pending: HTTPPendingAnswer?
    var stream: EventStream?
  }

  init(_ descriptor: Int32, peer: HTTPPeer, headUntil deadline: SteadyMoment) {
    self.descriptor = descriptor
    self.peer = peer
    state = Mutex(State(deadline: deadline))
  }

  // MARK: By the thread that serves it

  func begin() { state.withLock { $0.isOpen = true } }

  /// A request begins, whose head must have arrived by then.
  func beginRequest(at now: SteadyMoment, headUntil deadline: SteadyMoment) {
    state.withLock { state in
      state.isBusy = true
      state.changed = now
      state.deadline = min(state.deadline, deadline)
    }
  }

  /// It is the client's turn to send or to take something, until then.
  func allow(until deadline: SteadyMoment) { state.withLock { $0.deadline = deadline } }

  /// Nothing is awaited from the client but that it takes its answer, until then.
  func answer(until deadline: SteadyMoment) {
    state.withLock { state in
      state.isReceiving = false
      state.deadline = deadline
    }
  }

  /// A request has ended; the next may begin until then.
  func endRequest(at now: SteadyMoment, nextUntil deadline: SteadyMoment) {
    state.withLock { state in
      state.isBusy = false
      state.changed = now
      state.isReceiving = true
      state.deadline = deadline
      state.pending = nil
      state.stream = nil
    }
  }

  /// Remembers who is to be woken when the server ends.
  func wait(for pending: HTTPPendingAnswer) { state.withLock { $0.pending = pending } }
  func carry(_ stream: EventStream) { state.withLock { $0.stream = stream } }

  /// Has the library look for the end of what the client sends, if that has come.
  func noticeEnd() {
    var byte: UInt8 = 0
    if recv(descriptor, &byte, 1, tasks_http_without_waiting | Int32(MSG_PEEK)) == 0 { nudge() }
  }

  /// What arrives after the answer is read and thrown away for a while.
  ///
  /// To close a connection with something unread in it resets it, and the client might lose the answer:
  /// https://www.rfc-editor.org/rfc/rfc9112#section-9.6
  func linger() { state.withLock { $0.lingers = true } }

  /// Writes the last of a connection that the library does not write to any more.
  func sendLast(_ bytes: [UInt8]) {
    linger()
    _ = bytes.withUnsafeBytes {
      send(descriptor, $0.baseAddress, $0.count, tasks_http_without_waiting)
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

  func isOverdue(at now: SteadyMoment) -> Bool { state.withLock { $0.deadline < now } }

  /// Whether it has been without a request for so long.
  func isIdle(for duration: Duration, at now: SteadyMoment) -> Bool {
    state.withLock { !$0.isBusy && $0.changed + duration < now }
  }

  var pending: HTTPPendingAnswer? { state.withLock { $0.pending } }
  var stream: EventStream? { state.withLock { $0.stream } }

  /// Has the library look for the end of what the client sends, which has come, if it waits for more.
  ///
  /// It misses an end that came together with something else: a read that did not fill its buffer is a sign for it that
  /// there is no more to read, and the system does not tell it again. To close this direction here too makes the system
  /// do so; nothing that was sent is lost.
  func nudge() {
    state.withLock { state in
      if state.isOpen, state.isReceiving { shutdown(descriptor, Int32(SHUT_RD)) }
    }
  }

  /// Ends it: the library notices the next time it looks, and closes it.
  func cut() {
    state.withLock { state in
      guard state.isOpen, !state.isCut else { return }
      state.isCut = true
      shutdown(descriptor, Int32(SHUT_RDWR))
    }
  }
}
