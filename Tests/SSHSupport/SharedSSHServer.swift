import Foundation

/// One server for all tests that only want to reach a folder over SSH.
///
/// Its keys and lists are gone when the process ends, and with it its connections.
package enum SharedSSHServer {
  private static let parts: (folder: SSHFolder, server: SSHServer)? = {
    guard SSHServer.isPossible, let folder = try? SSHFolder(),
      let key = try? folder.makeKey("user"), let server = try? SSHServer(authorized: [key]),
      (try? folder.configure(port: server.port)) != nil,
      (try? folder.write(server.knownHostsLine(), to: "known_hosts")) != nil
    else { return nil }
    atexit { SharedSSHServer.remove() }
    return (folder, server)
  }()

  package static var isPossible: Bool { parts != nil }

  /// A configuration in which it is `nas`.
  package static var configuration: String { parts?.folder.file("config") ?? "/dev/null" }

  package static var port: Int { parts?.server.port ?? 0 }

  /// Lets its key be known at another port, too.
  package static func makeKnown(atPort port: Int) throws {
    guard let parts else { return }
    let line = "[127.0.0.1]:\(port) \(parts.server.hostKeys["ed25519"] ?? "")\n"
    try parts.folder.write(try parts.folder.text("known_hosts") + line, to: "known_hosts")
  }

  private static func remove() {
    guard let parts else { return }
    parts.server.remove()
    try? FileManager.default.removeItem(atPath: parts.folder.path)
  }
}
