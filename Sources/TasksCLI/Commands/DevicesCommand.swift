import TasksArguments
import TasksModel
import TasksProgram
import TasksStore
import TasksText

/// `devices`: who takes part.
struct DevicesCommand: Command {
  static let declaration = CommandDeclaration(
    name: "devices", group: .sync, summary: "List the devices whose changes are here",
    synopsis: ["devices [--json]"],
    description: [
      "Lists this device and every other whose changes have arrived: how many, when it made the last, which are known to be missing, and whether its store was copied, so that two of its changes have one number."
    ],
    options: [CommonOptions.json],
    examples: [Example("tasks devices", "is anything missing?")])

  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    isJSON = arguments.isJSON
  }

  func run(in session: Session) throws {
    let store = try session.store(for: .reading)
    // Before the first task there is no device yet.
    let devices = store.directory == nil ? [] : try store.devices()
    let missing = try store.missing()
    let ownName = try store.device(named: session.machineName).name
    if isJSON {
      try DataFormat.json.write(devices, to: session.output) {
        JSONWriter.append(Self.document($0, missing, ownName), to: &$1)
      }
      return
    }
    guard !devices.isEmpty else {
      session.say("No devices yet: the first add makes this one.")
      return
    }
    let lines = Lines(columns: session.columns)
    for device in devices {
      for line in Self.lines(device, missing, ownName, lines, session) {
        try session.output.line(line)
      }
    }
    let others = missing.count - missing.gaps.reduce(0) { $0 + $1.numbers.count }
    if others > 0 {
      let text =
        missing.gaps.isEmpty
        ? "\(counted(others, "change")) that others build on have not arrived."
        : "\(others) more that others build on have not arrived."
      for line in lines.wrap(text, indent: 0, paint: session.style.today) {
        try session.output.line(line)
      }
    }
  }

  private static func lines(
    _ device: KnownDevice, _ missing: Missing, _ ownName: String, _ lines: Lines,
    _ session: Session
  ) -> [String] {
    let style = session.style
    let name = device.isHere ? ownName : device.name ?? "(no name)"
    var parts = [
      Lines.Part(visible(name), style.strong),
      Lines.Part(String(device.id.text.prefix(8)), style.faint),
    ]
    if device.isHere { parts.append(.init("this device")) }
    if device.wasHere { parts.append(.init("this device, before it got a new id")) }
    var result = lines.flow(parts)
    var text = device.changes == 0 ? "no changes yet" : counted(device.changes, "change")
    if let at = device.lastAt { text += ", last " + HumanTime.full(at, session.clock) }
    result += lines.wrap(text, indent: 2)
    let gaps = missing.gaps.filter { $0.device == device.id }.map { gap in
      let (first, last) = (gap.numbers.lowerBound, gap.numbers.upperBound)
      return first == last ? "\(first)" : "\(first)–\(last)"
    }
    if !gaps.isEmpty {
      result += lines.wrap(
        gaps.joined(separator: ", ") + " missing", indent: 2, paint: style.today)
    }
    for number in device.forks {
      result += lines.wrap(
        "two changes numbered \(number): a copied store", indent: 2, paint: style.today)
    }
    return result
  }

  private static func document(
    _ device: KnownDevice, _ missing: Missing, _ ownName: String
  ) -> JSON {
    let name = device.isHere ? ownName : device.name
    let gaps = missing.gaps.filter { $0.device == device.id }
    return [
      "id": .string(device.id.text), "name": name.map(JSON.string) ?? .null,
      "here": .bool(device.isHere), "former": .bool(device.wasHere),
      "changes": .integer(Int64(device.changes)), "last": .integer(Int64(device.last)),
      "last_at": device.lastAt.map { .string($0.description) } ?? .null,
      "missing": .array(
        gaps.map {
          [.integer(Int64($0.numbers.lowerBound)), .integer(Int64($0.numbers.upperBound))]
        }),
      "forks": .array(device.forks.map { .integer(Int64($0)) }),
    ]
  }
}
