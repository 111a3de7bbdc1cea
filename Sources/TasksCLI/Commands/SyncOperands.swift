import TasksArguments
import TasksModel
import TasksProgram
import TasksStore
import TasksSync

/// What push, pull and sync have in common: the remote, and how to speak to it.
struct SyncOperands {
  static let remote = OperandDeclaration(
    "REMOTE", help: "The remote; else origin, else the first.", maximum: 1,
    completion: .stored(.remotes))
  static let dryRun = OptionDeclaration("dry-run", help: "Only say what would travel.")
  static let refill = OptionDeclaration(
    "refill", help: "Fill a remote again that was emptied, from what is here.")
  static let allowFuture = OptionDeclaration(
    "allow-future", help: "Send edits though this machine's clock seems to be ahead.")

  let remote: String?
  private var options: SyncOptions
  private let secrets: SecretOptions
  let isJSON: Bool

  init(_ arguments: ParsedArguments, _ ways: SyncOptions.Ways) throws {
    secrets = try SecretOptions(arguments)
    remote = arguments.operands.first?.text
    isJSON = arguments.isJSON
    options = SyncOptions(ways)
    options.isDryRun = arguments.has(Self.dryRun)
    if ways.contains(.push) {
      options.refills = arguments.has(Self.refill)
      options.allowsFuture = arguments.has(Self.allowFuture)
    }
  }

  func run(in session: Session) throws {
    var options = options
    options.batch = try session.batchSize()
    let store = try session.store(for: .reading)
    let record = try session.remote(remote, in: store)
    if options.ways.contains(.push), !options.isDryRun { _ = try session.seal(store, note: nil) }
    let report = try session.sync(store, with: record, options, secrets: secrets)
    if isJSON {
      try session.output.json(
        SyncText.document(
          report, remote: record.name, missing: store.missing().count, isDryRun: options.isDryRun))
    } else {
      try session.output.line(SyncText.line(report, options, remote: record.name))
      if options.isDryRun, options.ways.contains(.push) {
        let open = try store.counts().uncommitted
        if open > 0 { session.say("\(counted(open, "edit")) would be committed first, and sent.") }
      }
    }
    try session.tell(report, record, in: store)
  }
}
