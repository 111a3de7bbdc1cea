import TasksArguments
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// `add`: makes tasks.
struct AddCommand: Command {
  private static let stdin = OptionDeclaration(
    "stdin",
    help:
      "Read titles from standard input, one on each line and nothing but the title; the other options hold for all. All are added, or none."
  )

  static let declaration = CommandDeclaration(
    name: "add", group: .everyday, summary: "Add a task",
    synopsis: ["add [OPTION]... TITLE...", "add [OPTION]... --stdin"],
    description: [
      "Adds a task and prints its number. The words of the title need no quotes unless the shell would take them for its own.",
      "Words of the forms project:NAME, +TAG, priority:H, due:WHEN and wait:WHEN are attributes and no part of the title. After -- nothing is.",
      "The store is made when the first task is added.",
    ],
    operands: [
      OperandDeclaration("TITLE", help: "The words of the title.", completion: .attributes)
    ],
    options: AttributeWords.options.filter { $0.long != "title" } + [stdin, CommonOptions.json],
    examples: [
      Example("tasks add Buy milk +shop due:fri", "a task with a tag, due next Friday"),
      Example("tasks add \"Call Ann\" -p work --priority H", "the same with options"),
      Example("tasks add -- +1 for the idea", "words that only look like attributes"),
    ])

  private let titles: [String]
  private let readsTitles: Bool
  private let attributes: Edits
  private let isJSON: Bool
  /// Words of the title that somebody may have meant otherwise.
  private let doubtful: [String]

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    readsTitles = arguments.has(Self.stdin)
    guard !readsTitles || arguments.value(AttributeWords.description) != "-" else {
      throw Failure.usage("--stdin and -d - cannot both read standard input")
    }
    let words = try AttributeWords(arguments.operands, arguments, removesTags: false, clock: clock)
    attributes = words.edits
    let literal = Set(arguments.operands.filter(\.isLiteral).map(\.text))
    doubtful = words.rest.filter { !literal.contains($0) && ForeignWords.attribute($0) != nil }
    isJSON = arguments.isJSON
    if readsTitles {
      guard words.rest.isEmpty else {
        throw Failure.usage("with --stdin the titles come from there", hint: "leave out the title")
      }
      titles = []
    } else {
      guard !words.rest.isEmpty else {
        throw Failure.usage("the title is missing", hint: "tasks add Buy milk")
      }
      titles = [words.rest.joined(separator: " ")]
      _ = try EntryRules.title(titles[0])
    }
  }

  func run(in session: Session) throws {
    let edits = readsTitles ? try editsFromInput() : [try edits(for: titles[0])]
    guard !edits.isEmpty else {
      session.say("No titles on standard input; nothing added.")
      if isJSON { try session.report([], asJSON: true) { _ in "" } }
      return
    }
    let store = try session.store(for: .writing)
    let keys = try store.edit("add", at: session.clock.now) { editor in
      try edits.map { try editor.create($0) }
    }
    for word in doubtful {
      session.say(
        "'\(visible(word))' is part of the title; \(visible(ForeignWords.attribute(word) ?? ""))")
    }
    if isJSON {
      let tasks = try store.records(of: keys)
      if readsTitles {
        try DataFormat.json.write(tasks, to: session.output, append: TaskJSON.append)
      } else if let task = tasks.first {
        try session.output.json(task)
      }
      return
    }
    if keys.count == 1, let name = try store.name(of: keys[0]), let number = name.number {
      try session.output.line("Created task \(number) (\(name.id.short)).")
    } else {
      try session.output.line("Created \(keys.count) tasks.")
    }
  }

  private func edits(for title: String) throws(EntryError) -> Edits {
    var edits = attributes
    try edits.setTitle(title)
    return edits
  }

  private func editsFromInput() throws -> [Edits] {
    var all: [Edits] = []
    let lines = try StandardInput.text().split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      do throws(EntryError) {
        all.append(try edits(for: String(line)))
      } catch {
        let failure = Failure(describing: error)
        throw Failure.usage(
          "line \(index + 1): \(failure.message)",
          hint: "nothing was added; correct the line and try again")
      }
    }
    return all
  }
}
