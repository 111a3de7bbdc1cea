import Foundation
import SSHSupport
import Testing

/// OpenSSH's server on a machine called `nas`, whose keys for letting in are where they are everywhere.
final class TranscriptServer {
  let machine: Machine
  private let server: SSHServer

  init() throws {
    machine = try Machine()
    try FileManager.default.createDirectory(
      atPath: machine.home + "/.ssh", withIntermediateDirectories: false)
    try machine.file(".ssh/authorized_keys", "", mode: 0o600)
    server = try SSHServer(
      authorized: [], ["AuthorizedKeysFile \(machine.home)/.ssh/authorized_keys"],
      subsystem: "Subsystem sftp internal-sftp -d \(machine.home)")
  }

  /// Gives a machine a key that opens the server.
  func admit(_ other: Machine, called name: String, isNew: Bool) throws {
    let folder = "\(other.home)/.ssh"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    try other.file(
      ".ssh/config",
      """
      Host nas
      HostName 127.0.0.1
      Port \(server.port)
      HostKeyAlias nas
      IdentityFile \(folder)/id_ed25519
      IdentityAgent none
      IdentitiesOnly yes
      UserKnownHostsFile \(folder)/known_hosts
      GlobalKnownHostsFile none

      """)
    if !isNew { try other.file(".ssh/known_hosts", "nas \(server.hostKeys["ed25519"] ?? "")\n") }
    try Tool.run([
      "/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "anna@\(name)", "-f",
      "\(folder)/id_ed25519",
    ])
    try machine.shell("cat \"$1\" >>.ssh/authorized_keys", "\(folder)/id_ed25519.pub").succeeded()
  }
}
