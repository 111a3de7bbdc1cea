import TasksArguments
import TasksModel
import TasksSync

/// `push`: sends changes to a remote.
struct PushCommand: Command {
  static let declaration = CommandDeclaration(
    name: "push", group: .sync, summary: "Send what a remote does not have",
    synopsis: ["push [REMOTE] [--dry-run] [--refill] [--allow-future] [--json]"],
    description: [
      "Commits, looks at what the remote has, and sends what it lacks: also changes that came here from other devices. It needs no pull before it, and is never refused because others have sent something.",
      "If the connection is cut, what got through is there; the next push sends the rest. What passes by itself is tried three times.",
      "A remote that was seen before and is empty now is not filled by itself: it may be another disk. push --refill fills it.",
    ],
    operands: [SyncOperands.remote],
    options: [
      SyncOperands.dryRun, SyncOperands.refill, SyncOperands.allowFuture, CommonOptions.json,
    ] + SecretOptions.declarations,
    examples: [Example("tasks push usb", "to the remote called usb")])

  private let operands: SyncOperands

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    operands = try SyncOperands(arguments, .push)
  }

  func run(in session: Session) throws { try operands.run(in: session) }
}
