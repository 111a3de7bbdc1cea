import TasksArguments
import TasksModel
import TasksProgram
import TasksStore

/// `note`: adds dated remarks, and takes them away.
struct NoteCommand: Command {
  private static let remove = OptionDeclaration(
    "remove", value: "N", help: "Take away the N-th note, as show counts them.")

  static let declaration = CommandDeclaration(
    name: "note", group: .everyday, summary: "Add a remark to a task",
    synopsis: ["note ID TEXT...", "note ID --remove N"],
    description: [
      "Adds a dated remark to a task; '-' reads it from standard input. show lists them with their numbers."
    ],
    operands: [
      OperandDeclaration(
        "ID", help: "The task, or several by 3-6,9.", minimum: 1, maximum: 1,
        completion: .stored(.tasks)),
      OperandDeclaration("TEXT", help: "The remark."),
    ],
    options: [remove, CommonOptions.json],
    examples: [
      Example("tasks note 3 She calls back on Monday", "add a remark"),
      Example("tasks note 3 --remove 1", "take the first one away"),
    ])

  private let names: TaskNames
  private let text: String
  private let removed: Int?
  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    names = try TaskNames(arguments.operands.prefix(1).map(\.text))
    text = try StandardInput.textIfDash(
      arguments.operands.dropFirst().map(\.text).joined(separator: " "))
    removed = try arguments.value(Self.remove).map(Count.init(word:))?.value
    isJSON = arguments.isJSON
    if removed != nil, !text.isEmpty {
      throw Failure.usage("--remove takes no text", hint: "add and remove in two commands")
    }
    if removed == nil, text.isEmpty {
      throw Failure.usage("the note is missing", hint: "tasks note 3 She calls back on Monday")
    }
  }

  func run(in session: Session) throws {
    let store = try session.store(for: .reading)
    let keys = try store.edit("note", at: session.clock.now) { editor in
      let keys = try names.resolve(in: store)
      for key in keys {
        guard let task = try store.record(of: key) else { continue }
        try task.refuseIfDeleted()
        try editor.update(key, try edits(of: task, at: session.clock.now))
      }
      return keys
    }
    let verb = removed == nil ? "Added a note to" : "Removed a note from"
    try session.report(try store.records(of: keys), asJSON: isJSON) {
      "\(verb) \(session.name($0))"
    }
  }

  private func edits(of task: TaskRecord, at now: Instant) throws -> Edits {
    var edits = Edits()
    if let removed {
      guard removed <= task.notes.count else {
        throw Failure(
          "there is no note \(removed)", hint: "see them with tasks show", status: .notFound)
      }
      edits.removeNote(task.notes[removed - 1].id)
    } else {
      try edits.addNote(text, at: now)
    }
    return edits
  }
}
