import Glibc
import Synchronization
import TasksFiles
import TasksProgram
import TasksRemote
import TasksStore

/// Notices what others do: edits on the command line, files in a remote folder, the network that comes back.
final class Watcher: Sendable {
  private let service: Service
  private let isStopping = Mutex(false)
  private let ring = Mutex<(@Sendable () -> Void)?>(nil)
  private let thread = Mutex<Worker?>(nil)

  init(_ service: Service) { self.service = service }

  func start() throws {
    guard let worker = Worker({ [self] in run() }) else { throw Failure.noThread }
    thread.withLock { $0 = worker }
  }

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
    // The folder of the remote, and when it was tried to watch it; for ever once that is so.
    var watched: String?
    var tried: Int64?
    while !isStopping.withLock({ $0 }) {
      wakeups.watch(service.directory, for: .writingAndClosing, as: "store")
      let begun = SteadyMoment.now
      let (folder, isDone) = look(&unsent)
      rest(after: SteadyMoment.now.microseconds - begun.microseconds)
      if folder != watched { tried = nil }
      // A disk that does not answer holds up this thread a moment, so it is not asked again at once.
      if let folder, tried.map({ SteadyClock.now - $0 > Self.pause }) ?? true {
        switch wakeups.watch(folder, for: .arrival, as: "remote", patience: Self.patience) {
        case true: tried = .max
        case false: tried = nil
        case nil: tried = SteadyClock.now
        }
      }
      watched = folder
      let events = wakeups.wait(atMost: isDone ? (looksAgain ? 1000 : nil) : Self.soon) {
        folder, file in
        folder == "store" ? Store.writtenFiles.contains(file) : !file.hasPrefix(".")
      }
      looksAgain = events.contains(.folder("store"))
      for event in events {
        switch event {
        case .folder("remote"): service.worker.plan { $0.arrived(at: $1) }
        case .network, .mounts:
          tried = nil
          service.worker.plan { $0.reconnected(at: $1) }
        case .folderGone("remote"): tried = nil
        case .folder, .folderGone, .call: break
        }
      }
    }
    // Who calls from now on calls nobody: the descriptor may soon be that of a file.
    ring.withLock { $0 = nil }
    withExtendedLifetime(wakeups) {}
  }

  /// Tells of what is new, and returns the folder of the remote if it is one, and whether nothing is left to tell.
  private func look(_ unsent: inout Int64?) -> (folder: String?, isDone: Bool) {
    do {
      let (newest, record) = try service.readers.read { reading in
        let record = try reading.store.remote(nil)
        try service.state.look(at: reading.store, record)
        return (try reading.store.newestUnsent, record)
      }
      if let newest, newest != unsent { service.worker.plan { $0.edited(at: $1) } }
      unsent = newest
      var isDone = true
      if service.feed.hasFollowers { isDone = try !service.feed.tell(service.syncStatus()) }
      guard let record, case .folder(let path) = try? RemoteAddress(record.url) else {
        return (nil, isDone)
      }
      return (Paths.join(path, RemoteFolder.bundles.rawValue), isDone)
    } catch {
      service.log.note(
        "cannot look at the store: \(Problem(describing: error)?.detail ?? "\(error)")")
      return (nil, false)
    }
  }

  /// Milliseconds that the disk of a remote folder has, and until it is tried again.
  private static let patience = 2_000
  private static let pause: Int64 = 60_000
  /// Until a look is repeated that failed, or left something to tell.
  private static let soon = 200
}
