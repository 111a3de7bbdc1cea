import Foundation
import TasksArguments
import Testing

/// Runs a program found on PATH, and returns its exit status and all that it printed.
func run(
  _ program: String, _ arguments: [String], environment: [String: String] = [:]
) throws -> (status: Int32, output: String) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [program] + arguments
  process.environment = [
    "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8",
  ].merging(environment) { $1 }
  let pipe = Pipe()
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = pipe
  process.standardError = pipe
  try process.run()
  let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: data, as: UTF8.self))
}

/// Whether a program is on PATH: what checks with another is skipped where it is not installed.
func isInstalled(_ program: String) -> Bool {
  (try? run("sh", ["-c", "command -v \(program)"]).status) == 0
}

/// A directory of one test, with the generated files and a `tasks` that answers like a store.
final class Sandbox {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/tasks-arguments-\(UUID().uuidString)"
    for (name, text) in generatedFiles(for: sample) { try write(text, to: name) }
    try write(Self.stub, to: "bin/tasks")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(path)/bin/tasks")
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var environment: [String: String] {
    ["PATH": "\(path)/bin:/usr/local/bin:/usr/bin:/bin", "HOME": path]
  }

  private func write(_ text: String, to name: String) throws {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private static let stub = #"""
    #!/bin/sh
    case "$*" in
    "--store=/a b complete-words tasks -- "*) printf '77\tElsewhere\n' ;;
    "complete-words tasks -- "*) printf '1\tBuy milk\n2\tCall: Bob [now] \\x\n12\tIt is $(rm)\n' ;;
    "complete-words projects -- "*) printf 'home\nhome.garden\nmy work\twork: all\na:b\n' ;;
    "complete-words tags -- "*) printf 'shop\turgent\nlater\n' ;;
    "complete-words settings -- "*) printf 'sync.auto\tSync by itself\n' ;;
    *) echo "unexpected: $*" >&2; exit 2 ;;
    esac
    """#
}
