import Glibc
import Synchronization
import TasksFiles
import TasksModel
import TasksProgram
import TasksStore

/// The server as a whole, from its first thread to its last.
final class Server {
  /// Where it listens, with the port that it got.
  let address: ListenAddress
  private let http: HTTPServer
  private let service: Service
  private let watcher: Watcher

  init(
    _ options: ServeOptions, address: ListenAddress, directory: String, batch: Int, token: Token?,
    log: ServerLog
  ) throws {
    let zone = Zone.local
    let space = AnswerSpace(directory)
    let readers = Readers(directory, zone: zone, space: space)
    let state = SyncState()
    // Both are told of what happens by calling the watcher, which comes last.
    let bell = Later()
    let writer = try Writer(directory, zone: zone) {
      // Until the queue is looked at, that is what it must be.
      state.change { $0.hasPending = true }
      bell.ring()
    } opened: {
      readers.lookAgain()
    }
    let worker = SyncWorker(
      directory, zone: zone, interval: options.syncInterval, batch: batch, state: state, log: log
    ) { bell.ring() }
    service = Service(
      directory: directory, zone: zone, needsToken: token != nil, readers: readers, space: space,
      writer: writer,
      worker: worker, state: state, feed: EventFeed(readers), called: bell, log: log)
    let watcher = Watcher(service)
    self.watcher = watcher
    bell.set { watcher.call() }

    var limits = HTTPLimits()
    limits.body = options.bodyLimit
    // The port is known only when it listens, and the doorman has to know it.
    let handler = LateHandler()
    http = try HTTPServer(
      listeningAt: address, limits: limits, handler: handler, observe: { log.note($0) })
    self.address = http.address
    handler.set(
      try API(
        service, token: token,
        doorman: Doorman(self.address, hosts: options.hosts, origins: options.origins),
        rate: options.rate, bodyLimit: options.bodyLimit))
    try watcher.start()
    try worker.start()
  }

  /// Finishes what is in flight, and ends.
  func stop() {
    service.feed.end()
    service.worker.stop()
    http.stop()
    service.writer.stop()
    service.worker.wait()
    watcher.stop()
  }
}
