import Foundation
import Glibc
import Testing

/// An empty machine for one test: its own home, hardly any environment, and the built program.
///
/// The home is removed when the machine goes away.
final class Machine: Sendable {
  let home: String
  /// Variables beside `HOME`, `PATH`, `TMPDIR` and `TZ`.
  let variables: [String: String]

  init(_ variables: [String: String] = [:]) throws {
    home = FileManager.default.temporaryDirectory.path + "/tasks-test-\(UUID().uuidString)"
    self.variables = variables
    try FileManager.default.createDirectory(
      atPath: "\(home)/tmp", withIntermediateDirectories: true)
  }

  deinit {
    // Some tests take permissions away.
    let script = "rm -rf \"$0\" 2>/dev/null || { chmod -R u+rwx \"$0\"; rm -rf \"$0\"; }"
    _ = try? Spawn.status(
      of: Spawn.run(
        ["/bin/sh", "-c", script, home].map { Array($0.utf8) }, environment: [:], directory: "/"
      ) { posix_spawn_file_actions_addopen(&$0, 2, "/dev/null", O_WRONLY, 0) }, within: 10)
  }

  /// The folder that the tasks are in.
  var store: String { "\(home)/.local/share/tasks" }
  var database: String { "\(store)/tasks.db" }

  /// The program, which was built beside the bundle of these tests, wherever that is.
  static let program: String = {
    let runner =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let starts = [CommandLine.arguments[0], runner].map { URL(fileURLWithPath: $0) }
    for start in starts {
      var folder = start.resolvingSymlinksInPath().deletingLastPathComponent()
      for _ in 0..<4 {
        let candidate = folder.appendingPathComponent("tasks").path
        var isDirectory: ObjCBool = false
        if FileManager.default.fileExists(atPath: candidate, isDirectory: &isDirectory),
          !isDirectory.boolValue, FileManager.default.isExecutableFile(atPath: candidate)
        {
          return candidate
        }
        folder.deleteLastPathComponent()
      }
    }
    fatalError("there is no program 'tasks' beside \(starts.map(\.path)); swift build makes it")
  }()

  /// The top of the source tree.
  static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  // MARK: - Running the program

  /// Runs the program with these words.
  @discardableResult
  func run(
    _ words: String..., input: String = "", with changes: [String: String?] = [:]
  ) throws -> Outcome {
    try run(words, input: Array(input.utf8), with: changes)
  }

  @discardableResult
  func run(
    _ words: [String], input: [UInt8] = [], with changes: [String: String?] = [:]
  ) throws -> Outcome {
    try start(words.map { Array($0.utf8) }, input: input, with: changes).outcome()
  }

  /// Starts the program with words that need not be UTF-8.
  func start(
    _ words: [[UInt8]], input: [UInt8] = [], with changes: [String: String?] = [:]
  ) throws -> Child {
    try Child(
      [Array(Self.program.utf8)] + words, environment: environment(changes), input: input,
      directory: home)
  }

  /// Runs a shell script that finds the program as `tasks`, with these words as its `$1` and so on.
  @discardableResult
  func shell(
    _ script: String, _ words: String..., shell: String = "/bin/bash", input: String = "",
    with changes: [String: String?] = [:]
  ) throws -> Outcome {
    try self.shell(script, words, shell: shell, input: input, with: changes)
  }

  @discardableResult
  func shell(
    _ script: String, _ words: [String], shell: String = "/bin/bash", input: String = "",
    with changes: [String: String?] = [:]
  ) throws -> Outcome {
    try Child(
      ([shell, "-c", script, "sh"] + words).map { Array($0.utf8) },
      environment: environment(changes), input: Array(input.utf8), directory: home
    ).outcome()
  }

  /// Runs SQL on the database by the `sqlite3` tool, which knows nothing of the program's functions.
  @discardableResult
  func sqlite(_ sql: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    let outcome = try shell("sqlite3 -bail \"$1\" \"$2\"", database, sql)
    #expect(outcome.status == 0, "\(outcome)", sourceLocation: sourceLocation)
    return outcome.output.trimmingCharacters(in: .newlines)
  }

  func environment(_ changes: [String: String?]) -> [String: String] {
    let folder = URL(fileURLWithPath: Self.program).deletingLastPathComponent().path
    var all = [
      "HOME": home, "TMPDIR": "\(home)/tmp", "TZ": "UTC",
      "PATH": "\(folder):/usr/local/bin:/usr/bin:/bin",
    ].merging(variables) { $1 }
    for (name, value) in changes { all[name] = value }
    return all
  }

  /// Adds a task and returns it.
  @discardableResult
  func add(
    _ words: String..., with changes: [String: String?] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> TaskDocument {
    try run(["add", "--json"] + words, with: changes)
      .succeeded(sourceLocation: sourceLocation).task()
  }

  // MARK: - Looking

  /// The titles of a list, in its order.
  func titles(_ words: String..., with changes: [String: String?] = [:]) throws -> [String?] {
    try run(["list", "--json"] + words, with: changes).succeeded().tasks().map(\.title)
  }

  /// All tasks, deleted ones too, as programs see them.
  func allTasks() throws -> [TaskDocument] {
    try run("list", "--all", "--json", "--sort", "created").tasks()
      + run("list", "--deleted", "--json", "--sort", "created").tasks()
  }

  /// The one task of that number or id.
  func task(_ name: String) throws -> TaskDocument { try run("show", name, "--json").task() }

  /// Everything that is stored, to compare: what failed must not have changed it.
  func dump() throws -> String { try sqlite(".dump") }

  /// Writes a file into the home and returns its path.
  @discardableResult
  func file(_ name: String, _ text: String, mode: Int = 0o644) throws -> String {
    let path = "\(home)/\(name)"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  static func isInstalled(_ program: String) -> Bool {
    ["/usr/local/bin", "/usr/bin", "/bin"].contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
  }

  static func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  static let isRoot = geteuid() == 0
}
