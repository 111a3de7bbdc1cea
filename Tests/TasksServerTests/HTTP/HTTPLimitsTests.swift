import Glibc
import TasksServer
import Testing

@Suite struct HTTPLimitsTests {
  @Test func aHeadThatDripsIsEnded() throws {
    let fixture = try HTTPFixture(limits: HTTPFixture.impatient)
    try drip("GET / HTTP/1.1\r\nHost: test\r\nX: \(String(repeating: "x", count: 1000))", fixture)
  }

  @Test func aFirstLineThatDripsIsEnded() throws {
    let fixture = try HTTPFixture(limits: HTTPFixture.impatient)
    try drip("GET /" + String(repeating: "x", count: 1000), fixture)
  }

  @Test func aBodyThatDripsIsEnded() throws {
    let fixture = try HTTPFixture(limits: HTTPFixture.impatient)
    let head = "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 1000\r\n\r\n"
    try drip(head + String(repeating: "x", count: 999), fixture)
  }

  @Test func aNextHeadThatDripsIsEnded() throws {
    let fixture = try HTTPFixture(limits: HTTPFixture.impatient)
    let client = fixture.client()
    client.get("/")
    #expect(client.response()?.status == 200)
    try drip("GET / HTTP/1.1\r\nX: " + String(repeating: "x", count: 1000), fixture, client)
  }

  /// A client that sends a byte every ten milliseconds is ended in time, and others are served meanwhile.
  private func drip(_ text: String, _ fixture: HTTPFixture, _ client: HTTPClient? = nil) throws {
    let client = client ?? fixture.client()
    let start = ContinuousClock.now
    for (number, byte) in text.utf8.enumerated() {
      guard client.send([byte]), !client.isClosed(within: .milliseconds(10)) else { break }
      guard number % 5 == 0 else { continue }
      let other = fixture.client()
      other.get("/")
      #expect(other.response(within: .milliseconds(250))?.status == 200)
    }
    #expect(client.isClosed(within: .zero))
    let time = ContinuousClock.now - start
    #expect(time > .milliseconds(150) && time < .seconds(3))
  }

  @Test func aClientThatSaysNothingIsEnded() throws {
    let fixture = try HTTPFixture(limits: HTTPFixture.impatient)
    #expect(fixture.client().isClosed(within: .seconds(3)))
  }

  @Test func aClientThatDoesNotTakeItsAnswerIsEnded() throws {
    let fixture = try HTTPFixture(limits: HTTPFixture.impatient) { _, reply in
      reply.send(HTTPResponse(200, body: .bytes([UInt8](repeating: 1, count: 20_000_000))))
    }
    let client = fixture.client()
    client.get("/")
    #expect(eventually { fixture.observations.value.count == 1 })
    #expect(fixture.observations.value.allSatisfy { !$0.isComplete && $0.bytes < 20_000_000 })
  }

  @Test func aSlowHandlerIsNoReasonToEndAConnection() throws {
    let fixture = try HTTPFixture(limits: HTTPFixture.impatient) { request, reply in
      onThread {
        usleep(700_000)
        HTTPFixture.echo(request, reply)
      }
    }
    let client = fixture.client()
    client.get("/")
    #expect(client.response()?.status == 200)
  }

  @Test func connectionsBeyondTheLimitAreRefused() throws {
    var limits = HTTPLimits()
    limits.connectionsOfOneAddress = 256
    let fixture = try HTTPFixture(limits: limits)
    var clients: [HTTPClient] = []
    for _ in 0..<300 { clients.append(fixture.client()) }
    for client in clients { client.get("/") }
    let answers = clients.map { $0.response()?.status }
    #expect(answers.prefix(256).allSatisfy { $0 == 200 })
    #expect(answers.dropFirst(256).allSatisfy { $0 == 503 })
    clients.removeSubrange(100..<101)
    #expect(
      eventually {
        let client = fixture.client()
        client.get("/")
        return client.response()?.status == 200
      })
  }

  @Test func connectionsOfOneAddressBeyondTheLimitAreRefused() throws {
    var limits = HTTPLimits()
    limits.connectionsOfOneAddress = 4
    let fixture = try HTTPFixture(limits: limits)
    var clients = (0..<5).map { _ in fixture.client() }
    for client in clients { client.get("/") }
    #expect(clients.map { $0.response()?.status } == [200, 200, 200, 200, 503])
    clients.removeFirst()
    #expect(
      eventually {
        let client = fixture.client()
        client.get("/")
        return client.response()?.status == 200
      })
  }
}
