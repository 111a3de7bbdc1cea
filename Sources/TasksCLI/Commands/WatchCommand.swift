import TasksArguments
import TasksFiles
import TasksModel
import TasksProgram
import TasksRemote
import TasksStore
import TasksSync
import TasksText

/// `watch`: syncs whenever there is a reason to.
struct WatchCommand: Command {
  static let declaration = CommandDeclaration(
    name: "watch", group: .sync, summary: "Stay, and sync whenever something happens",
    synopsis: ["watch [REMOTE]"],
    description: [
      "Syncs at once, two seconds after an edit, when the network comes back, when something comes to a remote that is a folder, and every five minutes; after failures less often, up to every thirty. It keeps one connection, asks nothing, and ends with Ctrl-C.",
      "There is a unit for systemd: systemctl --user enable --now tasks-watch. Who wants no program that stays can have every edit synced in the background: tasks config sync.auto true",
    ],
    operands: [SyncOperands.remote],
    examples: [Example("tasks watch", "in a terminal of its own")])

  private let remote: String?

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    remote = arguments.operands.first?.text
  }

  func run(in session: Session) throws {
    let directory = try session.storeDirectory()
    let name = try session.remote(remote, in: session.store(for: .reading)).name
    let wakeups = Wakeups()
    let connection = session.keptConnection()
    var plan = WatchPlan(now: SteadyClock.now)
    var lastFailure: String?
    // What waited to be sent when it was last tried: a failure is written to the store, too, and is no edit.
    var tried: Int64?
    // What was told about the remote's files: once is enough.
    var told: [String] = []
    // The remote's, if it is one.
    var folder: String?
    session.say("Watching. Ctrl-C ends it.")
    while true {
      // Watched before the sync, so that what happens during it is not missed.
      wakeups.watch(directory, for: .writing, as: "store")
      if plan.due <= SteadyClock.now {
        do {
          let record = try session.remote(name, in: session.store(for: .reading))
          folder = Self.folder(of: record)
          let isWatched = try folder.map { try watch($0, wakeups, in: session, record) } ?? true
          try sync(with: record, over: connection, in: session, &tried, &told)
          plan.succeeded(at: SteadyClock.now)
          lastFailure = nil
          // It was made just now, and something may have come before it was watched.
          if let folder, !isWatched, try watch(folder, wakeups, in: session, record) {
            plan.arrived(at: SteadyClock.now)
          }
        } catch {
          let failure = Failure(describing: error)
          if failure.message != lastFailure { session.tell(failure) }
          lastFailure = failure.message
          plan.failed(at: SteadyClock.now)
        }
      }
      // Nobody else is kept from the store, and nothing of it in memory, while nothing happens.
      session.forgetStore()
      try wait(for: wakeups, &plan, since: tried, over: connection, of: folder, in: session)
    }
  }

  /// Waits until a sync is due.
  private func wait(
    for wakeups: Wakeups, _ plan: inout WatchPlan, since tried: Int64?, over connection: KeptRoute,
    of remote: String?, in session: Session
  ) throws {
    while true {
      let now = SteadyClock.now
      guard plan.due > now else { return }
      let events = wakeups.wait(atMost: Int(plan.due - now)) { folder, file in
        switch folder {
        case "store": Store.writtenFiles.contains(file)
        case "above": remote.map { Paths.join(Paths.parent(of: $0), file) == $0 } ?? false
        case "place": file == RemoteFolder.bundles.rawValue
        default: !file.hasPrefix(".")
        }
      }
      for event in events {
        switch event {
        case .folder("store"):
          if let newest = try session.store(for: .reading).newestUnsent, newest != tried {
            plan.edited(at: SteadyClock.now)
          }
          session.forgetStore()
        case .folder("remote"): plan.arrived(at: SteadyClock.now)
        case .folder:
          // What is watched is another folder now, or will be.
          plan.arrived(at: SteadyClock.now)
          return
        case .network:
          // It may lead nowhere any more, which would be known only after a while.
          connection.end()
          plan.reconnected(at: SteadyClock.now)
        case .call: break
        case .folderGone:
          plan.arrived(at: SteadyClock.now)
          return
        case .mounts:
          plan.reconnected(at: SteadyClock.now)
          // The folder that is watched may be another now.
          return
        }
      }
    }
  }

  private func sync(
    with record: RemoteRecord, over connection: KeptRoute, in session: Session,
    _ tried: inout Int64?, _ told: inout [String]
  ) throws {
    let store = try session.store(for: .reading)
    var options = SyncOptions([.pull, .push])
    options.batch = try session.batchSize()
    _ = try session.seal(store, note: nil)
    tried = try store.newestUnsent
    let report = try session.sync(
      store, with: record, options, secrets: nil, over: connection.route)
    let happened = SyncText.happened(report, remote: record.name)
    let worries = report.skipped.map(\.name) + report.gone
    let isNews = !report.returned.isEmpty || !worries.isEmpty && worries != told
    told = worries
    guard !happened.isEmpty || isNews else { return }
    if !happened.isEmpty {
      let time = HumanTime.full(Environment.readClock().now, session.clock)
      try session.output.line("\(time)  " + happened.joined(separator: " "))
      try session.output.flush()
    }
    try session.tell(report, record, in: store)
  }

  /// Watches the folder that bundles come to, and those above it, in which it may be replaced; false if it is not there.
  private func watch(
    _ folder: String, _ wakeups: Wakeups, in session: Session, _ record: RemoteRecord
  ) throws -> Bool {
    let places: [(path: String, change: Wakeups.Change, name: String)] = [
      (Paths.parent(of: folder), .naming, "above"), (folder, .naming, "place"),
      (Paths.join(folder, RemoteFolder.bundles.rawValue), .arrival, "remote"),
    ]
    let patience = PatientRemote.usualPatience
    var isThere = false
    for place in places {
      let found = wakeups.watch(place.path, for: place.change, as: place.name, patience: patience)
      guard let found else { throw try session.failed(.timedOut(milliseconds: patience), record) }
      isThere = found
    }
    return isThere
  }

  /// The remote's folder; nil if it is none.
  private static func folder(of record: RemoteRecord) -> String? {
    guard case .folder(let path) = try? RemoteAddress(record.url) else { return nil }
    return path
  }
}
