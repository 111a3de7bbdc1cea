import Glibc
import TasksArguments
import TasksFiles
import TasksModel
import TasksProgram
import TasksStore

/// The program from its first word to its exit status.
///
/// People call it as `tasks serve`.
package enum ServeProgram {
  private static let store = OptionDeclaration(
    "store", value: "DIR", help: "The folder that holds the tasks.", completion: .directory)
  private static let table = CommandTable(
    program: "tasks-serve", summary: "the HTTP server of tasks", version: Version.number,
    released: Version.released, description: [],
    globals: [
      store, OptionDeclaration("help", short: "h", help: "Show help."),
      OptionDeclaration("version", help: "Print the version."),
    ], commands: [ServeOptions.declaration], defaultCommand: "serve", topics: [])

  package static func main() -> Int32 {
    do {
      return try run(CommandLine.arguments.dropFirst().map { $0 }).rawValue
    } catch {
      let failure = (error as? ArgumentError).map { usage($0) } ?? Failure(describing: error)
      say("tasks: \(failure.message)")
      if let hint = failure.hint { say("hint: \(hint)") }
      return failure.status.rawValue
    }
  }

  private static func run(_ words: [String]) throws -> ExitStatus {
    switch try ArgumentParser(table).parse(["serve"] + words) {
    case .version:
      try print("tasks-serve \(Version.number)")
      return .ok
    case .help:
      try print("tasks-serve is started by tasks serve; see tasks serve --help")
      return .ok
    case .run(let arguments):
      let environment = Environment.current()
      guard let directory = arguments.value(store) ?? environment["TASKS_DIR"] else {
        throw Failure.usage("--store is missing", hint: "people start it with tasks serve")
      }
      try serve(ServeOptions(arguments), directory, environment)
      return .ok
    }
  }

  private static func serve(
    _ options: ServeOptions, _ directory: String, _ environment: Environment
  ) throws {
    let signals = Signals()
    let log = ServerLog(format: options.logFormat)
    let address = try options.address ?? portAddress(environment) ?? ServeOptions.usualAddress
    let batch = try BatchSize.read(environment)
    // The store is made first: the token is in it.
    _ = try Store.open(at: directory, creating: true, zone: .local)
    let tokenFile = options.tokenFile ?? Paths.join(directory, "token")
    let token = options.needsToken ? try Token(file: tokenFile) : nil
    let server: Server
    do {
      server = try Server(
        options, address: address, directory: directory, batch: batch, token: token, log: log)
    } catch let error as HTTPServerError {
      throw failure(error, address)
    }
    try print(
      greeting(server.address, host: options.hosts.first, tokenFile: token == nil ? nil : tokenFile)
    )
    if !server.address.isLocal {
      log.note("other machines can reach this address: a proxy in front must add TLS")
    }
    signals.wait()
    log.note("ending")
    server.stop()
  }

  /// The line that says where it listens, with a call that works.
  private static func greeting(
    _ address: ListenAddress, host name: String?, tokenFile: String?
  ) -> String {
    let (base, socket): (String, String) =
      switch address {
      case .tcp(let host, let port) where ["0.0.0.0", "::"].contains(host):
        ("http://127.0.0.1:\(port)", "-H 'Host: \(name ?? "")' ")
      case .tcp(let host, let port):
        ("http://\(ListenAddress.bracketed(host)):\(port)", "")
      case .unix(let path):
        ("http://localhost", "--unix-socket \(ShellQuote.posix(path)) ")
      }
    let header =
      tokenFile.map { "-H \"Authorization: Bearer $(cat \(ShellQuote.posix($0)))\" " } ?? ""
    return "Listening at \(address.text). Try: curl \(header)\(socket)\(base)/api/tasks"
  }

  private static func portAddress(_ environment: Environment) throws -> ListenAddress? {
    guard let text = environment["PORT"] else { return nil }
    guard let port = UInt16(text) else {
      throw Failure.usage("PORT is '\(text)'", hint: "it takes a number from 0 to 65535")
    }
    return .tcp(host: "127.0.0.1", port: port)
  }

  private static func failure(_ error: HTTPServerError, _ address: ListenAddress) -> Failure {
    let message: String
    var hint: String?
    switch error {
    case .notAnAddress(let host):
      message = "'\(host)' is no address of this machine"
      hint = "give it in numbers, for example 127.0.0.1"
    case .unusablePath(let path): message = "no socket can be made at \(path): the path is too long"
    case .inUse:
      message = "somebody listens at \(address.text) already"
      hint = "if it is not another tasks serve, choose another port: --listen 127.0.0.1:0"
    case .notASocket(let path):
      message = "cannot listen at \(path): there is something else"
      hint = "it is left alone; give another path"
    case .system(let call, let code):
      message = "cannot listen at \(address.text): \(call): \(SystemError.reason(code))"
    case .library: message = "the HTTP library does not start"
    }
    return Failure(message, hint: hint, status: .failed)
  }

  /// Few will call it by its own name, so few words will do.
  private static func usage(_ error: ArgumentError) -> Failure {
    .usage("the command line makes no sense: \(error)", hint: "tasks serve --help")
  }

  private static func print(_ line: String) throws(FileError) {
    try Descriptor.write(
      Array((line + "\n").utf8).span.bytes, to: STDOUT_FILENO, path: "standard output")
  }

  private static func say(_ line: String) {
    try? Descriptor.write(
      Array((line + "\n").utf8).span.bytes, to: STDERR_FILENO, path: "standard error")
  }
}

/// The signals that end the server, kept for whoever waits for them.
///
/// Blocked before any thread starts, so that all threads inherit it and none is interrupted.
private struct Signals {
  private var set = sigset_t()

  init() {
    sigemptyset(&set)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&set, signal) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    signal(SIGPIPE, SIG_IGN)
  }

  func wait() {
    var set = set
    var signal: Int32 = 0
    sigwait(&set, &signal)
    // A second one ends it at once.
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }
}
