import TasksArguments
import TasksModel
import TasksSync

/// `sync`: fetches and sends over one connection.
struct SyncCommand: Command {
  static let declaration = CommandDeclaration(
    name: "sync", group: .sync, summary: "Exchange changes with a remote, both ways",
    synopsis: ["sync [REMOTE] [--dry-run] [--refill] [--allow-future] [--json]"],
    description: [
      "Commits, fetches what is new on the remote and sends what it lacks, over one connection: commit, pull and push in one."
    ],
    operands: [SyncOperands.remote],
    options: [
      SyncOperands.dryRun, SyncOperands.refill, SyncOperands.allowFuture, CommonOptions.json,
    ] + SecretOptions.declarations,
    examples: [
      Example("tasks sync", "with origin, or with the only remote"),
      Example("tasks sync --dry-run", "what would travel"),
    ])

  private let operands: SyncOperands

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    operands = try SyncOperands(arguments, [.pull, .push])
  }

  func run(in session: Session) throws { try operands.run(in: session) }
}
