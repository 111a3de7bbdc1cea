import TasksArguments
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// `status`: how things stand.
struct StatusCommand: Command {
  static let declaration = CommandDeclaration(
    name: "status", group: .history,
    summary: "Show how many tasks there are and what is not synced",
    synopsis: ["status [--json]"],
    description: ["Shows this device, how many tasks there are, and what has not been sent yet."],
    options: [CommonOptions.json],
    examples: [Example("tasks status --json", "for a prompt or a status bar")])

  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    isJSON = arguments.isJSON
  }

  func run(in session: Session) throws {
    let store = try session.store(for: .reading)
    let counts = try store.counts()
    let remotes = try store.remotes()
    let named = try store.device(named: session.machineName)
    // Before the first task there is no device yet.
    let device = (id: store.directory == nil ? nil : named.id, name: named.name)
    if isJSON {
      try session.output.json(Self.document(counts, device, remotes))
      return
    }
    let labels = Labels(style: session.style, lines: Lines(columns: session.columns))
    let place = try store.directory ?? "\(session.storeDirectory()), made by the first add"
    var lines = labels.lines(
      "Device", visible(device.name) + (device.id.map { " (\(visible($0)))" } ?? ""))
    lines.append(labels.line("Store", visible(place)))
    lines += labels.lines(
      "Tasks", "\(counts.open) open, \(counts.completed) completed, \(counts.deleted) deleted")
    lines += labels.lines("Sync", Self.waiting(counts))
    if counts.conflicts > 0 {
      lines += labels.lines(
        "Conflicts", "\(counted(counts.conflicts, "conflict")); see tasks conflicts")
    }
    if counts.missing > 0 {
      lines += labels.lines(
        "Missing", "\(counted(counts.missing, "change")) that others build on; see tasks devices")
    }
    lines += remotes.flatMap { RemoteText.summary($0, session.clock, labels) }
    for line in lines { try session.output.line(line) }
  }

  /// What is not sent yet.
  private static func waiting(_ counts: StoreCounts) -> String {
    let edits = counts.unpushed == 1 ? "1 edit waits" : "\(counts.unpushed) edits wait"
    return switch counts.uncommitted {
    case _ where counts.unpushed == 0: "everything is sent"
    case 0: "\(edits) to be sent"
    case counts.unpushed: "\(edits) to be sent, not committed yet"
    case let open: "\(edits) to be sent, \(open) of them not committed yet"
    }
  }

  private static func document(
    _ counts: StoreCounts, _ device: (id: String?, name: String), _ remotes: [RemoteRecord]
  ) -> JSON {
    func number(_ value: Int) -> JSON { .integer(Int64(value)) }
    return [
      "device": ["id": device.id.map(JSON.string) ?? .null, "name": .string(device.name)],
      "tasks": [
        "open": number(counts.open), "completed": number(counts.completed),
        "deleted": number(counts.deleted),
      ],
      "uncommitted": number(counts.uncommitted),
      "unpushed": number(counts.unpushed),
      "sync": [
        "pending": number(counts.pending), "synced": number(counts.synced),
        "error": number(counts.failed),
        "total": number(counts.pending + counts.synced + counts.failed),
      ],
      "conflicts": number(counts.conflicts),
      "missing": number(counts.missing),
      "remotes": .array(remotes.map(RemoteText.document)),
    ]
  }
}
