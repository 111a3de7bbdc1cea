import TasksArguments
import TasksModel
import TasksStore

/// `show`: everything about tasks.
struct ShowCommand: Command {
  static let declaration = CommandDeclaration(
    name: "show", group: .everyday, summary: "Show everything about a task",
    synopsis: ["show [OPTION]... ID..."],
    description: ["Shows all attributes of tasks, their descriptions and their notes."],
    operands: [CommonOptions.ids()],
    options: [CommonOptions.json, CommonOptions.jsonLines],
    examples: [
      Example("tasks show 3", "one task"),
      Example("tasks show 3 --json", "the same for a program"),
    ])

  private let names: TaskNames
  private let format: DataFormat?

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    names = try TaskNames(arguments.operands.map(\.text))
    format = try arguments.dataFormat
  }

  func run(in session: Session) throws {
    let store = try session.store(for: .reading)
    let keys = try names.resolve(in: store)
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
      let conflicts = try store.conflicts(of: keys[index]).flatMap(lines.beside)
      for line in sheet.lines(task, conflicts: conflicts) { try session.output.line(line) }
    }
  }
}
