import Glibc
import Synchronization
import TasksFiles
package import TasksProgram

/// An HTTP/1.1 server: it turns connections into requests for a handler, and the handler's answers into bytes.
///
/// It works from when it is made until `stop`. libmicrohttpd parses and writes; what it leaves open is closed here
/// (limits over the whole of a request, a way to stop, heads that can be understood in two ways).
///
/// What the library answers by itself has no body that problem details would be, and cannot be had otherwise in 0.9.75:
/// 400 for a version or a field line that is none, a `Content-Length` that is no number and chunks that are malformed; 413
/// for numbers beyond 64 bits; 414 and 431 for a head that exceeds the memory of a connection (four times
/// `HTTPLimits.head`); 505. A first line without a blank ends the connection without an answer.
package final class HTTPServer: Sendable {
  /// Where it listens; port 0 has become the one that was picked.
  package let address: ListenAddress
  private let core: HTTPCore
  private let doorkeeper: Doorkeeper
  private let daemon: HTTPDaemon
  /// The doorkeeper's thread, until the server has stopped.
  private let worker: Mutex<Worker?>

  /// Starts it.
  ///
  /// - Parameters:
  ///   - observe: called after every request, on a thread that serves other connections too.
  ///   - log: what the library has to say, a line of text a call. It is about clients, mostly: of no use but for debugging.
  package init(
    listeningAt address: ListenAddress, limits: HTTPLimits = HTTPLimits(), handler: any HTTPHandler,
    observe: (@Sendable (HTTPObservation) -> Void)? = nil,
    log: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(HTTPServerError) {
    let waker = try Waker()
    let socket = try ListeningSocket(address)
    let core = HTTPCore(
      handler: handler, limits: limits, observe: observe, log: log, lingering: Lingering(waker))
    let daemon = try HTTPDaemon(core)
    let doorkeeper = Doorkeeper(socket, core: core, daemon: daemon, waker: waker)
    guard let worker = Worker({ doorkeeper.run() }) else {
      throw .system(call: "pthread_create", code: EAGAIN)
    }
    self.address = socket.address
    self.core = core
    self.doorkeeper = doorkeeper
    self.daemon = daemon
    self.worker = Mutex(worker)
  }

  deinit { stop(grace: .zero) }

  /// Stops: nobody is let in any more, what is in flight is finished, event streams are closed.
  ///
  /// Returns when all connections have ended and no thread is left. Handlers that have not answered by the end of `grace`
  /// are not waited for, unless they have not returned yet: their clients get a 503.
  package func stop(grace: Duration = .seconds(10)) {
    worker.withLock { worker in
      guard let running = worker else { return }
      core.beginStopping()
      doorkeeper.close()
      let end = SteadyMoment.now + grace
      while !(doorkeeper.isClosed && core.connections.isEmpty), .now < end {
        endWhatIsIdle()
        usleep(2_000)
      }
      core.beginAbandoning()
      // The library aborts if a connection is suspended when it stops.
      for connection in core.connections.all {
        connection.stream?.fail()
        connection.pending?.abandon()
      }
      // Those that were woken have their answer on the way.
      let last = SteadyMoment.now + .milliseconds(100)
      while !core.connections.isEmpty, .now < last {
        endWhatIsIdle()
        usleep(2_000)
      }
      doorkeeper.leave()
      running.wait()
      worker = nil
      daemon.stop()
    }
  }

  /// Streams are closed; so are connections without a request, but not before one that is on its way can have arrived.
  private func endWhatIsIdle() {
    let now = SteadyMoment.now
    for connection in core.connections.all {
      connection.stream?.close()
      if connection.isIdle(for: .milliseconds(50), at: now) { connection.cut() }
    }
  }
}
