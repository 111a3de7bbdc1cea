import TasksArguments
import Glibc
import TasksExchange
import TasksFiles
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// `import`: brings in tasks from other programs.
struct ImportCommand: Command {
  static let format = OptionDeclaration(
    "format", value: "FORMAT",
    help: "What the files are; without it that is guessed from what is in them.",
    choices: ExchangeFormat.allCases.map(\.rawValue))
  private static let dryRun = OptionDeclaration(
    "dry-run", help: "Only say what would happen.")

  static let declaration = CommandDeclaration(
    name: "import", group: .care, summary: "Bring in tasks from other programs",
    synopsis: ["import [OPTION]... [FILE]..."],
    description: [
      "Brings in tasks from files or from standard input: what 'task export' writes (taskwarrior), todo.txt files, the to-dos of an iCalendar file (ics), tables with a line of column names (csv), and what 'tasks export' and 'tasks list --jsonl' write (jsonl).",
      "Importing the same file twice changes nothing, and what was edited here since keeps its value: times are kept where the file has them, and where it does not say when something was changed, only what nobody has edited here since the last import or export is taken over. What an earlier import brought and the file no longer has is taken away. What there is no attribute for is kept under a name of its own, and comes back with 'tasks export'.",
      "Taskwarrior: annotations become notes, and an instant that is midnight here becomes a date. todo.txt: the first +project is the project, further ones are tags, a @context is a tag with its @. iCalendar: DTSTART is the day a task waits for, comments are notes. CSV: the columns are called as the members of --json, in any order; title must be there.",
      "A record that cannot be understood is named with its line and the reason; the others are brought in, and the exit status is 3.",
    ],
    operands: [
      OperandDeclaration("FILE", help: "The files; '-' for standard input.", completion: .file)
    ],
    options: [format, dryRun, CommonOptions.json],
    examples: [
      Example("task export | tasks import", "all tasks of Taskwarrior"),
      Example("tasks import ~/todo.txt ~/done.txt", "the lists of todo.txt"),
    ])

