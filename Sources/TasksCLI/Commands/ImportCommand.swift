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
  private static let format = OptionDeclaration(
    "format", value: "FORMAT", help: "What the file is; taskwarrior is the only format so far.",
    choices: ["taskwarrior"])
  private static let dryRun = OptionDeclaration(
    "dry-run", help: "Only say what would happen.")

  static let declaration = CommandDeclaration(
    name: "import", group: .care, summary: "Bring in tasks from Taskwarrior",
    synopsis: ["import [OPTION]... [FILE]"],
    description: [
      "Brings in what 'task export' writes, from a file or from standard input: one array, or one object on each line.",
      "UUIDs and times are kept; annotations become notes, and an instant that is midnight here becomes a date. What there is no attribute for is kept under its own name. A field whose value here is newer keeps it, so that importing the same file twice changes nothing.",
      "A task that cannot be understood is named with its line and the reason; the others are brought in, and the exit status is 3.",
    ],
    operands: [
      OperandDeclaration(
        "FILE", help: "The file; '-' for standard input.", maximum: 1, completion: .file)
    ],
    options: [format, dryRun, CommonOptions.json],
    examples: [Example("task export | tasks import", "all tasks of Taskwarrior")])

  private let file: String?
  private let isDryRun: Bool
  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    let file = arguments.operands.first?.text
    self.file = file == "-" ? nil : file
    isDryRun = arguments.has(Self.dryRun)
    isJSON = arguments.isJSON
  }

  /// What an import came to.
  private struct Tally {
    var created = 0
    var updated = 0
    var unchanged = 0
    var refused: [(line: Int, reason: String)] = []
    /// Tasks of which some fields are newer here.
    var newer = 0
    var deletedHere = 0

    /// Whether there was something, and nothing of it could be understood.
    var isFruitless: Bool { created + updated + unchanged == 0 && !refused.isEmpty }

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

  /// Half of what an operation may hold, with room for what stands around it.
  private static let limits = JSONLimits(maximumDepth: 24, maximumBytes: ChangeLimits.bytes / 2)

  /// Ends a rehearsal, so that nothing of it stays.
  private struct Rehearsed: Error {}

  func run(in session: Session) throws {
    if file == nil, session.environment.isInputTerminal {
      throw Failure.usage("no file to import", hint: "task export | tasks import")
    }
    let bytes = try content()
    let store = try session.store(for: isDryRun ? .reading : .writing)
    var tally = Tally()
    do {
      try store.edit("import", at: session.clock.now) { editor in
        try bring(bytes, into: editor, zone: session.clock.zone, &tally)
        if isDryRun { throw Rehearsed() }
      }
    } catch is Rehearsed {
    }
    if let first = tally.refused.first, tally.isFruitless {
      throw Failure(
        "nothing can be imported: line \(first.line): \(first.reason)",
        hint: "it must be what 'task export' writes", status: .failed)
    }
    for refusal in tally.refused.prefix(Self.mostRefusals) {
      session.say("Not imported: line \(refusal.line): \(visible(refusal.reason))")
    }
    if tally.refused.count > Self.mostRefusals {
      session.say("Not imported: \(tally.refused.count - Self.mostRefusals) more; see --json")
    }
    try report(tally, in: session)
    if !tally.refused.isEmpty { session.status = .incomplete }
  }

  private func content() throws -> [UInt8] {
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
    _ bytes: [UInt8], into editor: Editor, zone: Zone, _ tally: inout Tally
  ) throws {
    let elements = JSONElements(bytes)
    for element in elements {
      do {
        let value = try elements.value(of: element, limits: Self.limits)
        tally.count(try editor.bring(try Taskwarrior.task(from: value, zone: zone)))
      } catch let error as JSONError {
        tally.refused.append((element.line, "not JSON: \(ImportCommand.reason(error.kind))"))
      } catch let error as RefusedRecord {
        tally.refused.append((element.line, ImportCommand.reason(error)))
      }
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
          tally.refused.map { ["line": .integer(Int64($0.line)), "reason": .string($0.reason)] }),
      ])
      return
    }
    let total = tally.created + tally.updated + tally.unchanged
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

  private static func reason(_ kind: JSONError.Kind) -> String {
    switch kind {
    case .unexpectedEnd: "it ends too early"
    case .unexpectedByte(let byte) where (0x21..<0x7F).contains(byte):
      "'\(Character(Unicode.Scalar(byte)))' is not expected there"
    case .unexpectedByte: "something is not expected there"
    case .trailingContent: "something follows its end"
    case .duplicateKey(let key): "'\(key)' stands in it twice"
    case .invalidUTF8: "it is not valid UTF-8"
    case .loneSurrogate: "it has half of a character (a lone surrogate)"
    case .nullCharacter: "it has a character U+0000"
    case .controlCharacter: "it has a control character that is not escaped"
    case .badEscape: "it has an escape that JSON does not know"
    case .badNumber: "it has a number that is none"
    case .tooDeep(let limit): "it is nested more than \(limit) deep"
    case .tooLarge(let limit): "it is longer than \(limit >> 10) KiB"
    }
  }

  private static func reason(_ refusal: RefusedRecord) -> String {
    switch refusal {
    case .notAnObject: "not a task: a JSON object is expected"
    case .noID: "it has no valid uuid"
    case .missing(let key): "it has no \(key)"
    case .unexpected(let key): "\(key) is not of the kind expected"
    case .notATime(let key, let text): "\(key) is no time: \(text)"
    }
  }
}
