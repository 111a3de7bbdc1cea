import Glibc
import TasksFiles
import TasksFormat
import TasksModel
import TasksProgram
import TasksRemote
import TasksStore
import TasksSync
import TasksText

extension Session {
  /// The remote of that name, or the default one.
  func remote(_ name: String?, in store: Store) throws -> RemoteRecord {
    if let found = try store.remote(name) { return found }
    guard let name else {
      throw Failure.usage(
        "there is no remote to sync with yet",
        hint: "say where: tasks remote add nas:tasks, or a folder: tasks remote add /mnt/usb/tasks")
    }
    let names = try store.remotes().map(\.name)
    throw Failure.usage(
      "there is no remote '\(name)'",
      hint: names.isEmpty
        ? "to add one: tasks remote add \(name) URL"
        : "there is \(names.joined(separator: ", "))")
  }

  /// Exchanges changes with a remote; what went wrong is remembered, and thrown.
  ///
  /// - Parameter isNew: whether the person has not heard its name yet.
  func sync(
    _ store: Store, with record: RemoteRecord, _ options: SyncOptions,
    secrets: SecretOptions?, over connect: ((RemoteRecord) throws -> Route)? = nil,
    isNew: Bool = false
  ) throws -> SyncReport {
    var options = options
    options.expectsEncryption = secrets?.isGiven ?? false
    let line = progressLine
    let finder = routeFinder
    let synchronizer = Synchronizer(
      store, with: record, options,
      in: SyncEnvironment(
        connect: connect ?? { try finder.route(to: $0, from: store) },
        now: { Environment.readClock().now },
        pause: { usleep(UInt32($0) * 1000) },
        unlock: { encryption, slots in
          guard !slots.isEmpty else { return nil }
          line.clear()
          defer { line.restart() }
          let secret = try secrets?.secret(
            isNew: false, of: isNew ? record.url : record.name, in: self)
          return try secret.map { secret in
            try KeySlot.unlock(slots, with: secret, of: encryption)
          }
        },
        progress: line.show))
    do {
      defer { line.clear() }
      try synchronizer.run()
    } catch {
      let failure =
        (error as? SyncError).map { Failure($0, of: record, isNew: isNew) }
        ?? Failure(describing: error)
      if !options.isDryRun {
        try store.note(failure, error, of: record, sending: options.ways.contains(.push))
      }
      if !isNew { tellWhatGotThrough(synchronizer.report, record) }
      throw failure
    }
    let report = synchronizer.report
    explain(
      "\(report.turns) round trips, \(ByteCount.text(report.sent.bytes)) sent,"
        + " \(ByteCount.text(report.received.bytes)) received")
    sayFallback(report, record)
    return report
  }

  /// Says that another program leads to the remote from now on.
  private func sayFallback(_ report: SyncReport, _ record: RemoteRecord) {
    guard case .unsupported(let reason) = report.fallback else { return }
    say(
      "tasks-ssh cannot talk to \(record.name) (\(visible(reason))): ssh is used, and from now on.")
  }

  /// Reads everything on a remote.
  func examine(_ record: RemoteRecord, in store: Store) throws -> RemoteExamination {
    var options = SyncOptions(.pull)
    options.isDryRun = true
    let line = progressLine
    defer { line.clear() }
    let synchronizer = Synchronizer(
      store, with: record, options,
      in: SyncEnvironment(
        connect: { try self.routeFinder.route(to: $0, from: store) },
        now: { Environment.readClock().now }, pause: { usleep(UInt32($0) * 1000) },
        progress: line.show))
    do {
      let found = try synchronizer.examine()
      line.clear()
      sayFallback(synchronizer.report, record)
      return found
    } catch let error as SyncError {
      throw Failure(error, remote: record.name)
    }
  }

  /// What shows somebody on a terminal how far it has got.
  var progressLine: ProgressLine {
    ProgressLine(
      isShown: environment.isErrorTerminal && environment["TERM"] != "dumb",
      columns: columns ?? 80)
  }

