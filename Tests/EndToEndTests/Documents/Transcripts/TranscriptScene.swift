import Foundation
import SSHSupport
import Testing

/// The machines that a transcript is about: each with a home of its own, a stick that goes from one to the next, and, if it
/// is spoken of, a server called `nas`.
///
/// A minute passes with every command. What a shell keeps is kept: `$?`, variables that are exported, the folder.
final class TranscriptScene {
  private let scene: Transcript.Scene
  private let stick: Machine
  private let server: TranscriptServer?
  private var machines: [String: Machine] = [:]
  /// Where the shells of the machines keep what they were left with.
  private let shells: Machine
  private var statuses: [String: Int32] = [:]

  /// A Wednesday, in seconds since 1970.
  private var now = TranscriptScene.seconds("2025-11-19 10:00")
  /// How far the clocks of machines are from it.
  private var offsets: [String: Int] = [:]

  /// Where things are in documents.
  private static let (stickPath, homePath) = ("/media/stick", "/home/anna")

  struct Failed: Error {
    let command: String
    let outcome: Outcome
  }

  /// Whether this machine has what the scene needs.
  static func isPossible(_ scene: Transcript.Scene) -> Bool {
    (!scene.usesServer || SSHServer.isPossible) && scene.programs.allSatisfy(Machine.isInstalled)
  }

  init(_ scene: Transcript.Scene) throws {
    self.scene = scene
    stick = try Machine()
    try FileManager.default.removeItem(atPath: stick.home + "/tmp")
    shells = try Machine()
    server = scene.usesServer ? try TranscriptServer() : nil
    if let server { machines["nas"] = server.machine }
  }

  /// Ends what was left running in the background.
  deinit {
    for name in machines.keys {
      let jobs = try? String(contentsOfFile: "\(shells.home)/shell-\(name)-jobs", encoding: .utf8)
      for job in (jobs ?? "").split(separator: "\n").compactMap({ Int32($0) }) {
        kill(job, SIGTERM)
      }
    }
  }

  func setClock(of machine: String?, to moment: String) {
    let time = Self.seconds(moment)
    if let machine { offsets[machine] = time - now } else { now = time }
  }

  /// Runs a command and returns the lines that it prints, with paths as documents call them.
  func run(_ step: Transcript.Step, as command: String) throws -> [String] {
    let machine = try machine(named: step.machine)
    defer { now += 60 }
    let clock = Self.text(now + offsets[step.machine, default: 0])
    let state = "\(shells.home)/shell-\(step.machine)"
    let words = [
      real(command, on: machine), state, String(statuses[step.machine] ?? 0), clock,
    ]
    let variables = TwoDesks.clock(at: clock).merging([
      "TERM": "dumb",
      // OpenSSH finds it by the name of the user, not by `HOME`.
      "TASKS_SSH_CONFIG": server == nil ? nil : "\(machine.home)/.ssh/config",
    ]) { $1 }
    let outcome =
      step.answers.isEmpty
      ? try machine.shell("exec 2>&1\n" + Self.shell, words, with: variables)
      : try machine.terminal(
        ["-c", Self.shell, "sh"] + words, program: "/bin/bash", rows: 200, with: variables,
        answering: step.answers)
    statuses[step.machine] = outcome.status
    if step.expected == nil, outcome.status != 0 {
      throw Failed(command: command, outcome: outcome)
    }
    // What was ended by a signal, or by us for want of an end, has printed what it has.
    let isCut = [SIGABRT, SIGKILL, SIGSEGV].contains { [-$0, 128 + $0].contains(outcome.status) }
    return outcome.lines.map { documented($0, of: machine) }
      + (isCut ? ["(cut off: \(outcome.status))"] : [])
  }

  /// Runs `$1` with what `$2` says of the shell before, `$?` being `$3` and the time `$4`.
  private static let shell = """
    [ ! -e "$2" ] || . "$2"
    export TEST_CLOCK="$4"
    tasks_state=$2
    (exit "$3")
    eval "$1"
    tasks_status=$?
    { export -p; printf 'cd %q\\n' "$PWD"; } >"$tasks_state"
    jobs -p >>"$tasks_state-jobs"
    exit $tasks_status
    """

  // MARK: - Machines

  private func machine(named name: String) throws -> Machine {
    if let machine = machines[name] { return machine }
    let machine = try Machine()
    try server?.admit(machine, called: name, isNew: scene.isNewToServer)
    if !name.isEmpty { try machine.run("config", "device.name", name).succeeded() }
    machines[name] = machine
    return machine
  }

  private func real(_ command: String, on machine: Machine) -> String {
    command.replacing(Self.stickPath, with: stick.home)
      .replacing(Self.homePath, with: machine.home)
  }

  private func documented(_ line: String, of machine: Machine) -> String {
    line.replacing(stick.home, with: Self.stickPath)
      .replacing(machine.home, with: Self.homePath)
      // Whoever runs the tests is the one who logs in.
      .replacing("as '\(NSUserName())'", with: "as 'anna'")
  }

  // MARK: - Time

  private static func seconds(_ moment: String) -> Int {
    Int((try? Date("\(moment):00Z", strategy: style))?.timeIntervalSince1970 ?? 0)
  }

  private static func text(_ seconds: Int) -> String {
    String(Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(style).dropLast())
  }

  private static let style = Date.ISO8601FormatStyle(
    dateTimeSeparator: .space, timeZone: .gmt)
}
