import TasksArguments
import TasksModel

/// `help`: all commands, or all about one, or about a topic.
struct HelpCommand: Command {
  static let declaration = CommandDeclaration(
    name: "help", group: .care, summary: "Show all commands, or all about one",
    synopsis: ["help [COMMAND|TOPIC]"],
    description: [
      "Without a word, lists all commands. With a command, says the same as its manual page.",
      "Topics: naming, dates, filters, exit, environment, files.",
    ],
    operands: [
      OperandDeclaration(
        "COMMAND|TOPIC", help: "The command, or the first word of a topic.", maximum: 1,
        completion: .command)
    ],
    examples: [
      Example("tasks help add", "all about add"),
      Example("tasks help dates", "how dates can be written"),
    ])

  private let text: @Sendable (HelpText) -> String

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    guard let word = arguments.operands.first?.text else {
      text = { $0.overview() }
      return
    }
    let topic = Program.table.topics.first { topic in
      topic.title.lowercased().split(separator: " ").first.map(String.init) == word.lowercased()
    }
    if let topic {
      text = { $0.section(topic) }
      return
    }
    // A parser that does not know the word knows which one is near it.
    guard case .help(let command, _) = try ArgumentParser(Program.table).parse([word, "--help"])
    else { throw ArgumentError.unknownCommand(word, nearest: nil) }
    text = { $0.text(for: command, isLong: true) }
  }

  func run(in session: Session) throws {
    let text = text(HelpText(Program.table, width: session.columns ?? 80))
    try session.output.bytes { $0.append(contentsOf: text.utf8) }
  }
}
