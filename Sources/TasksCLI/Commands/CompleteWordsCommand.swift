import TasksArguments
import TasksModel
import TasksStore
import TasksText

/// `complete-words`: what a shell asks for when somebody presses Tab.
struct CompleteWordsCommand: Command {
  static let declaration = CommandDeclaration(
    name: "complete-words", group: .care, summary: "Print what a word could become",
    synopsis: ["complete-words KIND [PREFIX]"],
    description: ["Prints what begins with a prefix, a line each, with a tab and a description."],
    operands: [
      OperandDeclaration(
        "KIND", help: "tasks, projects, tags, settings, conflicts or remotes.", minimum: 1,
        maximum: 1),
      OperandDeclaration("PREFIX", help: "How it begins.", maximum: 1),
    ],
    isHidden: true)

  private let kind: StoredKind?
  private let prefix: String

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    kind = StoredKind(rawValue: arguments.operands[0].text)
    prefix = arguments.operands.count > 1 ? arguments.operands[1].text : ""
  }

  func run(in session: Session) throws {
    let candidates: [(word: String, meaning: String?)]
    switch kind {
    case nil: candidates = []
    case .settings:
      candidates = Setting.allCases.map { ($0.rawValue, $0.help) }
    case .projects:
      candidates = try session.store(for: .reading).projects().filter { $0.open > 0 }
        .map { ($0.name, nil) }
    case .tags:
      candidates = try session.store(for: .reading).tags().filter { $0.open > 0 }
        .map { ($0.name, nil) }
    case .remotes:
      candidates = try session.store(for: .reading).remotes().map { ($0.name, $0.url) }
    case .tasks: candidates = try numbers(.not(.deleted), session)
    case .completed: candidates = try numbers(.completed, session)
    case .deleted: candidates = try numbers(.deleted, session)
    case .conflicts:
      candidates = try session.store(for: .reading)
        .openConflictIDs(startingWith: prefix.lowercased())
        .map { ($0.id, "\($0.field.spoken) of \($0.title ?? "(no title yet)")") }
    }
    for candidate in candidates where candidate.word.utf8.starts(with: prefix.utf8) {
      // A word with a line end or a tab in it could not be told apart from two.
      let word = visible(candidate.word)
      guard word == candidate.word else { continue }
      let meaning = candidate.meaning.map { "\t" + visible($0) } ?? ""
      try session.output.line(word + meaning)
    }
  }

  /// The numbers of tasks, with their titles.
  private func numbers(
    _ filter: Filter, _ session: Session
  ) throws -> [(word: String, meaning: String?)] {
    try session.store(for: .reading).numberedTitles(filter, startingWith: prefix)
      .map { (String($0.number), $0.title) }
  }
}
