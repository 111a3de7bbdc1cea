import TasksArguments
import TasksModel
import TasksProgram
import TasksStore

/// `done`: completes tasks.
struct DoneCommand: Command {
  static let declaration = StateChange.declaration(
    "done", summary: "Complete tasks",
    description: [
      "Marks tasks as done. A task keeps its number for a day, so that reopen can still name it; then the number is free for another."
    ],
    examples: [Example("tasks done 3", "one task"), Example("tasks done 3-6,9", "several")])

  private let change: StateChange

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    change = try StateChange(arguments)
  }

  func run(in session: Session) throws {
    try change.run(in: session, "Completed", already: "done", needed: { $0.isOpen }) {
      editor, task in
      var edits = Edits()
      edits.setCompleted(true)
      try editor.update(task, edits)
    }
  }
}

/// `reopen`: makes completed tasks open again.
struct ReopenCommand: Command {
  static let declaration = StateChange.declaration(
    "reopen", summary: "Open completed tasks again",
    description: ["Takes back that tasks are done."], completion: .completed,
    examples: [Example("tasks reopen 3", "it was not quite done")])

  private let change: StateChange

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    change = try StateChange(arguments)
  }

  func run(in session: Session) throws {
    try change.run(
      in: session, "Reopened", already: "open", needed: { $0.isCompleted && !$0.isDeleted }
    ) { editor, task in
      var edits = Edits()
      edits.setCompleted(false)
      try editor.update(task, edits)
    }
  }
}

/// `delete`: puts tasks out of sight.
struct DeleteCommand: Command {
  static let declaration = StateChange.declaration(
    "delete", aliases: ["rm"], summary: "Delete tasks",
    description: [
      "Puts tasks out of sight. Nothing is ever erased: list --deleted shows deleted tasks, and restore brings them back. A secret typed into a task therefore stays in the store."
    ],
    examples: [Example("tasks delete 4 7", "two tasks")])

  private let change: StateChange

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    change = try StateChange(arguments)
  }

  func run(in session: Session) throws {
    try change.run(
      in: session, "Deleted", already: "deleted", acceptsDeleted: true, needed: { !$0.isDeleted }
    ) { editor, task in
      try editor.delete(task)
    }
  }
}

/// `restore`: brings deleted tasks back.
struct RestoreCommand: Command {
  static let declaration = StateChange.declaration(
    "restore", summary: "Bring deleted tasks back",
    description: ["Brings deleted tasks back, as they were."], completion: .deleted,
    examples: [Example("tasks restore 3f2a", "a task by the start of its id")])

  private let change: StateChange

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    change = try StateChange(arguments)
  }

  func run(in session: Session) throws {
    try change.run(
      in: session, "Restored", already: "there", acceptsDeleted: true,
      needed: { $0.isDeleted }
    ) { editor, task in
      var edits = Edits()
      edits.set(.isDeleted, to: .bool(false))
      try editor.update(task, edits)
    }
  }
}

/// What the four commands have in common that move tasks from one state to another.
private struct StateChange {
  private let name: String
  private let names: TaskNames
  private let isJSON: Bool

  static func declaration(
    _ name: String, aliases: [String] = [], summary: String, description: [String],
    completion: StoredKind = .tasks, examples: [Example]
  ) -> CommandDeclaration {
    CommandDeclaration(
      name: name, aliases: aliases, group: .everyday, summary: summary,
      synopsis: ["\(name) [--json] ID..."],
      description: description + [
        "Several tasks are changed together or, if one is not there, not at all."
      ],
      operands: [CommonOptions.ids(completion)], options: [CommonOptions.json], examples: examples)
  }

  init(_ arguments: ParsedArguments) throws(Failure) {
    name = arguments.command.name
    names = try TaskNames(arguments.operands.map(\.text))
    isJSON = arguments.isJSON
  }

  /// Changes the tasks that need it and tells which those were.
  func run(
    in session: Session, _ verb: String, already state: String, acceptsDeleted: Bool = false,
    needed: (TaskRecord) -> Bool, _ change: (Editor, TaskKey) throws -> Void
  ) throws {
    let store = try session.store(for: .reading)
    let (tasks, unchanged) = try store.edit(name, at: session.clock.now) { editor in
      var changed: [TaskKey] = []
      var unchanged: [TaskKey] = []
      for key in try names.resolve(in: store) {
        guard let task = try store.record(of: key) else { continue }
        if !acceptsDeleted { try task.refuseIfDeleted() }
        if needed(task) {
          try change(editor, key)
          changed.append(key)
        } else {
          unchanged.append(key)
        }
      }
      return (changed, unchanged)
    }
    for task in try store.records(of: unchanged) {
      session.say("Already \(state): \(session.name(task))")
    }
    try session.report(try store.records(of: isJSON ? tasks + unchanged : tasks), asJSON: isJSON) {
      "\(verb) \(session.name($0))"
    }
  }
}
