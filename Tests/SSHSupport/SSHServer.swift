import Foundation
import Synchronization

/// OpenSSH's server, run as whoever runs the tests, at a port of this machine.
///
/// Each connection has a server of its own (`sshd -i`), so nothing has to be waited for and no port can be taken meanwhile.
/// All end with the value.
package final class SSHServer: Sendable {
  private let folder = try? SSHFolder()
  private let processes: Processes
  private let listener: Listener

  /// The keys of the host, `ssh-ed25519 AAAA…`, by their types.
  package let hostKeys: [String: String]

  package static let program = "/usr/sbin/sshd"

  /// Whether there is one, and we may run it.
  package static let isPossible: Bool = {
    guard FileManager.default.isExecutableFile(atPath: program) else { return false }
    // It insists on this folder when root starts it.
    if geteuid() == 0 {
      try? FileManager.default.createDirectory(
        atPath: "/run/sshd", withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o755])
    }
    return true
  }()

  /// Whether we may give one passwords of its own, by mounting something for its process alone.
  package static let canHavePasswords: Bool =
    isPossible && geteuid() == 0
    && (try? Tool.run(["/usr/bin/unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"])) != nil

  struct NoFolder: Error {}

  /// Starts one that takes the user's keys of `authorized`, each a line.
  ///
  /// `settings` count before those that hold otherwise. `starter` are words before the command.
  package init(
    authorized: [String], keys: [String] = ["ed25519"], _ settings: [String] = [],
    starter: [String] = [], subsystem: String? = nil
  ) throws {
    guard let folder else { throw NoFolder() }
    var hostKeys: [String: String] = [:]
    for type in keys { hostKeys[type] = try folder.makeKey("host_" + type, type: type) }
    self.hostKeys = hostKeys
    try folder.write(authorized.joined(separator: "\n") + "\n", to: "authorized_keys")
    let lines =
      settings + keys.map { "HostKey \(folder.file("host_" + $0))" } + [
        "AuthorizedKeysFile \(folder.file("authorized_keys"))", "StrictModes no", "PidFile none",
        "UsePAM no", "PasswordAuthentication no", "KbdInteractiveAuthentication no",
        "PermitRootLogin yes", "PrintMotd no", subsystem ?? "Subsystem sftp internal-sftp",
      ]
    try folder.write(lines.joined(separator: "\n") + "\n", to: "sshd_config")
    let words =
      Tool.unblocked + starter + [
        Self.program, "-i", "-f", folder.file("sshd_config"), "-E", folder.file("log"),
      ]
    let processes = Processes()
    self.processes = processes
    listener = try Listener { processes.run(words, on: $0) }
  }

  deinit { processes.end() }

  /// What `deinit` does, for one that lives as long as the process.
  func remove() {
    processes.end()
    if let folder { try? FileManager.default.removeItem(atPath: folder.path) }
  }

  package var port: Int { listener.port }

  /// How often somebody connected.
  package var connections: Int { listener.count }

  /// What it noted about its connections.
  package var log: String { (try? folder?.text("log")) ?? "" }

  /// The line of a list of known hosts for one of its keys.
  package func knownHostsLine(_ type: String = "ed25519") -> String {
    "[127.0.0.1]:\(port) \(hostKeys[type] ?? "")\n"
  }
}

/// The servers of the connections that there are.
private final class Processes: Sendable {
  // Those that run, and whether no more may be started.
  private let state = Mutex<(running: [Int32: Process], isOver: Bool)>(([:], false))

  func run(_ words: [String], on connection: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: words[0])
    process.arguments = Array(words.dropFirst())
    let handle = FileHandle(fileDescriptor: connection, closeOnDealloc: true)
    process.standardInput = handle
    process.standardOutput = handle
    process.standardError = FileHandle.nullDevice
    let isRunning = state.withLock { state in
      guard !state.isOver, (try? process.run()) != nil else { return false }
      state.running[process.processIdentifier] = process
      return true
    }
    try? handle.close()
    guard isRunning else { return }
    process.waitUntilExit()
    state.withLock { _ = $0.running.removeValue(forKey: process.processIdentifier) }
  }

  func end() {
    state.withLock { state in
      state.isOver = true
      for process in state.running.values { process.terminate() }
    }
  }
}
