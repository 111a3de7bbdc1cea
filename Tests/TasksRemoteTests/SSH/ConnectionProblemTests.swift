import Glibc
import TasksFiles
import TasksRemote
import Testing

/// What is understood of how a program ended.
///
/// The texts are those of OpenSSH 9.2.
@Suite struct ConnectionProblemTests {
  typealias HostKey = ConnectionProblem.HostKey

  private func openSSH(_ errors: String, status: Int32 = 255) -> ConnectionProblem {
    ConnectionProblem(
      ServerEnding(ending: .exited(status), hadAnswered: false, errors: errors), of: .openSSH)
  }

  private static let changed = """
    @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@\r
    @    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\r
    @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@\r
    IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!\r
    Someone could be eavesdropping on you right now (man-in-the-middle attack)!\r
    It is also possible that a host key has just been changed.\r
    The fingerprint for the ED25519 key sent by the remote host is\r
    SHA256:VcjL9BkjHCQuKQbYTzWh/+IXXbWMsuREBqb65g4zPD0.\r
    Please contact your system administrator.\r
    Add correct host key in /home/ann/.ssh/known_hosts to get rid of this message.\r
    Offending ED25519 key in /home/ann/.ssh/known_hosts:7\r
      remove with:\r
      ssh-keygen -f "/home/ann/.ssh/known_hosts" -R "[127.0.0.1]:22991"\r
    Host key for [127.0.0.1]:22991 has changed and you have requested strict checking.\r
    Host key verification failed.\r

    """

