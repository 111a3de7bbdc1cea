import Glibc
import Synchronization
import TasksFiles
import TasksRemote
import TasksStore

/// Notices what others do: edits on the command line, files in a remote folder, the network that comes back.
final class Watcher: Sendable {
  private let service: Service
  private let isStopping = Mutex(false)
  private let ring = Mutex<(@Sendable () -> Void)?>(nil)
  private let thread = Mutex<Worker?>(nil)

  init(_ service: Service) { self.service = service }

  func start() { thread.withLock { $0 = Worker { [self] in run() } } }

  func stop() {
    isStopping.withLock { $0 = true }
    ring.withLock { $0?() }
    thread.withLock { $0?.wait() }
  }

  /// Pauses for as long as it takes to spend no more than a fifth of the time on looking: with many tasks a look takes a
  /// while, and while everybody writes there is always something new.
  private func rest(after microseconds: Int64) {
    usleep(UInt32(clamping: min(4 * microseconds, Self.longestRest)))
  }

  private static let longestRest: Int64 = 500_000

  /// Looks at the store: something was written, here or elsewhere.
  func call() { ring.withLock { $0?() } }

  private func run() {
    let wakeups = Wakeups()
    ring.withLock { $0 = wakeups.bell }
    var unsent: Int64?
    // SQLite writes first and shows it a moment later, when it is on the disk, which the system does not tell.
    var looksAgain = false
    while !isStopping.withLock({ $0 }) {
      wakeups.watch(service.directory, for: .writingAndClosing, as: "store")
      let begun = SteadyMoment.now
      let folder = look(&unsent)
      rest(after: SteadyMoment.now.microseconds - begun.microseconds)
      if let folder { wakeups.watch(folder, for: .arrival, as: "remote") }
      let events = wakeups.wait(atMost: looksAgain ? 1000 : nil) { folder, file in
        folder == "store" ? Self.written.contains(file) : !file.hasPrefix(".")
      }
      looksAgain = events.contains(.folder("store"))
      for event in events {
        switch event {
        case .folder("remote"): service.worker.plan { $0.arrived(at: $1) }
        case .network, .mounts: service.worker.plan { $0.reconnected(at: $1) }
        case .folder, .folderGone, .call: break
        }
      }
    }
  }

  /// Tells of what is new, and returns the folder of the remote if it is one.
  private func look(_ unsent: inout Int64?) -> String? {
    do {
      let (newest, record) = try service.readers.read { reading in
        let counts = try reading.store.queueStates()
        let record = try reading.store.remote(nil)
        service.state.change {
          $0.hasPending = counts.hasPending
          $0.hasFailed = counts.hasFailed
          $0.hasRemote = record != nil
        }
        return (try reading.store.newestUnsent, record)
      }
      if let newest, newest != unsent { service.worker.plan { $0.edited(at: $1) } }
      unsent = newest
      try service.feed.tell()
      if service.feed.hasFollowers { service.feed.tell(try service.syncStatus()) }
      guard let record, case .folder(let path) = try? RemoteAddress(record.url) else { return nil }
      return Paths.join(path, RemoteFolder.bundles.rawValue)
    } catch {
      service.log.note("cannot look at the store: \(Problem(describing: error)?.detail ?? "\(error)")")
      return nil
    }
  }

  /// The files of the store that are written to when something is edited, and not when it is read.
  private static let written = [Store.databaseName, Store.databaseName + "-wal"]
}
