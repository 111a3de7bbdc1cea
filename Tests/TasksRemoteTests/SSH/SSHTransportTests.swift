import TasksRemote
import Testing

/// How the programs are started.
@Suite struct SSHTransportTests {
  @Test func ourOwnClient() throws {
    let host = try #require(SSHHost(user: "ann", host: "nas", port: 2222))
    let server = SSHTransport.own.server(
      "/usr/lib/tasks-ssh", on: host, path: "tasks",
      options: SSHOptions(
        configuration: "/etc/c", isInBackground: true, connectTimeout: 5, isVerbose: true))
    #expect(
      server.command == [
        "/usr/lib/tasks-ssh", "--user", "ann", "--port", "2222", "--background",
        "--connect-timeout", "5", "-v", "nas",
      ])
    #expect(server.environment == ["TASKS_SSH_CONFIG": "/etc/c"])
    #expect(server.path == "tasks")
    let plain = SSHTransport.own.server("/x", on: try #require(SSHHost(host: "nas")), path: "")
    #expect(plain.command == ["/x", "nas"])
    #expect(plain.environment == [:])
  }

  @Test func openSSH() throws {
    let host = try #require(SSHHost(user: "ann", host: "nas", port: 2222))
    let server = SSHTransport.openSSH.server(
      "/usr/bin/ssh", on: host, path: "tasks",
      options: SSHOptions(configuration: "/etc/c", isInBackground: true))
    #expect(server.command.prefix(3) == ["/usr/bin/ssh", "-F", "/etc/c"])
    #expect(server.command.suffix(8) == ["-l", "ann", "-p", "2222", "-s", "--", "nas", "sftp"])
    #expect(server.command.contains("BatchMode=yes"))
    #expect(server.command.contains("ConnectTimeout=15"))
    #expect(server.environment == ["LC_ALL": "C"])
    let plain = SSHTransport.openSSH.server(
      "/usr/bin/ssh", on: try #require(SSHHost(host: "nas")), path: "")
    #expect(!plain.command.contains("BatchMode=yes"))
    #expect(!plain.command.contains("-F") && !plain.command.contains("-l"))
  }

  @Test(arguments: [
    "", "-oProxyCommand=x", "a b", "a\nb", "a\0", "$(x)", "`x`", "a;b", "a@b", "a/b", "x'", "a|b",
    String(repeating: "a", count: 256),
  ])
  func whatIsNoHostIsRefused(name: String) {
    #expect(SSHHost(host: name) == nil)
    if name != "a@b", name != "a/b" { #expect(SSHHost(user: name, host: "nas") == nil) }
  }

  @Test func hosts() {
    #expect(SSHHost(host: "nas", port: 0) == nil)
    #expect(SSHHost(host: "nas", port: 65_536) == nil)
    #expect(SSHHost(host: "fe80::1%eth0") != nil)
    #expect(SSHHost(user: "ann@example.org", host: "münchen.example") != nil)
  }
}
