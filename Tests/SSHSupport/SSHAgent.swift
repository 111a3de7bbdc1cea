import Foundation

/// OpenSSH's agent, with the keys it is given; it ends with the value.
package final class SSHAgent {
  package let socket: String
  private let process = Process()
  private let input = Pipe()

  struct NotStarted: Error {}

  /// `keys` are the files of private ones, added in this order.
  package init(in folder: SSHFolder, keys: [String]) throws {
    socket = folder.file("agent")
    process.executableURL = URL(filePath: Tool.unblocked[0])
    // It ends with the command that it runs, and that with us, whatever becomes of us.
    process.arguments =
      Tool.unblocked.dropFirst() + [
        "/usr/bin/ssh-agent", "-a", socket, "/bin/sh", "-c", "echo ready; exec cat >/dev/null",
      ]
    process.standardInput = input
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    guard !output.fileHandleForReading.availableData.isEmpty else { throw NotStarted() }
    for key in keys {
      try Tool.run(["/usr/bin/ssh-add", "-q", key], environment: ["SSH_AUTH_SOCK": socket])
    }
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
