import TasksArguments
import TasksExchange
import TasksFiles
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// `export`: gives tasks to other programs.
struct ExportCommand: Command {
  private static let format = OptionDeclaration(
    "format", value: "FORMAT", help: "What to write; jsonl if it is not said.",
    choices: ExchangeFormat.allCases.map(\.rawValue))
  private static let file = OptionDeclaration(
    "output", short: "o", value: "FILE",
    help: "The file to write; it is replaced when the new one is whole.", completion: .file)
  private static let plain = OptionDeclaration(
    "plain", help: "Write todo.txt without the keys by which a task is found again.")
  private static let withDeleted = OptionDeclaration(
    "with-deleted", help: "Deleted tasks too, where the format knows such.")

  static let declaration = CommandDeclaration(
    name: "export", group: .care, summary: "Give tasks to other programs",
    synopsis: ["export [OPTION]... [FILTER]..."],
    description: [
      "Writes the tasks that are not deleted, those that are done too, in a format of other programs: for Taskwarrior (taskwarrior), todo.txt, as the to-dos of an iCalendar file (ics), as a table (csv), or as the objects of --json, one on each line (jsonl). Filters are those of list.",
      "What was exported can be imported again: it is the same tasks. What one format has no place for is counted on standard error: todo.txt has no descriptions and no notes.",
      "In todo.txt every line gets two keys: uid: names the task, rev: says when it was last written to, so that what is changed there finds its way back. With --plain it goes without.",
    ],
    operands: [ListCommand.filterWords],
    options: [format, file, plain, withDeleted] + ListCommand.scopes.filter { $0.long != "all" },
    examples: [
      Example("tasks export -o tasks.jsonl", "everything, with all it has"),
      Example(
        "tasks export --format taskwarrior > tasks.json", "for Taskwarrior: task import tasks.json"),
      Example("tasks export --format ics project:home -o home.ics", "a project for a calendar"),
    ],
    dashWords: .operandsIfLong)

  private let filter: Filter
  private let scope: Filter
  private let format: ExchangeFormat
  private let file: String?
  private let isPlain: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    filter = try FilterWords(arguments.operands, clock: clock).filter
    let isEverything = arguments.has(Self.withDeleted)
    let scope = try Scope.filter(arguments)
    if isEverything, scope != nil {
      throw Failure.usage("--with-deleted means all tasks: no other state can be asked for")
    }
    self.scope = scope ?? (isEverything ? .all([]) : .not(.deleted))
    format = arguments.value(Self.format).flatMap(ExchangeFormat.init(rawValue:)) ?? .jsonLines
    let file = arguments.value(Self.file)
    self.file = file == "-" ? nil : file
    isPlain = arguments.has(Self.plain)
    if isPlain, format != .todoTxt {
      throw Failure.usage("--plain is for todo.txt", hint: "tasks export --format todo.txt --plain")
    }
  }

  func run(in session: Session) throws {
    let store = try session.store(for: .reading)
    try session.sayUnknownTags(of: filter, in: store)
    // In the order in which they came into the store: a list that was imported keeps its own.
    let query = TaskQuery(.all([scope, filter]), order: [], detail: .full)
    var writer = TaskWriter(
      format, clock: session.clock, isPlain: isPlain, zoneNamed: Zone.named)
    var count = 0
    var skipped = 0
    let line = session.progressLine
    func produce(_ put: ((inout [UInt8]) -> Void) throws -> Void) throws {
      try put { writer.begin(&$0) }
      // To ask for a zone by name changes a variable of the whole program, which no other thread may look at meanwhile.
      let read = format == .ics ? store.forEach : store.forEachReadAhead
      try read(query, session.clock) { task in
        if task.isDeleted, format == .todoTxt {
          skipped += 1
          return
        }
        try put { writer.append(task, to: &$0) }
        count += 1
        line.show { "Exporting … \(counted(count, "task"))" }
      }
      try put { writer.end(&$0) }
    }
    do {
      defer { line.clear() }
      if let file {
        try write(to: file, produce)
      } else {
        try produce { body in try self.put(body, session) }
      }
    }
    if file != nil { session.say("Exported \(counted(count, "task")).") }
    for text in omitted(writer.omissions, deleted: skipped) { session.say(text) }
  }

  /// Writes one piece to the standard output; none of it can command a terminal.
  private func put(_ body: (inout [UInt8]) -> Void, _ session: Session) throws {
    guard session.environment.isOutputTerminal, format != .jsonLines, format != .taskwarrior else {
      try session.output.bytes(body)
      return
    }
    var bytes: [UInt8] = []
    body(&bytes)
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where index < lines.count - 1 || !line.isEmpty {
      let line = line.last == 0x0D ? line.dropLast() : line
      try session.output.line(visible(String(decoding: line, as: UTF8.self)))
    }
  }

  private func write(
    to path: String, _ write: (((inout [UInt8]) -> Void) throws -> Void) throws -> Void
  ) throws {
    var file = try DraftFile(path)
    var buffer: [UInt8] = []
    try write { body in
      body(&buffer)
      guard buffer.count >= 1 << 16 else { return }
      try file.write(buffer.span.bytes)
      buffer.removeAll(keepingCapacity: true)
    }
    try file.write(buffer.span.bytes)
    try file.publish()
  }

  /// What the file does not hold, a line for each kind.
  private func omitted(_ omissions: Omissions, deleted: Int) -> [String] {
    let kinds = [
      (omissions.descriptions, "description"), (omissions.notes, "note"),
      (omissions.fields, "field"), (deleted, "deleted task"),
    ]
    return kinds.filter { $0.0 > 0 }.map { number, word in
      "\(counted(number, word)) \(number == 1 ? "is" : "are") not in the file: \(format.rawValue) has none."
    }
  }
}
