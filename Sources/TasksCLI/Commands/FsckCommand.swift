import TasksArguments
import TasksFiles
import TasksFormat
import TasksModel
import TasksProgram
import TasksStore
import TasksSync
import TasksText

/// `fsck`: checks the tasks for damage, and mends it.
struct FsckCommand: Command {
  private static let rebuild = OptionDeclaration(
    "rebuild", help: "Make the database anew from the changes; the old one is kept.")

  private static let remote = OptionDeclaration(
    "remote", value: "NAME", help: "Read everything on a remote instead, and check it.",
    completion: .stored(.remotes))

  static let declaration = CommandDeclaration(
    name: "fsck", group: .care, summary: "Check the tasks for damage, and mend it",
    synopsis: ["fsck [--rebuild] [--json]", "fsck --remote NAME [--json]"],
    description: [
      "Checks the hash of every file, that no change is missing, that the database holds what the changes say, that it shows what it holds, and that searching finds it. Changes in files that were not taken in yet are taken in.",
      "--rebuild makes the database anew from the files in changes/. Edits that were not committed, settings and numbers come from the old database if it can be read; it is kept under another name. Damaged files go to quarantine/; changes of them that the old database still has are written anew.",
      "--remote reads every bundle on a remote and says which are not whole. It changes nothing there: the pushes that follow send again what is not whole.",
    ],
    options: [rebuild, remote, CommonOptions.json],
    examples: [
      Example("tasks fsck", "is everything there?"),
      Example("tasks fsck --rebuild", "when the database is damaged or gone"),
    ])

  private let rebuilds: Bool
  private let remote: String?
  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    rebuilds = arguments.has(Self.rebuild)
    remote = arguments.value(Self.remote)
    if rebuilds, remote != nil { throw Failure.usage("--rebuild and --remote exclude each other") }
    isJSON = arguments.isJSON
  }

  func run(in session: Session) throws {
    if rebuilds { return try rebuild(in: session) }
    if let remote { return try check(remote, in: session) }
    let store: Store
    do {
      store = try session.store(for: .reading)
    } catch let error as StoreError {
      guard case .damaged = Failure(describing: error).status else { throw error }
      try checkFiles(in: session)
      throw error
    }
    let report = try store.check(at: session.clock.now)
    if isJSON {
      try session.output.json(FsckText.document(report))
    } else {
      try session.output.line(
        "Checked \(counted(report.changes, "change")) in \(counted(report.files, "file")), and "
          + "\(counted(report.tasks, "task")).")
      for finding in report.findings { try session.output.line(FsckText.line(finding)) }
      if report.findings.isEmpty {
        let what = report.missing.count > 0 ? "Everything that is here" : "Everything"
        try session.output.line("\(what) is as it should be.")
      }
    }
    for case .takenIn(_, let intake) in report.findings { try session.report(intake, in: store) }
    session.say(report.missing)
    if report.isDamaged {
      throw Failure(
        "the tasks are damaged",
        hint: "tasks fsck --rebuild makes the database anew; nothing was changed", status: .damaged)
    }
  }

  /// Reads everything on a remote.
  private func check(_ name: String, in session: Session) throws {
    let store = try session.store(for: .reading)
    let record = try session.remote(name, in: store)
    let found = try session.examine(record, in: store)
    if isJSON {
      try session.output.json(SyncText.document(found))
    } else {
      for line in SyncText.lines(found, remote: record.name) { try session.output.line(line) }
    }
    if !found.bad.isEmpty {
      try session.output.flush()
      session.say(
        "What is held here is sent again by the pushes that follow, ten minutes from now at the earliest."
      )
      session.end(with: .damaged)
    }
  }

  /// What can be said where there is no database to compare with.
  private func checkFiles(in session: Session) throws {
    guard let files = ChangesDirectory.of(store: try session.storeDirectory()) else { return }
    var report = CheckReport()
    try files.check(into: &report)
    if isJSON {
      try session.output.json(FsckText.document(report))
      return
    }
    let bad = report.findings.count
    try session.output.line(
      "Checked the files only: \(counted(report.files, "file")) with "
        + "\(counted(report.changes, "change")), \(bad == 0 ? "all" : "\(report.files - bad)") whole."
    )
    for finding in report.findings { try session.output.line(FsckText.line(finding)) }
  }

  private func rebuild(in session: Session) throws {
    let outcome = try Store.rebuild(
      at: session.storeDirectory(), zone: session.clock.zone, now: session.clock.now)
    if isJSON {
      try session.output.json(FsckText.document(outcome))
    } else {
      for line in FsckText.lines(outcome) { try session.output.line(line) }
    }
    session.say(outcome.missing)
    let isUnread = outcome.kept != nil && !outcome.isOldReadable
    if outcome.lost > 0 || outcome.isPartial || isUnread || !outcome.quarantined.isEmpty {
      session.end(with: .incomplete)
    }
  }
}
