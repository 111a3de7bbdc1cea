import TasksArguments
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// `edit`: changes tasks, by words or in an editor.
struct EditCommand: Command {
  static let declaration = CommandDeclaration(
    name: "edit", group: .everyday, summary: "Change tasks",
    synopsis: ["edit ID... [OPTION]... [ATTRIBUTE]...", "edit ID"],
    description: [
      "Changes tasks by the options and words of add. The value none takes an attribute away, and -TAG a tag.",
      "With nothing to change, the task opens in $VISUAL or $EDITOR. Only what is changed there is written. If something there cannot be understood, what was typed is kept.",
    ],
    operands: [
      CommonOptions.ids(),
      OperandDeclaration(
        "ATTRIBUTE", help: "project:NAME, +TAG, -TAG, priority:H, due:WHEN or wait:WHEN.",
        completion: .attributes),
    ],
    options: AttributeWords.options + [CommonOptions.json],
    examples: [
      Example("tasks edit 3 due:tomorrow +phone -shop", "change some attributes"),
      Example("tasks edit 3 --title \"Buy oat milk\"", "change the title"),
      Example("tasks edit 1-4 project:none", "take several tasks out of their project"),
      Example("tasks edit 3", "open the task in an editor"),
    ],
    dashWords: .operandsIfLong)

  private let names: TaskNames
  private let edits: Edits
  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    let operands = arguments.operands
    let attributes = operands.drop { !$0.isLiteral && TaskNames.isName($0.text) }
    names = try TaskNames(operands.prefix(operands.count - attributes.count).map(\.text))
    let words = try AttributeWords(Array(attributes), arguments, removesTags: true, clock: clock)
    if let word = words.rest.first {
      if names.isEmpty, TaskNames.isName(word) {
        throw Failure.usage(
          "'\(word)' stands behind what is to be changed",
          hint: "first the tasks, then what is changed: tasks edit \(word) due:fri")
      }
      throw Failure.usage(
        names.isEmpty ? "'\(word)' does not name a task" : "'\(word)' is no attribute of a task",
        hint: names.isEmpty
          ? TaskNames.help
          : ForeignWords.attribute(word)
            ?? "to change the title: --title \"\(words.rest.joined(separator: " "))\"")
    }
    guard !names.isEmpty else {
      throw Failure.usage("ID is missing", hint: TaskNames.help)
    }
    edits = words.edits
    isJSON = arguments.isJSON
  }

  func run(in session: Session) throws {
    let store = try session.store(for: .reading)
    let keys = try names.resolve(in: store)
    if edits.isEmpty {
      try editByHand(keys, in: session, store)
    } else {
      try write(edits, to: keys, seen: nil, at: session.clock.now, in: session, store)
    }
  }

  /// Writes the edits and says what they changed.
  private func write(
    _ edits: Edits, to keys: [TaskKey], seen: Snapshot?, at now: Instant, in session: Session,
    _ store: Store
  ) throws {
    let fields = try store.edit("edit", at: now) { editor in
      try keys.map { key in
        try store.record(of: key)?.refuseIfDeleted()
        return try editor.update(key, edits, seen: seen)
      }
    }
    let tasks = try store.records(of: keys)
    if isJSON {
      try DataFormat.json.write(tasks, to: session.output, append: TaskJSON.append)
      return
    }
    for (index, (task, fields)) in zip(tasks, fields).enumerated() {
      if fields.isEmpty {
        session.say("It is like that already: \(session.name(task))")
      } else {
        let names = fields.map { visible($0.spoken) }.joined(separator: ", ")
        try session.output.line("Changed \(names) of \(session.name(task))")
      }
      try session.sayConflicts(of: keys[index], fields: fields, in: store)
    }
  }

  /// Opens the one task in an editor and writes what was changed there.
  private func editByHand(_ keys: [TaskKey], in session: Session, _ store: Store) throws {
    guard keys.count == 1, let key = keys.first, let task = try store.record(of: key) else {
      throw Failure.usage(
        "nothing to change is given", hint: "an editor opens for one task at a time")
    }
    try task.refuseIfDeleted()
    let seen = try store.snapshot(of: key)
    try EditorSession(session: session).edit(task) { edits in
      // The edit is made now, not when the editor was opened.
      try write(edits, to: keys, seen: seen, at: session.laterClock.now, in: session, store)
    }
  }
}
