import TasksArguments
import TasksModel
import TasksProgram
import TasksStore

/// `version`: which program this is.
struct VersionCommand: Command {
  static let declaration = CommandDeclaration(
    name: "version", group: .care, summary: "Print the version", synopsis: ["version [--json]"],
    description: [
      "Prints the version of the program; with --json also that of SQLite and of the store's schema."
    ],
    options: [CommonOptions.json],
    examples: [Example("tasks version", "the same as tasks --version")])

  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    isJSON = arguments.isJSON
  }

  func run(in session: Session) throws {
    if isJSON {
      try session.output.json([
        "version": .string(Version.number), "schema": .integer(Int64(Store.schemaVersion)),
        "sqlite": .string(Store.sqliteVersion),
      ])
    } else {
      try session.output.line("tasks \(Version.number)")
    }
  }
}