  @Test func hostKeysOfOpenSSH() {
    var key = HostKey(
      host: "[127.0.0.1]:22991", type: "ED25519",
      fingerprint: "SHA256:VcjL9BkjHCQuKQbYTzWh/+IXXbWMsuREBqb65g4zPD0",
      file: "/home/ann/.ssh/known_hosts", line: 7)
    #expect(openSSH(Self.changed) == .hostKeyRefused(.changed, key))
    #expect(
      openSSH(Self.changed.replacing("Offending ED25519", with: "Offending RSA"))
        == .hostKeyRefused(.otherType, key))
    (key.file, key.line) = (nil, nil)
    #expect(openSSH("Host key verification failed.\r\n") == .unknownHost(HostKey()))
    #expect(
      openSSH(
        """
        No ED25519 host key is known for nas and you have requested strict checking.\r
        Host key verification failed.\r

        """) == .unknownHost(HostKey(host: "nas", type: "ED25519")))
    #expect(
      openSSH(
        """
        The authenticity of host 'nas (192.168.1.5)' can't be established.\r
        ED25519 key fingerprint is SHA256:VcjL9BkjHCQuKQbYTzWh/+IXXbWMsuREBqb65g4zPD0.\r
        This key is not known by any other names\r
        Host key verification failed.\r

        """)
        == .unknownHost(HostKey(host: "nas", type: "ED25519", fingerprint: key.fingerprint)))
    #expect(
      openSSH(
        """
        The ED25519 host key for [127.0.0.1]:22991 is marked as revoked.\r
        This could mean that a stolen key is being used to\r
        impersonate this host.\r
        ED25519 host key for [127.0.0.1]:22991 was revoked and you have requested strict checking.\r
        Host key verification failed.\r

        """) == .hostKeyRefused(.revoked, HostKey(host: "[127.0.0.1]:22991", type: "ED25519")))
    #expect(
      openSSH(
        """
        Host key ED25519 \(key.fingerprint ?? "") revoked by file /etc/ssh/revoked\r
        Host key verification failed.\r

        """)
        == .hostKeyRefused(
          .revoked,
          HostKey(type: "ED25519", fingerprint: key.fingerprint, file: "/etc/ssh/revoked")))
  }

  @Test(
    arguments: [
      ("ssh: connect to host 127.0.0.1 port 1: Connection refused", .refused),
      ("ssh: connect to host nas port 22: Connection timed out", .timedOut),
      ("ssh: connect to host nas port 22: No route to host", .noRoute),
      ("ssh: connect to host 127.0.0.1 port 22991: Network is unreachable", .noRoute),
      ("ssh: connect to host fe80::1 port 22991: Invalid argument", .other),
      ("ssh: Could not resolve hostname nas: Name or service not known", .noSuchName),
      (
        "ssh: Could not resolve hostname nas: Temporary failure in name resolution",
        .noResolver
      ),
    ] as [(String, ConnectionProblem.Obstacle)])
  func obstaclesOfOpenSSH(line: String, obstacle: ConnectionProblem.Obstacle) {
    let problem = openSSH("Warning: whatever\r\n\(line)\r\n")
    #expect(problem == .unreachable(obstacle, said: line))
    #expect(problem.isTransient == (obstacle != .noSuchName && obstacle != .timedOut))
    #expect(!problem.fallsBackToOpenSSH)
  }

  @Test func loginsOfOpenSSH() {
    #expect(
      openSSH(
        """
        Welcome to nas\r
        no such identity: /home/ann/.ssh/nope: No such file or directory\r
        ann@example.org@nas: Permission denied (publickey,keyboard-interactive).\r

        """)
        == .loginRefused(user: "ann@example.org", methods: ["publickey", "keyboard-interactive"]))
    #expect(
      openSSH(
        """
        Received disconnect from 127.0.0.1 port 22: 2: Too many authentication failures\r
        Disconnected from 127.0.0.1 port 22\r

        """) == .loginRefused(user: nil, methods: []))
    // A server or a command of the user's could say so, too, while the login went well.
    #expect(
      openSSH("x@y: Permission denied (publickey).\r\nsubsystem request failed on channel 0\r\n")
        == .noSubsystem(said: "subsystem request failed on channel 0"))
  }

  @Test func lostConnectionsOfOpenSSH() {
    for said in [
      """
      kex_exchange_identification: read: Connection reset by peer\r
      Connection reset by 127.0.0.1 port 22992\r

      """, "client_loop: send disconnect: Broken pipe\r\n",
      "Connection to nas closed by remote host.\r\n", "Timeout, server nas not responding.\r\n",
    ] {
      let problem = openSSH(said)
      guard case .lost = problem else {
        Issue.record("\(said): \(problem)")
        continue
      }
      #expect(problem.isTransient && !problem.fallsBackToOpenSSH)
    }
    #expect(
      openSSH(
        """
        Connection timed out during banner exchange\r
        Connection to 127.0.0.1 port 22992 timed out\r

        """)
        == .unreachable(.timedOut, said: "Connection to 127.0.0.1 port 22992 timed out"))
  }

  @Test func otherEndsOfOpenSSH() {
    #expect(openSSH("what?\r\n") == .unknown(said: "what?\r\n"))
    #expect(!openSSH("what?\r\n").isTransient)
    let file = "Can't open user config file nofile: No such file or directory"
    #expect(openSSH(file + "\r\n") == .misconfigured(file))
    let offer =
      "Unable to negotiate with 127.0.0.1 port 22: no matching cipher found. Their offer: 3des-cbc"
    #expect(openSSH(offer + "\r\n") == .unknown(said: offer))
    let interrupted = ServerEnding(ending: .killed(signal: SIGINT), hadAnswered: true)
    #expect(ConnectionProblem(interrupted, of: .openSSH) == .cancelled)
    let ended = ServerEnding(ending: .exited(0), hadAnswered: true)
    #expect(ConnectionProblem(ended, of: .openSSH) == .lost(said: ""))
  }

  @Test func reportsOfOurOwn() {
    func own(_ kind: HelperReport.Kind, _ facts: String...) -> ConnectionProblem {
      let report = HelperReport(kind, facts).line
      return ConnectionProblem(
        ServerEnding(ending: .exited(1), hadAnswered: false, report: report), of: .own)
    }
    let key = HostKey(host: "nas", type: "ED25519", fingerprint: "SHA256:x", file: "/a b", line: 3)
    let facts = ["nas", "ED25519", "SHA256:x", "/a b", "3"]
    #expect(own(.unreachable, "refused", "x\ty") == .unreachable(.refused, said: "x\ty"))
    #expect(own(.unreachable, "strange") == .unreachable(.other, said: ""))
    #expect(
      own(.unknownHost, "nas", "ED25519", "SHA256:x")
        == .unknownHost(HostKey(host: "nas", type: "ED25519", fingerprint: "SHA256:x")))
    for (kind, objection) in [
      (.hostKeyChanged, .changed), (.hostKeyRevoked, .revoked), (.hostKeyOfOtherType, .otherType),
    ] as [(HelperReport.Kind, ConnectionProblem.Objection)] {
      let problem = own(kind, facts[0], facts[1], facts[2], facts[3], facts[4])
      #expect(problem == .hostKeyRefused(objection, key))
      #expect(!problem.isTransient && !problem.fallsBackToOpenSSH)
    }
    #expect(
      own(.loginRefused, "ann", "publickey,password")
        == .loginRefused(user: "ann", methods: ["publickey", "password"]))
    #expect(!own(.loginRefused, "ann", "").fallsBackToOpenSSH)
    #expect(own(.unsupported, "ProxyJump") == .unsupported("ProxyJump"))
    #expect(own(.unsupported, "ProxyJump").fallsBackToOpenSSH)
    #expect(own(.noSubsystem, "no") == .noSubsystem(said: "no"))
    #expect(own(.lost, "gone").isTransient)
    #expect(own(.cancelled) == .cancelled)
    #expect(own(.misconfigured, "x") == .misconfigured("x"))
    #expect(own(.bug, "x") == .bug("x"))
  }

  @Test func whatDoesNotReportWasEnded() {
    func end(_ ending: ChildProcess.Ending?, report: String = "") -> ConnectionProblem {
      ConnectionProblem(
        ServerEnding(ending: ending, hadAnswered: false, report: report), of: .own)
    }
    #expect(end(.killed(signal: SIGINT)) == .cancelled)
    #expect(end(.killed(signal: SIGTERM)) == .lost(said: ""))
    #expect(end(.killed(signal: SIGSEGV)) == .bug("signal \(SIGSEGV)"))
    #expect(end(nil) == .lost(said: ""))
    #expect(end(.exited(1), report: "nonsense\n") == .bug("exit 1: "))
    // Without its end, a report is not whole.
    #expect(end(.exited(1), report: "cancelled") == .bug("exit 1: "))
  }

  @Test(arguments: ["", "a", "\t\n\r\\\u{7f}\0", "\\x09", "é\u{85}ü", "a\\", "\\x4", "\\xzz"])
  func reportsComeBackAsTheyWere(fact: String) throws {
    let report = HelperReport(.lost, [fact, "", fact])
    #expect(report.line.utf8.filter { $0 < 0x20 }.count == 4)
    #expect(try #require(HelperReport(report.line)) == report)
  }
}
