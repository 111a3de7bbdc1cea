import Foundation
import Glibc
import Synchronization
import Testing

/// A server that is killed while many write.
@Suite struct ServeCrashTests {
  /// What several threads were told.
  private final class Acknowledged: Sendable {
    private let ids = Mutex<Set<String>>([])

    var all: Set<String> { ids.withLock { $0 } }

    func add(_ id: String) { ids.withLock { _ = $0.insert(id) } }
  }

  /// Makes tasks one after the other until nobody answers any more.
  private static func write(
    to port: UInt16, token: String, number: Int, _ acknowledged: Acknowledged
  ) {
    guard let connection = try? RawConnection(port: port, from: "127.0.1.\(number + 1)") else {
      return
    }
    while true {
      let id = UUID().uuidString.lowercased()
      // Some make two tasks at once, of which both or none must be there.
      let other = UUID().uuidString.lowercased()
      let isBatch = number % 3 == 0
      let body =
        isBatch
        ? """
        {"items":[{"operation":"create","data":{"id":"\(id)","title":"b"}},\
        {"operation":"create","data":{"id":"\(other)","title":"b"}}]}
        """
        : "{\"id\":\"\(id)\",\"title\":\"writer \(number)\",\"tags\":[\"a\"]}"
      connection.send(
        "POST /api/tasks\(isBatch ? "/batch" : "") HTTP/1.1\r\nHost: localhost\r\n"
          + "Authorization: Bearer \(token)\r\n"
          + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
      guard let answer = connection.answer(), answer.status == (isBatch ? 200 : 201) else { return }
      acknowledged.add(id)
      if isBatch { acknowledged.add(other) }
    }
  }

  @Test func nothingThatWasAcknowledgedIsLost() throws {
    let server = try RunningServer()
    let acknowledged = Acknowledged()
    for round in 1...3 {
      let before = acknowledged.all.count
      let (port, token) = (server.port, server.token)
      let group = DispatchGroup()
      for number in 0..<6 {
        group.enter()
        Thread.detachNewThread {
          Self.write(to: port, token: token, number: number, acknowledged)
          group.leave()
        }
      }
      #expect(waits { acknowledged.all.count >= before + 60 })
      usleep(UInt32.random(in: 0...100_000))
      server.program.kill()
      #expect(group.wait(timeout: .now() + 20) == .success)

      try server.restart()
      let there = Set(try server.get("/api/tasks").expect(200).tasks().map(\.id))
      let lost = acknowledged.all.subtracting(there)
      #expect(lost.isEmpty, "round \(round): \(lost.count) of \(acknowledged.all.count)")
      try server.machine.run("fsck").succeeded()
      // And it goes on.
      try server.add("after round \(round)")
    }
    #expect(acknowledged.all.count >= 180)
    server.stop()
  }
}
