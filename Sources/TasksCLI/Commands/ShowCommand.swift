import TasksArguments
import TasksModel
import TasksProgram
import TasksStore

/// `show`: everything about tasks, or about changes.
struct ShowCommand: Command {
  static let declaration = CommandDeclaration(
    name: "show", group: .everyday, summary: "Show everything about a task or a change",
    synopsis: ["show [OPTION]... ID...", "show [OPTION]... change:ID..."],
    description: [
      "Shows all attributes of tasks, their descriptions and their notes.",
      "Of a change, named by change: and the first digits of its id, shows who sealed it and when, the file that it is in, and what it did to each task, from what to what. With --json that is the change as it was sealed.",
    ],
    operands: [
      OperandDeclaration(
        "ID",
        help: "The tasks: numbers, ids, lists and ranges such as 3-6,9; or changes: change:3f2a.",
        minimum: 1, completion: .stored(.tasks))
    ],
    options: [CommonOptions.json, CommonOptions.jsonLines],
    examples: [
      Example("tasks show 3", "one task"),
      Example("tasks show 3 --json", "the same for a program"),
      Example("tasks show change:3f2a9c1e", "what was committed at once"),
    ])

  private enum Names {
    case tasks(TaskNames)
    /// The starts of ids.
    case changes([String])
  }

  private let names: Names
  private let format: DataFormat?

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    let words = arguments.operands.map(\.text)
    let changes = words.filter(ChangeWords.isName)
    guard changes.isEmpty || changes.count == words.count else {
      throw Failure.usage("tasks and changes are shown one kind at a time")
    }
    names =
      changes.isEmpty
      ? .tasks(try TaskNames(words)) : .changes(try changes.map(ChangeWords.prefix))
    format = try arguments.dataFormat
  }

  func run(in session: Session) throws {
    let store = try session.store(for: .reading)
    switch names {
    case .changes(let prefixes):
      let changes = try prefixes.map { try store.change(idPrefix: $0) }
      try ChangeView(store, session).show(changes, as: format)
    case .tasks(let names): try show(try Self.resolve(names, in: store), of: store, in: session)
    }
  }

  /// The tasks; where there is none, but a change, of that id, the hint says so.
  private static func resolve(_ names: TaskNames, in store: Store) throws -> [TaskKey] {
    do {
      return try names.resolve(in: store)
    } catch StoreError.noSuchTask(let name) {
      guard let digits = try? ChangeWords.prefix(name), !ChangeWords.isName(name),
        try store.changes(idPrefix: digits).count == 1
      else { throw StoreError.noSuchTask(name) }
      throw Failure(
        "there is no task '\(name)'", hint: "to see the change: tasks show change:\(name)",
        status: .notFound)
    }
  }

  private func show(_ keys: [TaskKey], of store: Store, in session: Session) throws {
    let tasks = try store.records(of: keys)
    if let format {
      if format == .json, tasks.count == 1 {
        try session.output.json(tasks[0])
      } else {
        try format.write(tasks, to: session.output, append: TaskJSON.append)
      }
      return
    }
    let sheet = TaskSheet(clock: session.clock, style: session.style, columns: session.columns)
    let lines = try session.conflictLines(in: store)
    for (index, task) in tasks.enumerated() {
      if index > 0 { try session.output.line("") }
      var task = task
      try store.showClocks(of: keys[index], in: &task)
      let conflicts = try store.conflicts(of: keys[index]).flatMap(lines.beside)
      for line in sheet.lines(task, conflicts: conflicts) { try session.output.line(line) }
    }
  }
}