  /// Puts a key slot on a remote; false if the remote is yet to be made, which puts it there.
  func publish(_ slot: KeySlot, on record: RemoteRecord, in store: Store) throws -> Bool {
    let synchronizer = Synchronizer(
      store, with: record, SyncOptions(.pull),
      in: SyncEnvironment(
        connect: { try self.routeFinder.route(to: $0, from: store) },
        now: { Environment.readClock().now }, pause: { usleep(UInt32($0) * 1000) }))
    do {
      let isThere = try synchronizer.publish(slot)
      sayFallback(synchronizer.report, record)
      return isThere
    } catch let error as SyncError {
      throw Failure(error, remote: record.name)
    }
  }

  /// A connection that is kept from one sync to the next, and asks nobody anything.
  func keptConnection() -> KeptRoute {
    var finder = routeFinder
    finder.options.isInBackground = true
    return KeptRoute { [finder] in try finder.route(to: $0, from: self.store(for: .reading)) }
  }

  private var routeFinder: RouteFinder {
    RouteFinder(
      executable: Programs.running(), searchPath: environment["PATH"], options: sshOptions)
  }

  /// Notes that a remote failed before a sync with it began, and returns what to tell.
  func failed(_ error: RemoteError, _ record: RemoteRecord) throws -> Failure {
    let error = SyncError.remote(error, nil, attempts: 1)
    let failure = Failure(error, of: record, isNew: false)
    try store(for: .reading).note(failure, error, of: record, sending: true)
    return failure
  }

  /// Tells of a failure that does not end the command.
  func tell(_ failure: Failure) { Program.report(failure, environment: environment) }

  /// Says what came of a sync that failed later, and will not be told again.
  private func tellWhatGotThrough(_ report: SyncReport, _ record: RemoteRecord) {
    if report.received.changes > 0 {
      say("Received \(counted(report.received.changes, "change")) before it failed.")
    }
    if report.sent.changes > 0 {
      say("Sent \(counted(report.sent.changes, "change")) to \(record.name) before it failed.")
    }
    sayWhatIsGone(report, record)
  }

  /// Nobody can be asked where no terminal is.
  private var sshOptions: SSHOptions {
    SSHOptions(
      configuration: environment["TASKS_SSH_CONFIG"],
      isInBackground: !environment.isErrorTerminal && !environment.isInputTerminal,
      isVerbose: isVerbose)
  }

  /// How many changes a bundle that is sent holds at most.
  func batchSize() throws -> Int { try BatchSize.read(environment) }

  /// Says what a person should look at, and lets the command end as it should.
  func tell(_ report: SyncReport, _ record: RemoteRecord, in store: Store) throws {
    try output.flush()
    sayWhatIsGone(report, record)
    for file in report.skipped.prefix(10) {
      say(SyncText.text(of: file, on: record.name))
      end(with: .incomplete)
    }
    if report.skipped.count > 10 { say("… and \(report.skipped.count - 10) more files.") }
    for (name, count) in report.future {
      say(
        "\(counted(count, "edit")) by \(visible(name)) \(count == 1 ? "lies" : "lie") in the future: its"
          + " clock was ahead.")
    }
    try self.report(report.intake, in: store)
  }

  /// Says what a remote had and has no longer.
  private func sayWhatIsGone(_ report: SyncReport, _ record: RemoteRecord) {
    for stretch in report.returned.prefix(10) {
      say(
        "\(record.name) no longer lists \(visible(stretch.name)) \(SyncText.text(of: stretch.numbers)):"
          + " sent again.")
    }
    if !report.gone.isEmpty {
      say(
        "\(record.name) has lost \(counted(report.gone.count, "bundle")) that never got here. A device"
          + " that has the changes sends them again when it syncs.")
      end(with: .incomplete)
    }
  }
}
