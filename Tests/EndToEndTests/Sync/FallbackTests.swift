import Foundation
import SSHSupport
import Testing

/// A server that only OpenSSH can talk to: its key is of a type that our own client leaves alone.
@Suite(.enabled(if: SSHServer.isPossible, "needs openssh-server"))
struct FallbackTests {
  @Test(arguments: [
    ["sync"], ["fsck", "--remote", "origin"],
    ["remote", "add-key", "origin", "--key-file", "other"],
  ])
  func everyCommandGoesOnWithOpenSSH(words: [String]) throws {
    let ssh = try SSHFolder()
    let server = try SSHServer(authorized: [ssh.makeKey("user")], keys: ["rsa"])
    try ssh.write(server.knownHostsLine("rsa"), to: "known_hosts")
    let machine = try Machine([
      "TASKS_SSH_CONFIG": try ssh.configure(port: server.port)
    ])
    try machine.add("Buy milk")
    let keys = try ["key", "other"].map {
      try machine.file($0, String(repeating: $0, count: 20))
    }
    let folder = "\(machine.home)/remote"
    try machine.run("remote", "add", folder, "--encrypt", "--key-file", keys[0]).succeeded()
    try machine.run("sync").succeeded()
    try machine.run("remote", "set-url", "origin", "sftp://nas\(folder)").succeeded()
    let outcome = try machine.run(words).succeeded()
    #expect(outcome.errors.contains("tasks-ssh cannot talk to origin ("), "\(outcome)")
    #expect(outcome.errors.contains("ssh is used, and from now on."), "\(outcome)")
    #expect(try !machine.run(words[0] == "remote" ? ["sync"] : words).errors.contains("tasks-ssh"))
  }
}
