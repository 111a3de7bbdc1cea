import Glibc
import TasksArguments
import TasksFiles
import TasksProgram
import TasksStore
import TasksText

/// The program from its first word to its exit status.
package enum Program {
  /// Runs the program with the words of this process and returns its exit status.
  package static func main() -> Int32 {
    Memory.returnLargePieces()
    let environment = Environment.current()
    let status = run(environment: environment)
    return status.rawValue
  }

  private static func run(environment: Environment) -> ExitStatus {
    do {
      return try perform(try words(), environment: environment)
    } catch {
      if let error = error as? FileError, error.call == .write, error.code == EPIPE {
        // Whoever read our output has seen enough.
        return .ok
      }
      let failure = Failure(describing: error)
      report(failure, environment: environment)
      return failure.status
    }
  }

  /// The words after the program's name; one that is no UTF-8 is refused.
  private static func words() throws -> [String] {
    try (1..<max(1, Int(CommandLine.argc))).map { index in
      guard let bytes = CommandLine.unsafeArgv[index] else { return "" }
      guard let word = String(validatingCString: bytes) else {
        throw Failure.usage(
          "word \(index) of the command line is not valid UTF-8",
          hint: "text must be UTF-8; a terminal set to another encoding sends something else")
      }
      return word
    }
  }

  private static func perform(_ words: [String], environment: Environment) throws -> ExitStatus {
    switch try ArgumentParser(table).parse(words) {
    case .version:
      let output = Output(environment: environment, usesPager: false)
      try output.line("tasks \(Version.number)")
      try output.flush()
    case .help(let command, let isLong):
      let output = Output(environment: environment, usesPager: isLong)
      let text = HelpText(table, width: environment.terminal?.columns ?? 80)
        .text(for: command, isLong: isLong)
      try output.bytes { $0.append(contentsOf: text.utf8) }
      try output.flush()
    case .run(let arguments):
      let global = GlobalOptions(arguments)
      guard let type = commands.first(where: { $0.declaration.name == arguments.command.name })
      else { return .bug }
      let command = try type.init(arguments, clock: environment.clock)
      let session = Session(environment: environment, global: global)
      do {
        do {
          try command.run(in: session)
        } catch {
          // What was found before it failed is shown before the failure.
          try? session.output.flush()
          throw error
        }
        try session.output.flush()
        if command is AutoSyncCommand { return .ok }
        if session.hasEdited, isEdit(arguments.command) { AutoSync.start(after: session) }
        AutoSync.tellFailure(in: session)
      } catch let error as FileError {
        // Much output is written before the command ends.
        guard session.hasEdited, error.code != EPIPE, error.path == Output.path else { throw error }
        throw Failure(
          "the edit was made, but what came of it cannot be printed: \(error.reason)",
          hint: "do not repeat it; see tasks list", status: .failed)
      }
      return session.status
    }
    return .ok
  }

  /// Whether what a command writes is something that other devices should get.
  private static func isEdit(_ command: CommandDeclaration) -> Bool {
    switch command.group {
    case .everyday, .history: true
    case .care: command.name == ImportCommand.declaration.name
    case .sync: false
    }
  }

  /// Tells the person what went wrong.
  static func report(_ failure: Failure, environment: Environment) {
    let isColored =
      environment.isErrorTerminal && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
    let style = Style(isOn: isColored)
    Talk.say(style.error("tasks:") + " " + visible(failure.message))
    for line in failure.details { Talk.say("  " + visible(line)) }
    if let hint = failure.hint { Talk.say(style.hint("hint:") + " " + visible(hint)) }
  }
}
