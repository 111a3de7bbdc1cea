import TasksFiles
import TasksRemote
import TasksSSH
import Testing

/// What the client reports is what `tasks` understands.
@Suite struct ReportTests {
  private func understood(_ failure: SSHFailure) -> ConnectionProblem {
    ConnectionProblem(
      ServerEnding(
        ending: .exited(failure.exitStatus), hadAnswered: false, report: failure.report.line),
      of: .own)
  }

  @Test(
    arguments: [
      (.noSuchName, .noSuchName), (.noResolver, .noResolver), (.refused, .refused),
      (.timedOut, .timedOut), (.noRoute, .noRoute), (.other, .other),
    ] as [(SSHFailure.Obstacle, ConnectionProblem.Obstacle)])
  func obstacles(obstacle: SSHFailure.Obstacle, same: ConnectionProblem.Obstacle) {
    #expect(understood(.unreachable(obstacle, "why\tnot")) == .unreachable(same, said: "why\tnot"))
  }

  @Test func hostKeys() {
    var shown = SSHFailure.Shown(
      host: "[nas]:2222", type: "ED25519", fingerprint: "SHA256:x", place: nil)
    var key = ConnectionProblem.HostKey(
      host: "[nas]:2222", type: "ED25519", fingerprint: "SHA256:x")
    #expect(understood(.unknownHost(shown)) == .unknownHost(key))
    shown.place = KnownHosts.Place(file: "/a b", line: 7)
    (key.file, key.line) = ("/a b", 7)
    #expect(understood(.hostKeyRefused(.changed, shown)) == .hostKeyRefused(.changed, key))
    #expect(understood(.hostKeyRefused(.otherType, shown)) == .hostKeyRefused(.otherType, key))
    #expect(understood(.hostKeyRefused(.revoked, shown)) == .hostKeyRefused(.revoked, key))
  }

  @Test func others() {
    #expect(
      understood(.loginRefused(user: "ann", methods: ["publickey", "password"]))
        == .loginRefused(user: "ann", methods: ["publickey", "password"]))
    #expect(
      understood(.loginRefused(user: "ann", methods: [])) == .loginRefused(user: "ann", methods: [])
    )
    #expect(understood(.unsupported("x")) == .unsupported("x"))
    #expect(understood(.noSubsystem("x")) == .noSubsystem(said: "x"))
    #expect(understood(.lost("x")) == .lost(said: "x"))
    #expect(understood(.cancelled) == .cancelled)
    #expect(understood(.misconfigured("x")) == .misconfigured("x"))
    #expect(understood(.bug("x")) == .bug("x"))
  }
}
