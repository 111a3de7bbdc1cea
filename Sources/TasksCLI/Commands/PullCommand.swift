import TasksArguments
import TasksModel
import TasksSync

/// `pull`: fetches changes from a remote.
struct PullCommand: Command {
  static let declaration = CommandDeclaration(
    name: "pull", group: .sync, summary: "Fetch what is new on a remote",
    synopsis: ["pull [REMOTE] [--dry-run] [--json]"],
    description: [
      "Fetches the changes that are not here yet, checks them and merges them. Edits that are not committed stay as they are. New conflicts are told, with what settles them.",
      "A file on the remote that is not whole, as when somebody is still copying it, is left for later, and the rest goes on.",
    ],
    operands: [SyncOperands.remote],
    options: [SyncOperands.dryRun, CommonOptions.json] + SecretOptions.declarations,
    examples: [Example("tasks pull --json", "how much came, for a script")])

  private let operands: SyncOperands

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    operands = try SyncOperands(arguments, .pull)
  }

  func run(in session: Session) throws { try operands.run(in: session) }
}
