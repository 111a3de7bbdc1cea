import TasksArguments
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// `conflicts`: values that were written by people who did not know of each other, and how to choose.
struct ConflictsCommand: Command {
  private static let all = OptionDeclaration(
    "all", help: "In the list: those that have ended, too.")
  private static let stdin = OptionDeclaration(
    "stdin", help: "With merge: read the merged text from standard input; no editor opens.")

  static let declaration = CommandDeclaration(
    name: "conflicts", group: .history, summary: "Show what two devices wrote at once, and choose",
    synopsis: [
      "conflicts [--all] [--json|--jsonl]", "conflicts show ID [--json]",
      "conflicts take ID [N] [--json]", "conflicts keep ID [--json]",
      "conflicts merge ID [--stdin] [--json]",
    ],
    description: [
      "When two devices change the same thing without knowing of each other, the later value is shown and the other is kept beside it. conflicts lists such values until somebody chooses; nothing is ever dropped. A conflict has the same id on every device, and to choose on one of them ends it on all.",
      "conflicts show prints every value whole. conflicts take gives the task the other value, or the N-th of the others; conflicts keep leaves the one that is shown. conflicts merge opens a title, a description or a note in $VISUAL or $EDITOR, with both edits in it; where they overlap, both versions stand between markers.",
      "What was chosen is an edit like any other: undo takes it back, and log shows it.",
    ],
    operands: [
      OperandDeclaration(
        "WHAT", help: "show, take, keep or merge; nothing for the list.", maximum: 1,
        completion: .words(Verb.allCases.map(\.rawValue))),
      OperandDeclaration(
        "ID", help: "The conflict: at least four digits of its id.", maximum: 1,
        completion: .stored(.conflicts)),
      OperandDeclaration(
        "N", help: "With take: which of the other values, as show counts them.", maximum: 1),
    ],
    options: [all, stdin, CommonOptions.json, CommonOptions.jsonLines],
    examples: [
      Example("tasks conflicts", "what is open"),
      Example("tasks conflicts take 3f2a9c1e", "the other value was right"),
      Example("tasks conflicts keep 3f2a9c1e", "the one shown is"),
      Example("tasks conflicts merge 3f2a9c1e", "make one text of both"),
    ])

  enum Verb: String, CaseIterable {
    case show, take, keep, merge
  }

  /// Nil for the list.
  private let verb: Verb?
  private let prefix: String
  private let number: Int?
  private let isAll: Bool
  private let readsText: Bool
  private let format: DataFormat?

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    let words = arguments.operands.map(\.text)
    verb = try words.first.map(Self.verb)
    isAll = arguments.has(Self.all)
    readsText = arguments.has(Self.stdin)
    format = try arguments.dataFormat
    if let verb {
      guard words.count > 1 else {
        throw Failure.usage(
          "conflicts \(verb.rawValue) needs an ID", hint: "see them with tasks conflicts")
      }
      prefix = try ConflictWords.prefix(words[1])
      guard words.count < 3 || verb == .take else {
        throw Failure.usage("conflicts \(verb.rawValue) takes one ID and nothing else")
      }
      number = words.count == 3 ? try Count(word: words[2]).value : nil
      if isAll { throw Failure.usage("--all is for the list", hint: "tasks conflicts --all") }
      if format == .jsonLines { throw Failure.usage("--jsonl is for the list", hint: "--json") }
    } else {
      prefix = ""
      number = nil
    }
    if readsText, verb != .merge { throw Failure.usage("--stdin is for conflicts merge") }
  }

  private static func verb(_ word: String) throws(Failure) -> Verb {
    if let verb = Verb(rawValue: word) { return verb }
    let verbs = Verb.allCases.map(\.rawValue).joined(separator: ", ")
    throw .usage(
      "'\(word)' is nothing that conflicts does",
      hint: ConflictWords.isName(word)
        ? "to see that one: tasks conflicts show \(word)"
        : "it is one of \(verbs); to list them: tasks conflicts")
  }

  func run(in session: Session) throws {
    switch verb {
    case nil: try list(in: session)
    case .show: try show(in: session)
    case .take:
      try ConflictChoice(prefix: prefix, isJSON: format == .json).take(number, in: session)
    case .keep:
      try ConflictChoice(prefix: prefix, isJSON: format == .json).keep(in: session)
    case .merge:
      try ConflictChoice(prefix: prefix, isJSON: format == .json)
        .merge(readsText: readsText, in: session)
    }
  }

  private func list(in session: Session) throws {
    let store = try session.store(for: .reading)
    let conflicts = try store.conflicts(all: isAll)
    let lines = try session.conflictLines(in: store)
    if let format {
      let json = ConflictJSON(ownName: lines.ownName)
      try format.write(conflicts, to: session.output) {
        JSONWriter.append(json.document($0), to: &$1)
      }
      return
    }
    guard !conflicts.isEmpty else {
      session.say(isAll ? "There have been no conflicts." : "No conflicts.")
      return
    }
    for (index, conflict) in conflicts.enumerated() {
      if index > 0 { try session.output.line("") }
      for line in lines.entry(conflict) { try session.output.line(line) }
    }
  }

  private func show(in session: Session) throws {
    let store = try session.store(for: .reading)
    let conflict = try store.conflict(idPrefix: prefix)
    let lines = try session.conflictLines(in: store)
    if format != nil {
      try session.output.json(ConflictJSON(ownName: lines.ownName).document(conflict))
      return
    }
    let successor = try store.successor(of: conflict)
    for line in ConflictSheet(parts: lines).lines(conflict, successor: successor) {
      try session.output.line(line)
    }
  }
}
