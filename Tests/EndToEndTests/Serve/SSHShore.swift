import Foundation
import SSHSupport

/// A remote behind an SSH server that can be out of reach.
final class SSHShore {
  private let keys: SSHFolder
  private let key: String
  private var server: SSHServer?
  private let disk: Machine

  init() throws {
    keys = try SSHFolder()
    key = try keys.makeKey("user")
    disk = try Machine()
    try open()
  }

  /// What devices need in their environment.
  var variables: [String: String] { ["TASKS_SSH_CONFIG": keys.file("config")] }
  var address: String { "nas:\(disk.home)/tasks" }

  /// Lets it be reached again, at another port and with another key of the host.
  func open() throws {
    let server = try SSHServer(authorized: [key])
    try keys.write(server.knownHostsLine(), to: "known_hosts")
    try keys.configure(port: server.port)
    self.server = server
  }

  /// Ends the server and the connections to it.
  func close() { server = nil }
}
