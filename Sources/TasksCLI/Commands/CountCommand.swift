import TasksArguments
import TasksModel
import TasksProgram
import TasksStore

/// `count`: how many tasks there are.
struct CountCommand: Command {
  static let declaration = CommandDeclaration(
    name: "count", group: .everyday, summary: "Count tasks",
    synopsis: ["count [OPTION]... [FILTER]..."],
    description: ["Prints how many tasks list would show."],
    operands: [ListCommand.filterWords],
    options: ListCommand.scopes + [CommonOptions.json],
    examples: [Example("tasks count due.before:tomorrow", "how much is due today or overdue")],
    dashWords: .operands)

  private let filter: Filter
  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    let words = try FilterWords(arguments.operands, clock: clock).filter
    filter = .all([try Scope.filter(arguments) ?? Scope.usual(for: words), words])
    isJSON = arguments.isJSON
  }

  func run(in session: Session) throws {
    let store = try session.store(for: .reading)
    try session.sayUnknownTags(of: filter, in: store)
    let count = try store.count(filter, clock: session.clock)
    if isJSON {
      try session.output.json(["count": .integer(Int64(count))])
    } else {
      try session.output.line(String(count))
    }
  }
}
