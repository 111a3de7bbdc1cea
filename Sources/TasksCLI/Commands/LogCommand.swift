import TasksArguments
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// `log`: the changes, or the life of a task.
struct LogCommand: Command {
  static let limit = OptionDeclaration(
    "limit", short: "n", value: "N", help: "The newest N only.")

  static let declaration = CommandDeclaration(
    name: "log", group: .history, summary: "Show what was committed, or the life of a task",
    synopsis: ["log [OPTION]...", "log [OPTION]... ID"],
    description: [
      "Lists the changes that this device has, its own and those of others, newest first, and for each the tasks it made (+), edited (*) or deleted (-).",
      "With a task, deleted or not, shows everything that was ever done to it: when, on which device, and from what to what. That includes edits which are not committed yet.",
      "Times are those that the clock of the device showed. Devices with the same changes list them in the same order.",
    ],
    operands: [
      OperandDeclaration(
        "ID", help: "A task: its number, or the start of its id.", maximum: 1,
        completion: .stored(.tasks))
    ],
    options: [limit, CommonOptions.json, CommonOptions.jsonLines],
    examples: [
      Example("tasks log -n 5", "the last five changes"),
      Example("tasks log 3", "who did what to a task"),
    ])

  private let task: TaskNames?
  private let limit: Int?
  private let format: DataFormat?

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    let words = arguments.operands.map(\.text)
    if let word = words.first, ChangeWords.isName(word) {
      throw Failure.usage(
        "'\(word)' does not name a task", hint: "to see the change: tasks show \(word)")
    }
    task = words.isEmpty ? nil : try TaskNames(words)
    limit = try arguments.value(Self.limit).map(Count.init(word:))?.value
    format = try arguments.dataFormat
  }

  func run(in session: Session) throws {
    let store = try session.store(for: .reading)
    guard let task else {
      try showChanges(of: store, in: session)
      return
    }
    let keys = try task.resolve(in: store)
    guard keys.count == 1 else {
      throw Failure.usage("the life of one task at a time can be shown")
    }
    try showLife(of: keys[0], in: store, session)
  }

  // MARK: - Changes

  private func showChanges(of store: Store, in session: Session) throws {
    if let format {
      try format.write(
        to: session.output, append: { JSONWriter.append($0, to: &$1) },
        { each in
          try store.forEachChange(limit: limit) {
            try each(HistoryJSON.change($0, store.tasks(of: $0).tasks))
          }
        })
      return
    }
    let entry = LogEntry(session)
    let uncommitted = try store.countUncommitted()
    var isEmpty = true
    try store.forEachChange(limit: limit) { change in
      if isEmpty, uncommitted > 0 {
        let text = "\(counted(uncommitted, "edit")) not committed yet; see tasks diff"
        for line in entry.lines.wrap(text, indent: 0, paint: session.style.today) {
          try session.output.line(line)
        }
      }
      isEmpty = false
      for line in entry.lines(change, try store.tasks(of: change, limit: LogEntry.mostTasks)) {
        try session.output.line(line)
      }
    }
    guard isEmpty else { return }
    let edits = counted(uncommitted, "edit")
    session.say(
      uncommitted == 0
        ? "Nothing is committed yet."
        : "Nothing is committed yet; \(edits) can be: see tasks diff, then tasks commit.")
  }

  // MARK: - A task

  private func showLife(of task: TaskKey, in store: Store, _ session: Session) throws {
    let ownName = try store.device(named: session.machineName).name
    if let format {
      try format.write(
        to: session.output, append: { JSONWriter.append($0, to: &$1) },
        { each in
          try store.forEachOperation(on: task, limit: limit) {
            try each(HistoryJSON.operation($0, ownName: ownName))
          }
        })
      return
    }
    let entry = OperationEntry(session, ownName: ownName)
    try store.forEachOperation(on: task, limit: limit) { operation in
      for line in entry.lines(operation) { try session.output.line(line) }
    }
  }
}
