import TasksArguments
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// `diff`: what edits come to.
struct DiffCommand: Command {
  static let declaration = CommandDeclaration(
    name: "diff", group: .history, summary: "Show what was edited and is not committed",
    synopsis: ["diff [--json]", "diff [--json] A..B"],
    description: [
      "Shows what the edits that are not committed yet come to: for every task the fields that are different, before (-) and after (+). What was changed and changed back is left out.",
      "With two changes, shows what those come to that the log lists after A, up to B and with it. Without B everything since A, what is not committed included; without A everything up to B. One change alone means all since then.",
    ],
    operands: [
      OperandDeclaration(
        "A..B", help: "Changes, by the first digits of their ids, four or more.", maximum: 1)
    ],
    options: [CommonOptions.json],
    examples: [
      Example("tasks diff", "what the next commit will hold"),
      Example("tasks diff 3f2a9c1e..", "everything since a change"),
    ])

  private let range: LogRangeWords?
  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    range = try arguments.operands.first.map { try LogRangeWords($0.text) }
    isJSON = arguments.isJSON
  }

  func run(in session: Session) throws {
    let store = try session.store(for: .reading)
    let differences = try store.differences(range?.resolve(in: store) ?? .uncommitted)
    if isJSON {
      try DataFormat.json.write(differences, to: session.output) {
        JSONWriter.append(HistoryJSON.difference($0), to: &$1)
      }
      return
    }
    guard !differences.isEmpty else {
      try sayNothing(store, session)
      return
    }
    let lines = Lines(columns: session.columns)
    let fields = FieldLines(session, indent: 2, longText: .inFull)
    for difference in differences {
      let (sign, word, told) = Self.heading(difference)
      try session.output.line(
        lines.task(
          sign, number: difference.number, id: difference.task, title: difference.title,
          words: word.map { [$0] } ?? [], indent: 0, style: session.style))
      for line in fields.lines(difference.fields.filter { !told.contains($0.field) }) {
        try session.output.line(line)
      }
    }
  }

  private func sayNothing(_ store: Store, _ session: Session) throws {
    let uncommitted = try store.countUncommitted()
    if range != nil {
      session.say("No difference.")
    } else if uncommitted == 0 {
      session.say("Nothing was edited since the last commit.")
    } else {
      session.say("The \(counted(uncommitted, "edit")) since the last commit come to nothing.")
    }
  }

  /// What stands before the task and behind it, and the fields of which nothing more need be said.
  private static func heading(
    _ difference: TaskDifference
  ) -> (sign: String, word: String?, told: Set<Field>) {
    func value(_ field: Field) -> JSON? { difference.fields.first { $0.field == field }?.to }
    let isDeleted = value(.isDeleted) == true
    let sign = HistoryWords.sign(isNew: difference.isNew, isDeleted: isDeleted)
    var told: Set<Field> = [.isDeleted]
    let title = value(.title)?.stringValue
    if difference.isNew, let title, title.utf8.elementsEqual((difference.title ?? "").utf8) {
      told.insert(.title)
    }
    if isDeleted { return (sign, difference.isNew ? "deleted" : nil, told) }
    if value(.isDeleted) == false { return (sign, "restored", told) }
    guard let isDone = value(.completed)?.boolValue else { return (sign, nil, told) }
    told.insert(.completed)
    return (sign, isDone ? "done" : "reopened", told)
  }
}