  private let files: [String]
  private let format: ExchangeFormat?
  private let isDryRun: Bool
  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    let files = arguments.operands.map(\.text)
    self.files = files.isEmpty ? ["-"] : files
    format = arguments.value(Self.format).flatMap(ExchangeFormat.init(rawValue:))
    isDryRun = arguments.has(Self.dryRun)
    isJSON = arguments.isJSON
  }

  /// What an import came to.
  private struct Tally {
    var created = 0
    var updated = 0
    var unchanged = 0
    var refused: [(file: String, line: Int, reason: String)] = []
    /// Tasks of which some fields are newer here.
    var newer = 0
    var deletedHere = 0

    var total: Int { created + updated + unchanged }

    /// Whether there was something, and nothing of it could be understood.
    var isFruitless: Bool { total == 0 && !refused.isEmpty }

    mutating func count(_ outcome: ImportOutcome) {
      if outcome.isNew {
        created += 1
      } else if outcome.written.isEmpty {
        unchanged += 1
      } else {
        updated += 1
      }
      if !outcome.newer.isEmpty { newer += 1 }
      if outcome.isDeletedHere { deletedHere += 1 }
    }
  }

  private static let mostRefusals = 50

  /// Ends a rehearsal, so that nothing of it stays.
  private struct Rehearsed: Error {}

  func run(in session: Session) throws {
    if files == ["-"], session.environment.isInputTerminal {
      throw Failure.usage("no file to import", hint: "task export | tasks import")
    }
    let sources = try files.map { try source($0, session.clock) }
    let store = try session.store(for: isDryRun ? .reading : .writing)
    var tally = Tally()
    let line = session.progressLine
    do {
      defer { line.clear() }
      try store.bringIn(at: session.clock.now) { editor in
        for source in sources {
          try bring(source, into: editor, &tally, line)
        }
        if isDryRun { throw Rehearsed() }
      }
    } catch is Rehearsed {
    }
    if let first = tally.refused.first, tally.isFruitless {
      throw Failure(
        "nothing can be imported: \(place(first.file, first.line)): \(first.reason)",
        hint: Self.hint(sources.first?.format ?? .taskwarrior), status: .failed)
    }
    for refusal in tally.refused.prefix(Self.mostRefusals) {
      session.say(
        "Not imported: \(place(refusal.file, refusal.line)): \(visible(refusal.reason))")
    }
    if tally.refused.count > Self.mostRefusals {
      session.say("Not imported: \(tally.refused.count - Self.mostRefusals) more; see --json")
    }
    try report(tally, in: session)
    for source in sources where source.isDoubtful && tally.created > 0 {
      session.say(
        "\(visible(source.name)) was taken for todo.txt, as every text is"
          + (isDryRun ? "." : "; if it is none: tasks undo"))
    }
    if !tally.refused.isEmpty { session.status = .incomplete }
  }

  /// A file that was read, and what it is.
  private struct Source {
    let name: String
    let format: ExchangeFormat
    /// Whether any other text would have been taken for the same.
    let isDoubtful: Bool
    let file: ForeignFile
  }

  private func source(_ name: String, _ clock: Clock) throws -> Source {
    let bytes = try content(name == "-" ? nil : name)
    guard let format = format ?? ExchangeFormat.guess(from: bytes) else {
      throw Failure(
        "\(name == "-" ? "the standard input" : visible(name)) is no text in UTF-8, and nothing that can be imported",
        hint: "tasks import --help lists the formats", status: .failed)
    }
    let isDoubtful =
      self.format == nil && format == .todoTxt && name != "-" && !name.hasSuffix(".txt")
    let written = name == "-" ? nil : try Files.modified(name).map(Instant.init(seconds:))
    return Source(
      name: name, format: format, isDoubtful: isDoubtful,
      file: ForeignFile(
        bytes, zone: clock.zone,
        modifiedAt: max(min(written ?? clock.now, clock.now), Instant(milliseconds: 0)),
        zoneNamed: Zone.named))
  }

  private func content(_ file: String?) throws -> [UInt8] {
    let limit = 1 << 30
    guard let file else { return try StandardInput.bytes(limit: limit) }
    let bytes = try FileHandle(file, flags: O_RDONLY).readToEnd(limit: limit + 1)
    guard bytes.count <= limit else {
      throw Failure(
        "\(file) is longer than \(limit >> 30) GiB", hint: "import it in parts", status: .failed)
    }
    return bytes
  }

  private func bring(
    _ source: Source, into editor: Editor, _ tally: inout Tally, _ line: ProgressLine
  ) throws {
    try Feed(source.file, as: source.format).each { portion in
      for outcome in try editor.bring(portion.tasks) { tally.count(outcome) }
      for refusal in portion.refusals {
        tally.refused.append((source.name, refusal.line, RefusalText.text(of: refusal.reason)))
      }
      let total = max(source.file.bytes.count, 1)
      line.show {
        "Importing … \(counted(tally.total, "task")), \(portion.offset * 100 / total) %"
      }
    }
  }

  /// Where a record is.
  private func place(_ file: String, _ line: Int) -> String {
    guard files.count > 1 else { return "line \(line)" }
    return "\(file == "-" ? "standard input" : visible(file)), line \(line)"
  }

  private static func hint(_ format: ExchangeFormat) -> String {
    switch format {
    case .taskwarrior: "it must be what 'task export' writes"
    case .jsonLines: "it must be what 'tasks export' writes"
    case .csv: "its first line must name the columns, such as title and due"
    case .ics: "it must be an iCalendar file with to-dos (VTODO)"
    case .todoTxt: "it must be a todo.txt file"
    }
  }

  private func report(_ tally: Tally, in session: Session) throws {
    if isJSON {
      try session.output.json([
        "created": .integer(Int64(tally.created)), "updated": .integer(Int64(tally.updated)),
        "unchanged": .integer(Int64(tally.unchanged)),
        "kept_newer": .integer(Int64(tally.newer)),
        "deleted_here": .integer(Int64(tally.deletedHere)),
        "refused": .array(
          tally.refused.map { refusal in
            var members: [JSON.Member] = [
              .init("line", .integer(Int64(refusal.line))),
              .init("reason", .string(refusal.reason)),
            ]
            if files.count > 1 { members.insert(.init("file", .string(refusal.file)), at: 0) }
            return .object(members)
          }),
      ])
      return
    }
    let total = tally.total
    var line = "\(isDryRun ? "Would import" : "Imported") \(total) \(total == 1 ? "task" : "tasks")"
    line += ": \(tally.created) new, \(tally.updated) changed, \(tally.unchanged) as they were"
    try session.output.line(line + ".")
    if tally.newer > 0 {
      let tasks = tally.newer == 1 ? "1 task" : "\(tally.newer) tasks"
      session.say("Of \(tasks) something is newer here, and was kept.")
    }
    if tally.deletedHere > 0 {
      let tasks = tally.deletedHere == 1 ? "1 of them is" : "\(tally.deletedHere) of them are"
      session.say("\(tasks) deleted here and stay so: tasks list --deleted, tasks restore ID")
    }
  }
}
