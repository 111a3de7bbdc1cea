import TasksArguments
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// `undo`: takes back what the last command did.
struct UndoCommand: Command {
  static let declaration = CommandDeclaration(
    name: "undo", group: .everyday, summary: "Take back the last edit",
    synopsis: ["undo [--json]"],
    description: [
      "Takes back what the last editing command on this device did, by a new edit. Again, it takes back the one before that.",
      "What somebody has changed since is left as it is, and named.",
    ],
    options: [CommonOptions.json],
    examples: [Example("tasks undo", "that was the wrong task")])

  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    isJSON = arguments.isJSON
  }

  func run(in session: Session) throws {
    let outcome = try session.store(for: .reading).undo(at: session.clock.now)
    for skip in outcome.skipped {
      session.say(
        "Left alone, because it was changed since: \(visible(skip.field.spoken)) of "
          + session.name(skip.task))
    }
    let name = visible(outcome.name)
    if isJSON {
      try DataFormat.json.write(outcome.tasks, to: session.output, append: TaskJSON.append)
    } else if !outcome.isChanged {
      try session.output.line("Nothing of the last \(name) was taken back.")
    } else if outcome.tasks.count == 1 {
      try session.output.line("Undid \(name) of \(session.name(outcome.tasks[0]))")
    } else {
      try session.output.line("Undid \(name) of \(outcome.tasks.count) tasks.")
    }
  }
}
