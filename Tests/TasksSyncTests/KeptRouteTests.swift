import RemoteSupport
import TasksRemote
import TasksStore
import Testing

@testable import TasksSync

/// Connections that are kept from one sync to the next.
@Suite struct KeptRouteTests {
  private let record: RemoteRecord
  private let rig: Rig

  init() throws {
    rig = try Rig()
    record = try #require(try rig.device("laptop").store.remote(nil))
  }

  /// A route over a remote that a test can break, and how many were opened.
  private final class Opened {
    var wires: [FaultyRemote] = []
    var isFolder = false

    func route(to path: String) -> Route {
      let wire = FaultyRemote(FolderRemote(path: path))
      wires.append(wire)
      return Route(wire, isFolder: isFolder)
    }
  }

  @Test func oneConnectionIsEnough() throws {
    let opened = Opened()
    let kept = KeptRoute { opened.route(to: $0.url) }
    for _ in 1...3 {
      let remote = try kept.route(to: record).remote
      _ = try remote.survey(drafting: [])
      remote.close()
    }
    #expect(opened.wires.count == 1)
    kept.end()
    _ = try kept.route(to: record)
    #expect(opened.wires.count == 2)
  }

  /// Silence of one that has waited since the last sync is a connection that has gone, which is worth another try.
  @Test func aConnectionThatHasGoneMeanwhileIsTakenForLost() throws {
    let opened = Opened()
    let kept = KeptRoute { opened.route(to: $0.url) }
    let silence = RemoteError.timedOut(milliseconds: 30_000)
    let first = try kept.route(to: record).remote
    opened.wires[0].faults.error = silence
    opened.wires[0].faults.failingCall = 1
    #expect(throws: silence, "a new one that is silent is silent") {
      try first.survey(drafting: [])
    }
    let second = try kept.route(to: record).remote
    _ = try second.survey(drafting: [])
    second.close()
    let third = try kept.route(to: record).remote
    #expect(opened.wires.count == 2)
    opened.wires[1].faults.error = silence
    opened.wires[1].faults.failingCall = opened.wires[1].calls + 1
    #expect(throws: RemoteError.ended(ServerEnding(ending: nil, hadAnswered: true))) {
      try third.survey(drafting: [])
    }
    _ = try kept.route(to: record)
    #expect(opened.wires.count == 3)
  }

  @Test func nobodyHoldsAStick() throws {
    let opened = Opened()
    opened.isFolder = true
    let kept = KeptRoute { opened.route(to: $0.url) }
    _ = try kept.route(to: record)
    _ = try kept.route(to: record)
    #expect(opened.wires.count == 2)
  }
}
