import TasksArguments
import TasksModel
import TasksProgram
import TasksStore

/// `commit`: seals what was edited.
struct CommitCommand: Command {
  static let note = OptionDeclaration(
    "message", short: "m", value: "NOTE", help: "What to say about it, for the log.")

  static let declaration = CommandDeclaration(
    name: "commit", group: .history, summary: "Seal what was edited into a change",
    synopsis: ["commit [-m NOTE] [--json]"],
    description: [
      "Makes a change of everything that was edited since the last commit. A change never changes again; its id is the SHA-256 of its content. It is kept twice: in the database, and as a file in the folder changes/, of which the database can be made anew.",
      "Changes are what other devices get. There is no need to commit before push, sync or bundle create: they do it themselves.",
    ],
    options: [note, CommonOptions.json],
    examples: [Example("tasks commit -m \"after the meeting\"", "with a note for the log")])

  private let note: String?
  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    note = try arguments.value(Self.note).flatMap { text throws(EntryError) in
      try EntryRules.longText(text, field: Field("note"))
    }
    isJSON = arguments.isJSON
  }

  func run(in session: Session) throws {
    let store = try session.store(for: .reading)
    let outcome = try session.seal(store, note: note)
    if isJSON {
      try session.output.json(Self.document(outcome))
      return
    }
    guard let first = outcome.changes.first else {
      session.say("Nothing to commit.")
      return
    }
    let edits = counted(outcome.operations, "edit") + " of " + counted(outcome.tasks, "task")
    try session.output.line(
      outcome.changes.count == 1
        ? "Committed \(edits) as change \(first.id.text.prefix(8))."
        : "Committed \(edits) as \(outcome.changes.count) changes.")
  }

  private static func document(_ outcome: SealOutcome) -> JSON {
    [
      "changes": .array(
        outcome.changes.map { change in
          [
            "id": .string(change.id.text), "seq": .integer(Int64(change.sequence)),
            "operations": .integer(Int64(change.operations)),
          ]
        }),
      "operations": .integer(Int64(outcome.operations)),
      "tasks": .integer(Int64(outcome.tasks)),
    ]
  }
}
