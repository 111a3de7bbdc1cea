import TasksArguments
import TasksModel
import TasksProgram
import TasksStore

/// `search`: finds tasks by their words.
struct SearchCommand: Command {
  static let declaration = CommandDeclaration(
    name: "search", group: .everyday, summary: "Find tasks by their words",
    synopsis: ["search [OPTION]... WORD..."],
    description: [
      "Finds tasks in whose title, description or notes every word begins some word; accents and case do not matter. The best matches come first. Tasks that are done are found too.",
      "Words may be mixed with filters, as in list.",
    ],
    operands: [
      OperandDeclaration("WORD", help: "What to look for.", minimum: 1, completion: .attributes)
    ],
    options: ListCommand.scopes + [
      ListCommand.limit, CommonOptions.json, CommonOptions.jsonLines,
    ],
    examples: [
      Example("tasks search milk", "tasks with a word that begins with milk"),
      Example("tasks search dentist --completed --limit 1", "when was I there last?"),
    ],
    dashWords: .operands)

  private let filter: Filter
  private let limit: Int?
  private let format: DataFormat?

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    filter = .all([
      try Scope.filter(arguments) ?? .not(.deleted),
      try FilterWords(arguments.operands, clock: clock).filter,
    ])
    limit = try arguments.value(ListCommand.limit).map(Count.init(word:))?.value
    format = try arguments.dataFormat
  }

  func run(in session: Session) throws {
    try session.sayUnknownTags(of: filter, in: try session.store(for: .reading))
    let query = TaskQuery(
      filter, order: [SortKey(.updated, descending: true)], limit: limit,
      detail: format == nil ? .line : .full, isRanked: true)
    if let format {
      try session.write(query, as: format)
      return
    }
    let tasks = try session.store(for: .reading).tasks(query, clock: session.clock)
    if tasks.isEmpty {
      session.say("No such tasks.")
    } else {
      try session.show(tasks)
    }
  }
}
