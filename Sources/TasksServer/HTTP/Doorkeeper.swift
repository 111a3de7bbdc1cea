import CMicroHTTPD
import Glibc
import Synchronization

/// Lets connections in, and ends those whose time is up.
///
/// The library could accept by itself, but it cannot refuse one beyond a limit that all its threads share, and to have it
/// stop accepting (`MHD_quiesce_daemon`) while its threads are at work may abort the program: both may remove the socket
/// from the same set, and whoever comes second takes that for damage. Its time-outs begin anew with every byte.
final class Doorkeeper: Sendable {
  private let core: HTTPCore
  private let daemon: HTTPDaemon
  private let socket: ListeningSocket
  private let waker: Waker
  private let closing = Atomic(false)
  private let leaving = Atomic(false)
  private let closed = Atomic(false)
  private let left = Atomic(false)

  init(_ socket: ListeningSocket, core: HTTPCore, daemon: HTTPDaemon, waker: Waker) {
    self.socket = socket
    self.core = core
    self.daemon = daemon
    self.waker = waker
  }

  /// Lets nobody in any more.
  func close() {
    closing.store(true, ordering: .releasing)
    waker.wake()
  }

  /// Whether nobody is let in any more.
  var isClosed: Bool { closed.load(ordering: .acquiring) }

  /// Whether `run` has returned.
  var hasLeft: Bool { left.load(ordering: .acquiring) }

  /// Has `run` return.
  func leave() {
    leaving.store(true, ordering: .releasing)
    waker.wake()
  }

  /// Works until `leave` is called.
  func run() {
    defer { left.store(true, ordering: .releasing) }
    let tick = core.limits.tick
    var nextLook = SteadyMoment.now
    // Where there are no descriptors left, there may be some the next time.
    var isPaused = false
    while !leaving.load(ordering: .acquiring) {
      if closing.load(ordering: .acquiring), !isClosed {
        socket.end()
        closed.store(true, ordering: .releasing)
      }
      let accepts = !isClosed && !isPaused
      let lingering = core.lingering.descriptors
      var waits = [
        pollfd(fd: waker.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: accepts ? socket.descriptor : -1, events: Int16(POLLIN), revents: 0),
      ]
      waits += lingering.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      let hasNothing = core.connections.isEmpty && lingering.isEmpty && !isPaused
      poll(&waits, nfds_t(waits.count), hasNothing ? -1 : tick.wholeMilliseconds)
      isPaused = false
      if waits[0].revents != 0 { waker.reset() }
      if waits[1].revents != 0 { isPaused = !letIn() }
      let now = SteadyMoment.now
      if !lingering.isEmpty { core.lingering.drain(at: now) }
      if nextLook < now {
        look(at: now)
        nextLook = now + tick
      }
    }
  }

  /// Lets in who waits; false if the system has nothing left for more.
  private func letIn() -> Bool {
    for _ in 0..<64 {
      var address = SocketAddress()
      let descriptor = address.fill { tasks_http_accept(socket.descriptor, $0, $1) }
      guard descriptor >= 0 else {
        return ![EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno)
      }
      let connection = HTTPConnection(
        descriptor, peer: address.peer, headUntil: .now + core.limits.headTime)
      guard core.connections.add(connection, limits: core.limits) else {
        refuse(descriptor)
        continue
      }
      if !address.with({ daemon.add(descriptor, from: $0, length: $1) }) {
        core.connections.remove(connection)
      }
    }
    return true
  }

  private func refuse(_ descriptor: Int32) {
    let bytes = core.handler.response(to: .tooManyConnections).serialized(id: nil)
    _ = bytes.withUnsafeBytes {
      send(descriptor, $0.baseAddress, $0.count, tasks_http_without_waiting)
    }
    core.lingering.add(descriptor, until: .now + core.limits.lingering)
  }

  /// Looks after all connections.
  private func look(at now: SteadyMoment) {
    let all = core.connections.all
    // What went wrong is told without being asked for: https://man7.org/linux/man-pages/man2/poll.2.html
    var waits = all.map { pollfd(fd: $0.descriptor, events: tasks_http_half_closed, revents: 0) }
    poll(&waits, nfds_t(waits.count), 0)
    for (connection, wait) in zip(all, waits) {
      let isBroken = Int32(wait.revents) & (POLLERR | POLLHUP) != 0
      let hasHalfClosed = wait.revents & tasks_http_half_closed != 0
      if connection.isOverdue(at: now) {
        connection.cut()
      } else if let stream = connection.stream {
        if isBroken {
          stream.fail()
        } else {
          stream.tick(hasHalfClosed: hasHalfClosed, limits: core.limits)
        }
      } else if hasHalfClosed {
        connection.nudge()
      }
    }
  }
}
