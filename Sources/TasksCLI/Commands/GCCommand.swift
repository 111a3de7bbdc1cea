import TasksArguments
import TasksModel
import TasksProgram
import TasksStore

/// `gc`: few files in place of many.
struct GCCommand: Command {
  static let declaration = CommandDeclaration(
    name: "gc", group: .care, summary: "Fold many small files of changes into few",
    synopsis: ["gc [--json]"],
    description: [
      "Every commit writes a file into changes/. This puts the changes of many small files into a few larger ones, and removes what crashes have left. No change is lost or altered."
    ],
    options: [CommonOptions.json],
    examples: [Example("tasks gc", "once in a while")])

  private let isJSON: Bool

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    isJSON = arguments.isJSON
  }

  func run(in session: Session) throws {
    let outcome = try session.store(for: .reading).fold(at: session.clock.now)
    if isJSON {
      try session.output.json([
        "files_before": .integer(Int64(outcome.before)),
        "files": .integer(Int64(outcome.after)),
        "bytes_before": .integer(Int64(outcome.bytesBefore)),
        "bytes": .integer(Int64(outcome.bytesAfter)),
        "removed": .integer(Int64(outcome.removed)),
      ])
      return
    }
    if outcome.before == outcome.after {
      try session.output.line("Nothing to fold: \(counted(outcome.after, "file")).")
    } else {
      try session.output.line(
        "Folded \(outcome.before) files into \(outcome.after): \(outcome.bytesBefore) bytes are"
          + " \(outcome.bytesAfter) now.")
    }
    if outcome.removed > 0 {
      try session.output.line("Removed \(counted(outcome.removed, "file")) that nobody needs.")
    }
  }
}
