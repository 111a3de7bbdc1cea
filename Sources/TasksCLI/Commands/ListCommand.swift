import TasksArguments
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// `list`, and `tasks` alone: what there is to do.
struct ListCommand: Command {
  static let scopes = [
    OptionDeclaration("all", help: "Tasks in every state but deleted, waiting ones too."),
    OptionDeclaration("completed", help: "Only tasks that are done."),
    OptionDeclaration("deleted", help: "Only deleted tasks."),
    OptionDeclaration("waiting", help: "Only tasks that wait for their time."),
  ]
  static let limit = OptionDeclaration("limit", value: "N", help: "At most N tasks.")
  static let sort = OptionDeclaration(
    "sort", value: "FIELD,-FIELD",
    help:
      "The order: \(SortField.allCases.map(\.rawValue).joined(separator: ", ")); a dash reverses.",
    completion: .words(SortField.allCases.map(\.rawValue)))
  static let group = OptionDeclaration(
    "group", value: "FIELD",
    help: "Under headings: \(Grouping.allCases.map(\.rawValue).joined(separator: " or ")).",
    completion: .words(Grouping.allCases.map(\.rawValue)))
  static let filterWords = OperandDeclaration(
    "FILTER", help: "Which tasks; see FILTERS in tasks(1).", completion: .attributes)

  static let declaration = CommandDeclaration(
    name: "list", aliases: ["ls"], group: .everyday, summary: "List tasks",
    synopsis: ["list [OPTION]... [FILTER]..."],
    description: [
      "Lists the open tasks: those due first, then by priority, then the oldest. Tasks that wait for a later day are left out, unless the filter asks about waiting. With --completed, those done last come first.",
      "A filter is any number of words that must all hold: project:home, +tag, -tag, priority:H, due:today, due:overdue, due.before:fri, due.after:fri, due:none; other words are searched for. The word or separates alternatives.",
      "tasks without a command is tasks list.",
    ],
    operands: [filterWords],
    options: scopes + [sort, group, limit, CommonOptions.json, CommonOptions.jsonLines],
    examples: [
      Example("tasks list +shop", "tasks with a tag"),
      Example("tasks list project:home due.before:mon", "due this week at home"),
      Example("tasks list --group project", "project by project"),
      Example("tasks list --all --json", "everything, for a program"),
      Example("tasks list +phone or +mail", "one or the other"),
    ],
    dashWords: .operands)

  private let filter: Filter
  private let scope: Filter
  private let limit: Int?
  private let order: [SortKey]?
  private let grouping: Grouping?
  private let format: DataFormat?
  private let isPlain: Bool
  private let isOfCompleted: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    filter = try FilterWords(arguments.operands, clock: clock).filter
    scope = try Scope.filter(arguments) ?? Scope.usual(for: filter)
    isOfCompleted = arguments.has(Self.scopes[1])
    limit = try arguments.value(Self.limit).map(Count.init(word:))?.value
    order = try arguments.value(Self.sort).map(SortWords.order)
    grouping = try arguments.value(Self.group).map(Self.grouping)
    format = try arguments.dataFormat
    isPlain = arguments.operands.isEmpty && Self.scopes.allSatisfy { !arguments.has($0) }
  }

  func run(in session: Session) throws {
    let store = try session.store(for: .reading)
    try session.sayUnknownTags(of: filter, in: store)
    let setting = try store.setting(Setting.listSort.rawValue)
    let order =
      try order ?? (isOfCompleted ? Self.newestFirst : nil)
      ?? setting.map(SortWords.order) ?? SortKey.everyday
    let query = TaskQuery(
      .all([scope, filter]), order: grouping?.order(order) ?? order, limit: limit,
      detail: format == nil ? .line : .full)
    if let format {
      try session.write(query, as: format)
      return
    }
    let tasks = try store.tasks(query, clock: session.clock)
    if tasks.isEmpty {
      try sayNothingFound(session, store)
    } else {
      try session.show(tasks, by: grouping)
    }
  }

  private static func grouping(_ word: String) throws(Failure) -> Grouping {
    guard let grouping = Grouping(rawValue: word) else {
      let names = Grouping.allCases.map(\.rawValue).joined(separator: ", ")
      throw .usage("cannot group by '\(visible(word))'", hint: "fields: \(names)")
    }
    return grouping
  }

  private static let newestFirst = [SortKey(.completed, descending: true)]

  private func sayNothingFound(_ session: Session, _ store: Store) throws {
    guard isPlain else {
      session.say("No such tasks.")
      return
    }
    let waiting = try store.count(.all([.open, .waiting]), clock: session.clock)
    if waiting > 0 {
      let tasks = waiting == 1 ? "1 task is" : "\(waiting) tasks are"
      session.say("Nothing to do now. \(tasks) waiting: tasks list --waiting")
    } else if try store.count(.all([]), clock: session.clock) > 0 {
      session.say("Nothing to do.")
    } else {
      for line in Self.firstSteps { session.say(line) }
    }
  }

  private static let firstSteps = [
    "No tasks yet. Add one:     tasks add Buy milk due:fri",
    "See what there is to do:   tasks list",
    "All commands:              tasks help",
  ]
}

extension Session {
  /// Says which tags a filter shuts out that no task has: more often than not an option was meant.
  func sayUnknownTags(of filter: Filter, in store: Store) throws {
    for tag in filter.excludedTags where try !store.knows(tag: tag) {
      say("No task has the tag '\(visible(tag))' that -\(visible(tag)) leaves out.")
    }
  }

  /// Writes what a query finds as data.
  func write(_ query: TaskQuery, as format: DataFormat) throws {
    let store = try store(for: .reading)
    try format.write(to: output, append: TaskJSON.append) { each in
      try store.forEachReadAhead(query, clock: clock, each)
    }
  }

  /// Shows tasks as a table.
  func show(_ tasks: [TaskRecord], by grouping: Grouping? = nil) throws {
    let table = TaskTable(
      clock: clock, style: style, columns: columns,
      inConflict: try store(for: .reading).tasksInConflict())
    for line in table.lines(tasks, by: grouping) {
      try output.line(line)
    }
  }
}
