import Foundation
import Testing

/// What a run under `strace` does to one call of the program.
enum Fault: String, CaseIterable {
  /// The program is killed when it makes the call, which is not done any more.
  case kill = "signal=SIGKILL"
  case diskFull = "error=ENOSPC"
  case deviceFailure = "error=EIO"
  case interruption = "error=EINTR"
  /// All further calls of that name fail, too.
  case diskStaysFull = "error=ENOSPC+"
  case deviceStaysDown = "error=EIO+"

  /// Whether it is more than one call that fails.
  var stays: Bool { rawValue.hasSuffix("+") }

  /// Whether the system could answer such a call like that.
  func canHit(_ call: SystemCall) -> Bool {
    switch self {
    case .kill: call.changes
    case .diskFull, .diskStaysFull:
      call.changes && !["fdatasync", "unlink", "unlinkat", "ftruncate"].contains(call.name)
    case .deviceFailure, .deviceStaysDown: call.changes || call.name == "openat"
    case .interruption: ["write", "pwrite64", "fsync", "fdatasync"].contains(call.name)
    }
  }
}

/// A line of a trace: one call to the system.
struct SystemCall: CustomStringConvertible {
  let name: String
  /// Which of the calls of that name it is, counting from 1: what `when=` takes.
  let occurrence: Int
  /// The paths it is about, that of a descriptor too.
  let paths: [String]
  let line: String

  var description: String { "\(name) \(occurrence) (\(line))" }

  var isDone: Bool { !line.contains(" = -1 ") && !line.contains(" = ?") }
  var path: String { paths.last ?? "" }

  /// Whether it changes what is on the disk, or what the person sees.
  var changes: Bool { name != "openat" || line.contains("O_CREAT") }

  /// Whether the person sees it: no file is changed.
  var isTalk: Bool { line.contains("write(1<") || line.contains("write(2<") }
}

/// Runs of the program under `strace`.
struct Strace {
  private static let path = "/usr/bin/strace"
  private static let calls = [
    "write", "pwrite64", "fsync", "fdatasync", "rename", "renameat", "renameat2", "link", "linkat",
    "unlink", "unlinkat", "mkdir", "mkdirat", "ftruncate", "openat",
  ]

  /// Whether processes may be traced here at all.
  static let isPossible: Bool = {
    guard FileManager.default.isExecutableFile(atPath: path), let machine = try? Machine() else {
      return false
    }
    let words = [
      path, "-f", "-qq", "-o", "/dev/null", "-e", "trace=write", "-e",
      "inject=write:error=ENOSPC:when=1", "/bin/echo", "x",
    ]
    let child = try? Child(
      words.map { Array($0.utf8) }, environment: machine.environment([:]), input: [],
      directory: machine.home)
    return child?.outcome().status == 1
  }()

  static let need: Comment = "strace is not installed, or processes may not be traced here"

  /// Runs the program; a fault hits the call that is said.
  static func run(
    _ words: [String], on machine: Machine, _ fault: (Fault, SystemCall)? = nil
  ) throws -> (outcome: Outcome, calls: [SystemCall]) {
    let trace = "\(machine.home)/trace"
    var options = [
      "-f", "-qq", "-y", "-s", "0", "-o", trace, "-e", "trace=\(calls.joined(separator: ","))",
    ]
    if let (fault, call) = fault {
      let kind = fault.rawValue.filter { $0 != "+" }
      let places = "\(call.occurrence)" + (fault.stays ? "+" : "")
      options += ["-e", "inject=\(call.name):\(kind):when=\(places)"]
    }
    let outcome = try Child(
      ([path] + options + [Machine.program] + words).map { Array($0.utf8) },
      environment: machine.environment([:]), input: [], directory: machine.home
    ).outcome()
    let text = try String(contentsOfFile: trace, encoding: .utf8)
    return (outcome, parse(text, home: machine.home))
  }

  /// The calls that are about the person's files and screen, and not about the program's own libraries.
  private static func parse(_ text: String, home: String) -> [SystemCall] {
    var counts: [String: Int] = [:]
    var calls: [SystemCall] = []
    for line in text.split(separator: "\n") {
      // 4711 rename("/a", "/b") = 0
      guard let match = line.prefixMatch(of: /\d+ +(\w+)\(/) else { continue }
      let name = String(match.1)
      counts[name, default: 0] += 1
      let arguments = line[match.range.upperBound...]
      let call = SystemCall(
        name: name, occurrence: counts[name] ?? 0, paths: paths(name, arguments),
        line: String(line))
      if call.path.hasPrefix(home) || call.isTalk { calls.append(call) }
    }
    return calls
  }

  private static func paths(_ name: String, _ arguments: Substring) -> [String] {
    switch name {
    case "write", "pwrite64", "fsync", "fdatasync", "ftruncate":
      arguments.firstMatch(of: /<([^>]*)>/).map { [String($0.1)] } ?? []
    default: arguments.matches(of: /"([^"]*)"/).map { String($0.1) }
    }
  }
}
