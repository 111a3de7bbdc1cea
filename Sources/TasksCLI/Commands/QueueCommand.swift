import TasksArguments
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// `queue`: what waits to be sent.
struct QueueCommand: Command {
  static let declaration = CommandDeclaration(
    name: "queue", group: .history, summary: "Show the edits that have not been sent yet",
    synopsis: ["queue [OPTION]..."],
    description: [
      "Lists every operation that is not yet known to be on the default remote, oldest first: its kind, the fields it wrote, when, how often sending was tried, and the last error."
    ],
    options: [ListCommand.limit, CommonOptions.json, CommonOptions.jsonLines],
    examples: [Example("tasks queue", "what the other devices do not know yet")])

  private let limit: Int?
  private let format: DataFormat?

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    limit = try arguments.value(ListCommand.limit).map(Count.init(word:))?.value
    format = try arguments.dataFormat
  }

  func run(in session: Session) throws {
    let queue = try session.store(for: .reading).queue(limit: limit)
    if let format {
      try format.write(queue, to: session.output) {
        JSONWriter.append(Self.document($0), to: &$1)
      }
      return
    }
    guard !queue.isEmpty else {
      session.say("Nothing waits to be sent.")
      return
    }
    for row in queue {
      let task = row.number.map(String.init) ?? row.task.short
      let fields = row.fields.objectValue ?? []
      let names = fields.map { Field($0.key).spoken }.joined(separator: ", ")
      var line = "\(HumanTime.full(row.at, session.clock))  \(visible(row.kind)) task \(task)"
      if row.kind == OperationKind.create.rawValue {
        line += ": \(visible(row.title ?? ""))"
      } else if !names.isEmpty {
        line += ": \(visible(names))"
      }
      if let error = row.lastError {
        line += " (\(row.state) after \(tries(row.attempts)): \(visible(error)))"
      }
      try session.output.line(line)
    }
  }

  private func tries(_ count: Int) -> String { count == 1 ? "1 try" : "\(count) tries" }

  private static func document(_ row: QueuedOperation) -> JSON {
    func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
    return [
      "id": .integer(row.id),
      "task": .string(row.task.text),
      "kind": .string(row.kind),
      "at": .string(row.at.description),
      "fields": row.fields,
      "over": row.over,
      "status": .string(row.state),
      "attempts": .integer(Int64(row.attempts)),
      "last_attempted_at": text(row.attemptedAt?.description),
      "last_error": text(row.lastError),
    ]
  }
}
