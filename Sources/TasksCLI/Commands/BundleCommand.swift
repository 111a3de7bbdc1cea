import TasksArguments
import TasksFiles
import TasksFormat
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// `bundle`: changes as files, to carry by stick or mail.
struct BundleCommand: Command {
  private static let since = OptionDeclaration(
    "since", value: "WHAT",
    help: "With create: only what came after change:ID, or what a remote is not known to have.")
  private static let all = OptionDeclaration(
    "all", help: "With create: everything, which is what it does unless --since says less.")

  static let declaration = CommandDeclaration(
    name: "bundle", group: .sync, summary: "Carry changes as files: create, apply, verify",
    synopsis: [
      "bundle create FILE [--since change:ID|REMOTE | --all] [--json]",
      "bundle apply FILE... [--json]", "bundle verify FILE... [--json]",
    ],
    description: [
      "bundle create commits, and writes changes into a file that can travel by stick, by mail or in any folder. A bundle has at most 4 MiB: if there is more, files named FILE-2, FILE-3 and so on follow.",
      "bundle apply takes in the changes of files that somebody brought. Applying a file twice, or in another order, or with some missing, does no harm.",
      "bundle verify says what is in files, and whether they are whole. It needs no tasks of your own.",
    ],
    operands: [
      OperandDeclaration(
        "WHAT", help: "create, apply or verify.", minimum: 1, maximum: 1,
        completion: .words(["create", "apply", "verify"])),
      OperandDeclaration(
        "FILE", help: "The file to write, or the files to read.", minimum: 1, completion: .file),
    ],
    options: [since, all, CommonOptions.json],
    examples: [
      Example("tasks bundle create /media/stick/tasks.tasks", "everything, for another device"),
      Example("tasks bundle apply /media/stick/*.tasks", "take in what somebody brought"),
      Example("tasks bundle create new.tasks --since change:4a67384a", "only what is newer"),
    ])

  private enum Verb: String, CaseIterable {
    case create, apply, verify
  }

  private let verb: Verb
  private let files: [String]
  private let since: BundleCreation.Beginning?
  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    let words = arguments.operands.map(\.text)
    guard let verb = Verb(rawValue: words[0]) else {
      throw Failure.usage(
        "'\(words[0])' is nothing that bundle does",
        hint: "it is one of \(Verb.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self.verb = verb
    files = Array(words.dropFirst())
    isJSON = arguments.isJSON
    let since = arguments.value(Self.since)
    if verb != .create, since != nil || arguments.has(Self.all) {
      throw Failure.usage("--since and --all are for bundle create")
    }
    if since != nil, arguments.has(Self.all) {
      throw Failure.usage("--since and --all exclude each other")
    }
    if verb == .create, files.count > 1 {
      throw Failure.usage("bundle create writes one file", hint: "tasks bundle create FILE")
    }
    self.since = try since.map { word in
      ChangeWords.isName(word) ? .change(try ChangeWords.prefix(word)) : .remote(word)
    }
  }

  func run(in session: Session) throws {
    switch verb {
    case .create:
      try BundleCreation(file: files[0], since: since, isJSON: isJSON).run(in: session)
    case .apply: try apply(in: session)
    case .verify: try verify(in: session)
    }
  }

  // MARK: - Apply

  private func apply(in session: Session) throws {
    let store = try session.store(for: .writing)
    let (intake, failures) = try store.takeIn(files.count, at: session.clock.now) { index in
      IncomingBundle(try Self.read(files[index]))
    }
    let applied = files.count - failures.count
    for failure in failures {
      if let error = failure.error as? FormatError {
        session.report(Failure(error, of: files[failure.index]))
      } else {
        session.report(Failure(describing: failure.error))
      }
    }
    if isJSON {
      try session.output.json(Self.document(intake, bundles: applied, missing: store.missing()))
    } else if intake.count > 0 {
      let names = Set(intake.names.values.map { visible($0) }).sorted()
      try session.output.line(
        "Received \(counted(intake.count, "change")) from \(names.joined(separator: ", ")): "
          + "\(counted(intake.tasks.count, "task")).")
    } else if applied > 0 {
      try session.output.line("Nothing new: all of it was here already.")
    }
    try session.report(intake, in: store)
  }

  private static func read(_ path: String) throws -> [UInt8] {
    let file = try FileHandle(path, flags: FileHandle.forReading)
    return try file.readToEnd(limit: FormatLimits.bundle + 1)
  }

  private static func document(_ intake: Intake, bundles: Int, missing: Missing) -> JSON {
    [
      "bundles": .integer(Int64(bundles)),
      "changes": .integer(Int64(intake.count)),
      "tasks": .integer(Int64(intake.tasks.count)),
      "conflicts": .array(intake.conflicts.map(JSON.string)),
      "missing": .integer(Int64(missing.count)),
    ]
  }

  // MARK: - Verify

  private func verify(in session: Session) throws {
    var documents: [JSON] = []
    for file in files {
      do throws(FormatError) {
        let bundle = try Bundle(file: file)
        if isJSON {
          documents.append(Self.document(bundle, file: file))
        } else {
          try? session.output.line(
            "\(visible(file)): ok, \(counted(bundle.count, "change")) by "
              + (try Self.authors(of: bundle)).joined(separator: ", "))
        }
      } catch {
        session.report(Failure(error, of: file))
      }
    }
    if isJSON { try session.output.json(.array(documents)) }
  }

  /// `laptop 1–3` for every device.
  private static func authors(of bundle: Bundle) throws(FormatError) -> [String] {
    var names: [DeviceID: String] = [:]
    var changes = try bundle.changes()
    while let change = try changes.next() { names[change.change.device] = change.change.name }
    return bundle.header.devices.map { span in
      let name = visible(names[span.device] ?? span.device.text)
      return "\(name) \(span.first)" + (span.last == span.first ? "" : "–\(span.last)")
    }
  }

  private static func document(_ bundle: Bundle, file: String) -> JSON {
    [
      "file": .string(file),
      "sha256": .string(bundle.digest.text),
      "bytes": .integer(Int64(bundle.bytes.count)),
      "changes": .integer(Int64(bundle.count)),
      "devices": .array(
        bundle.header.devices.map { span in
          [
            "device": .string(span.device.text), "first": .integer(Int64(span.first)),
            "last": .integer(Int64(span.last)), "tip": .string(span.tip.text),
          ]
        }),
    ]
  }
}
