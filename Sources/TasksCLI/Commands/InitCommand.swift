import TasksArguments
import TasksModel
import TasksStore
import TasksText

/// `init`: makes the store.
struct InitCommand: Command {
  private static let name = OptionDeclaration(
    "name", value: "NAME", help: "What other devices call this one; at first the machine's name.")

  static let declaration = CommandDeclaration(
    name: "init", group: .care, summary: "Make an empty store",
    synopsis: ["init [--name NAME]"],
    description: [
      "Makes the folder that holds the tasks. The first add does that by itself; init is for a store elsewhere, with --store, and for giving the device a name. On a store that is there already it changes nothing else."
    ],
    options: [name],
    examples: [Example("tasks --store ~/work-tasks init", "a second list, apart from the first")])

  private let name: String?

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    name = arguments.value(Self.name)
    if let name { try Setting.deviceName.check(name) }
  }

  func run(in session: Session) throws {
    let directory = try session.storeDirectory()
    let wasThere = try Store.exists(at: directory)
    let store = try session.store(for: .writing)
    if let name { try store.set(Setting.deviceName.rawValue, to: name.trimmingWhitespace()) }
    if let name { try session.output.line("This device is called \(visible(name)).") }
    try session.output.line(
      "\(wasThere ? "There is a store already" : "Made an empty store") in \(visible(directory))")
  }
}
