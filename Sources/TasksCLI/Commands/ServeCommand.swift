import Glibc
import TasksArguments
import TasksFiles
import TasksModel
import TasksProgram
import TasksStore

/// `serve`: becomes the server, which is a program of its own, so that nothing else has to load its library.
struct ServeCommand: Command {
  static let declaration = ServeOptions.declaration

  private let arguments: ParsedArguments

  init(_ arguments: ParsedArguments, clock: Clock) throws {
    _ = try ServeOptions(arguments)
    self.arguments = arguments
  }

  func run(in session: Session) throws {
    guard let running = Programs.running(),
      let server = Programs.helper("tasks-serve", of: running)
    else {
      throw Failure(
        "tasks-serve is not installed", hint: "it belongs beside tasks, or in ../libexec/tasks",
        status: .failed)
    }
    var words = [server, "--store=" + (try session.storeDirectory())]
    for option in Self.declaration.options {
      for value in arguments.all(option) {
        words.append(option.value == nil ? "--" + option.long : "--\(option.long)=\(value)")
      }
    }
    try session.output.flush()
    var strings = words.map { strdup($0) } + [nil]
    execv(server, &strings)
    throw FileError(.spawn, server, code: errno)
  }
}
