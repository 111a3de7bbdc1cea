import Glibc
import Synchronization
import TasksFiles
import TasksModel
import TasksProgram
import TasksRemote
import TasksStore
import TasksSync

/// Commits and syncs by itself, in a thread of its own: whatever the network does, nobody waits for it.
final class SyncWorker: Sendable {
  /// What a sync came to.
  enum Outcome: Sendable {
    case succeeded
    case failed(String)
    /// There is no remote; edits were committed.
    case noRemote
    /// Somebody else has kept the store locked, which says nothing of the remote.
    case busy
  }

  private struct Shared: Sendable {
    var schedule: SyncSchedule
    var isStopping = false
    /// Who waits for the next sync that begins.
    var waiting: [@Sendable (Outcome) -> Void] = []
  }

  let state: SyncState
  private let directory: String
  private let zone: Zone
  private let batch: Int
  private let log: ServerLog
  private let shared: Mutex<Shared>
  private let bell = Bell()
  /// Called when what is known of syncing has changed.
  private let changed: @Sendable () -> Void
  private let thread = Mutex<Worker?>(nil)
  /// Rung when the thread has ended.
  private let ended = Bell()

  init(
    _ directory: String, zone: Zone, interval: Int64, batch: Int, state: SyncState, log: ServerLog,
    changed: @escaping @Sendable () -> Void
  ) {
    self.directory = directory
    self.zone = zone
    self.batch = batch
    self.state = state
    self.log = log
    self.changed = changed
    shared = Mutex(Shared(schedule: SyncSchedule(now: SteadyClock.now, interval: interval)))
  }

  func start() throws {
    guard let worker = Worker({ [self] in run() }) else { throw Failure.noThread }
    thread.withLock { $0 = worker }
  }

  /// Ends it once the sync that is under way, if any, has ended or has nothing more to lose.
  func stop() {
    let waiting = shared.withLock { shared in
      shared.isStopping = true
      defer { shared.waiting = [] }
      return shared.waiting
    }
    for tell in waiting { tell(.failed("the server ends")) }
    bell.ring()
  }

  /// Waits a while until it has ended: what is in the middle of something on a network may be cut off anywhere.
  func wait() { ended.wait(atMost: Self.patience) }

  private static let patience: Int64 = 5_000

  /// Tells of a reason to sync.
  func plan(_ change: (inout SyncSchedule, Int64) -> Void) {
    shared.withLock { shared in
      change(&shared.schedule, SteadyClock.now)
      show(shared.schedule)
    }
    bell.ring()
  }

  /// Syncs now; `done` hears what came of it.
  func trigger(_ done: (@Sendable (Outcome) -> Void)? = nil) {
    let isStopping = shared.withLock { shared in
      if let done, !shared.isStopping { shared.waiting.append(done) }
      shared.schedule.triggered(at: SteadyClock.now)
      show(shared.schedule)
      return shared.isStopping
    }
    if isStopping { done?(.failed("the server ends")) }
    bell.ring()
  }

  // MARK: - The thread

  private func run() {
    let connection = KeptRoute { [self] record in
      let environment = Environment.current()
      let finder = RouteFinder(
        executable: Programs.running(), searchPath: environment["PATH"],
        options: SSHOptions(configuration: environment["TASKS_SSH_CONFIG"], isInBackground: true))
      return try finder.route(to: record, from: open())
    }
    while true {
      let next = shared.withLock { shared -> (wait: Int64?, isStopping: Bool) in
        (shared.schedule.due.map { max(0, $0 - SteadyClock.now) }, shared.isStopping)
      }
      if next.isStopping { break }
      guard next.wait == 0 else {
        bell.wait(atMost: next.wait)
        continue
      }
      let waiting = shared.withLock { shared in
        shared.schedule.began()
        show(shared.schedule)
        defer { shared.waiting = [] }
        return shared.waiting
      }
      let outcome = sync(over: connection)
      shared.withLock { shared in
        switch outcome {
        case .failed: shared.schedule.failed(at: SteadyClock.now)
        case .succeeded, .noRemote: shared.schedule.succeeded(at: SteadyClock.now)
        case .busy: shared.schedule.edited(at: SteadyClock.now)
        }
        show(shared.schedule)
      }
      changed()
      for tell in waiting { tell(outcome) }
    }
    connection.end()
    ended.ring()
  }

  private func open() throws -> Store {
    try Store.open(at: directory, creating: false, zone: zone)
  }

  private func sync(over connection: KeptRoute) -> Outcome {
    var record: RemoteRecord?
    let start = SteadyClock.now
    do {
      let store = try open()
      let name = try store.device(named: MachineName.current).name
      let outcome = try store.seal(note: nil, name: name, at: Environment.readClock().now)
      if outcome.operations > 0 { log.note("committed \(counted(outcome.operations, "edit"))") }
      record = try store.remote(nil)
      try state.look(at: store, record)
      guard let record else { return .noRemote }
      // Whoever waited for it sees at once what came of it.
      defer { try? state.look(at: store, record) }
      try exchange(store, record, over: connection, since: start)
      return .succeeded
    } catch StoreError.busy {
      log.note("the store is locked by another process; trying again")
      state.change { $0.progress = nil }
      return .busy
    } catch {
      let failure = failure(error, of: record)
      state.change {
        $0.progress = nil
        $0.isOnline = failure.status != .unreachable
        $0.lastError = failure.message
      }
      let hint = failure.hint.map { " (\($0))" } ?? ""
      log.note("sync failed after \(SteadyClock.now - start) ms: \(failure.message)\(hint)")
      return .failed(failure.message)
    }
  }

  private func exchange(
    _ store: Store, _ record: RemoteRecord, over connection: KeptRoute, since start: Int64
  ) throws {
    var options = SyncOptions([.pull, .push])
    options.batch = batch
    let synchronizer = Synchronizer(
      store, with: record, options,
      in: SyncEnvironment(
        connect: connection.route, now: { Environment.readClock().now },
        pause: { [self] in pause($0) }, progress: { [self] in show($0) }))
    do {
      try synchronizer.run()
    } catch {
      try? store.note(failure(error, of: record), error, of: record, sending: true)
      throw error
    }
    let report = synchronizer.report
    state.change {
      $0.progress = nil
      $0.isOnline = true
      $0.lastError = nil
      $0.lastSync = Environment.readClock().now
    }
    let happened = SyncText.happened(report, remote: record.name)
    log.note(
      "synced with \(record.name) in \(SteadyClock.now - start) ms: "
        + (happened.isEmpty ? "nothing new" : happened.joined(separator: " ")))
    for id in report.intake.conflicts { log.note("conflict \(id) found") }
  }

  /// Waits before another try, unless the server ends.
  private func pause(_ milliseconds: Int) {
    log.note("trying again in \(milliseconds) ms")
    let end = SteadyClock.now + Int64(milliseconds)
    while SteadyClock.now < end, !shared.withLock({ $0.isStopping }) {
      bell.wait(atMost: max(1, end - SteadyClock.now))
    }
  }

  /// Called with the lock held, so that the last word is the last.
  private func show(_ schedule: SyncSchedule) { state.change { $0.breaker = schedule.breaker } }

  private func show(_ progress: SyncProgress) {
    state.change { $0.progress = progress }
    changed()
  }

  private func failure(_ error: any Error, of record: RemoteRecord?) -> Failure {
    guard let record, let error = error as? SyncError else { return Failure(describing: error) }
    return Failure(error, of: record, isNew: false)
  }
}
