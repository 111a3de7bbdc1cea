import Foundation
import SSHSupport
import TasksRemote
import Testing

/// Servers that are far away, or suddenly nowhere.
@Suite(.enabled(if: SSHServer.isPossible, "needs openssh-server"))
struct DistanceTests {
  private let trial: Trial

  init() throws { trial = try Trial() }

  /// A server whose key is known at every port.
  private func server() throws -> SSHServer {
    let server = try trial.server(isKnown: false)
    try trial.folder.write("127.0.0.1 \(server.hostKeys["ed25519"] ?? "")\n", to: "known_hosts")
    return server
  }

  /// Besides that of TCP, which is not counted here: one each for greeting and algorithms, keys, the service, asking
  /// whether the key would do, the key with the channel, and the subsystem; then the three of SFTP.
  ///
  /// One more is counted than is felt: both sides greet at once, so that what follows crosses on its way.
  @Test func aPushTakesTenTurns() throws {
    let server = try server()
    _ = try trial.remote(at: server.port).create(settings: [1], folders: [.bundles])
    var least = Int.max
    // On a busy machine what was sent together may arrive apart.
    for attempt in 0..<3 where least > 10 {
      let way = try FarAway(to: server.port, milliseconds: 60)
      let remote = try trial.remote(at: way.port)
      let upload = Upload(try #require(RemoteName("bundle-\(attempt).tasks"))) { [1, 2, 3] }
      _ = try remote.survey(drafting: [upload])
      try remote.publish([upload], in: .bundles) { _, _ in }
      #expect(remote.traffic.turns == 3)
      least = min(least, try way.turns())
      remote.close()
    }
    #expect(least <= 10, "\(least)")
  }

  /// As when a laptop leaves a network: no end is ever told.
  @Test func aServerThatFallsSilentIsLost() throws {
    let server = try server()
    let way = try FarAway(to: server.port, milliseconds: 0)
    let remote = try trial.remote(
      at: way.port, ["ServerAliveInterval 1", "ServerAliveCountMax 1"])
    #expect(try remote.survey(drafting: []) == Survey(settings: nil, bundles: nil))
    way.freeze()
    let start = ContinuousClock.now
    let error = #expect(throws: RemoteError.self) { try remote.survey(drafting: []) }
    let time = start.duration(to: .now)
    guard case .ended(let ending) = error, case .lost = ConnectionProblem(ending, of: .own) else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(time > .milliseconds(1500) && time < .seconds(10), "\(time)")
  }
}
