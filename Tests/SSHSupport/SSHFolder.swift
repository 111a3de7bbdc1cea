import Foundation

/// A folder with keys, lists of known hosts and a configuration: what `~/.ssh` is elsewhere.
///
/// Nothing outside of it is read or written. It is removed with the value.
package final class SSHFolder: Sendable {
  package let path: String

  package init() throws {
    path = NSTemporaryDirectory() + "tasks-ssh-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  package func file(_ name: String) -> String { path + "/" + name }

  package func write(_ text: String, to name: String, mode: Int = 0o600) throws {
    try Data(text.utf8).write(to: URL(filePath: file(name)))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file(name))
  }

  package func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: file(name))), as: UTF8.self)
  }

  /// Makes a key and returns its public half: `ssh-ed25519 AAAA…`.
  @discardableResult
  package func makeKey(
    _ name: String, type: String = "ed25519", passphrase: String = "", form: [String] = []
  ) throws -> String {
    try Tool.run(
      ["/usr/bin/ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", name, "-f", file(name)]
        + form)
    return try publicKey(name)
  }

  /// The type and the key, without a comment.
  package func publicKey(_ name: String) throws -> String {
    try text(name + ".pub").split(separator: " ").prefix(2).joined(separator: " ")
  }

  /// Writes `config`, in which `nas` is at a port of this machine, with these settings besides.
  ///
  /// The first of two settings of a name counts, so these count before ours.
  @discardableResult
  package func configure(port: Int, _ settings: [String] = []) throws -> String {
    let lines =
      ["Host nas"] + settings + [
        "HostName 127.0.0.1", "Port \(port)", "IdentityFile \(file("user"))", "IdentityAgent none",
        "IdentitiesOnly yes", "UserKnownHostsFile \(file("known_hosts"))",
        "GlobalKnownHostsFile none",
      ]
    try write(lines.joined(separator: "\n") + "\n", to: "config")
    return file("config")
  }
}
