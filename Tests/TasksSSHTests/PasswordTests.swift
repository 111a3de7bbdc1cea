import Foundation
import SSHSupport
import TasksRemote
import Testing

/// Passwords, which only a server that root starts can check: it sees a list of passwords of its own.
@Suite(.enabled(if: SSHServer.canHavePasswords, "only root can give a server passwords of its own"))
struct PasswordTests {
  private let trial: Trial

  /// The password is `correct horse`.
  private static let shadow = """
    root:$6$rounds=1000$F4xyi0muqDVw5AVA$vxank8tsOErnC8lIkbgVHfvNr2d8mUDQZd1upi.VOv/\
    kgPvtne/d0KnUwdQrDumX/T0.veifgsJBPgwCdqQ1l0:19000:0:99999:7:::

    """

  init() throws {
    trial = try Trial()
    try trial.folder.write(Self.shadow, to: "shadow")
  }

  private func server(_ settings: [String]) throws -> SSHServer {
    let server = try SSHServer(
      authorized: [], settings,
      starter: [
        "/usr/bin/unshare", "-m", "/bin/sh", "-c",
        #"mount --bind "$0" /etc/shadow && exec "$@""#, trial.folder.file("shadow"),
      ])
    try trial.folder.write(server.knownHostsLine(), to: "known_hosts")
    return server
  }

  @Test(arguments: [
    (["PasswordAuthentication yes"], "Password of root@127.0.0.1: "),
    (["UsePAM yes", "KbdInteractiveAuthentication yes"], "(root@127.0.0.1) Password: "),
  ])
  func aPasswordIsAskedForAndNotShown(settings: [String], question: String) throws {
    let server = try server(settings)
    #expect(
      try trial.problem(
        at: server.port, answers: [(question, "wrong\\n"), (question, "correct horse\\n")]) == nil,
      "\(server.log)")
    #expect(try !trial.transcript().contains("horse"))
    // Not in the background.
    let problem = try trial.problem(at: server.port)
    guard case .loginRefused("root", let methods) = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
    #expect(!methods.isEmpty)
  }

  @Test func afterThreeTriesItEnds() throws {
    let server = try server(["PasswordAuthentication yes"])
    let problem = try trial.problem(
      at: server.port,
      answers: Array(repeating: ("Password of root@127.0.0.1: ", "wrong\\n"), count: 3))
    guard case .loginRefused("root", _) = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
    // What the configuration forbids is not tried.
    #expect(
      try trial.problem(at: server.port, ["PasswordAuthentication no"], answers: [])
        == .loginRefused(user: "root", methods: ["publickey", "password"]))
    #expect(try trial.transcript() == "\n[echo]")
  }
}
