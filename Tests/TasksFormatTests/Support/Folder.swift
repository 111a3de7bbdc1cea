import Glibc
import TasksFiles

/// A folder of a test's own, and the tools that a curious person has.
struct Folder {
  let path: String

  init() throws {
    var template = Array("/tmp/tasks-format-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FileError(.makeDirectory, "/tmp", code: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func remove() {
    _ = try? ChildProcess.runShell("rm -rf", with: [path])
  }

  static let hasTools =
    (try? ChildProcess.runShell("command -v zstd jq >/dev/null; true", with: [])) == .exited(0)
    && (try? ChildProcess.runShell(
      "zstd --version >/dev/null && jq --version >/dev/null #", with: []))
      == .exited(0)

  /// What a shell command prints; `words` are its arguments.
  func output(of command: String, _ words: String...) throws -> String {
    let file = Paths.join(path, ".output")
    let script = "out=$1; shift; { \(command); } >\"$out\" #"
    let ending = try ChildProcess.runShell("sh -c '\(script)' sh", with: [file] + words)
    guard ending == .exited(0) else { return "\(command): \(ending)" }
    return String(decoding: try FileHandle(file, flags: O_RDONLY).readToEnd(), as: UTF8.self)
  }

  /// The names in a folder inside this one, drafts included.
  func names(in folder: String) throws -> [String] {
    try output(of: #"ls -A "$1""#, Paths.join(path, folder)).split(separator: "\n").map(String.init)
  }
}
