import Foundation
import Glibc
import Testing

/// Many who connect and say nothing, or hardly anything.
@Suite struct ServeCrowdTests {
  /// Lets this process have so many descriptors, if it may.
  private static func allowDescriptors(_ count: UInt) -> Bool {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    guard limit.rlim_cur < count else { return true }
    limit.rlim_cur = min(count, limit.rlim_max)
    return setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
      && limit.rlim_cur >= count
  }

  private func milliseconds(_ body: () throws -> Void) rethrows -> Double {
    let start = Date.now
    try body()
    return Date.now.timeIntervalSince(start) * 1000
  }

  @Test func thoseWhoSayNothingKeepNobodyWaiting() throws {
    try #require(Self.allowDescriptors(2048))
    let server = try RunningServer()
    try server.add("one")
    try server.get("/api/tasks").expect(200)
    let before = server.program.calmSockets

    // From three addresses, so that 192 of them are let in.
    var idle: [RawConnection] = []
    for number in 0..<1000 {
      idle.append(try RawConnection(port: server.port, from: "127.0.0.\(2 + number % 3)"))
    }
    var slow: [RawConnection] = []
    for _ in 0..<40 {
      let connection = try RawConnection(port: server.port, from: "127.0.0.9")
      connection.send("GET /health HTTP/1.1\r\nX-Slow: ")
      slow.append(connection)
    }
    #expect(waits { server.program.sockets > before + 200 })
    #expect(server.program.sockets <= before + 256 + 64)

    // Meanwhile others ask, and are answered.
    var longest = 0.0
    for number in 1...20 {
      for connection in slow { connection.send("x") }
      longest = max(
        longest,
        try milliseconds {
          try server.add("task \(number)")
          try server.get("/api/tasks").expect(200)
        })
      usleep(50_000)
    }
    #expect(longest < 2000)

    // Their time is up after ten seconds, however often they say a letter.
    #expect(
      waits(20) {
        for connection in slow { connection.send("x") }
        usleep(100_000)
        return (idle + slow).allSatisfy(\.isClosed)
      })
    idle = []
    slow = []
    #expect(waits { server.program.sockets == before })
    try server.get("/api/tasks").expect(200)
    server.stop()
  }

  @Test func whoStopsListeningToEventsIsForgotten() throws {
    let server = try RunningServer()
    try server.get("/health").expect(200)
    let before = server.program.calmSockets
    var followers: [RawConnection] = []
    for _ in 0..<30 {
      let connection = try RawConnection(port: server.port)
      connection.send(
        "GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(server.token)\r\n\r\n"
      )
      #expect(connection.answer()?.status == 200)
      followers.append(connection)
    }
    #expect(server.program.sockets == before + 30)
    followers = []
    try server.add("one")
    #expect(waits(20) { server.program.sockets == before })
    server.stop()
  }
}
