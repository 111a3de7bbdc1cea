import Glibc
import TasksServer
import Testing

@Suite struct HTTPBodyTests {
  private static var small: HTTPLimits {
    var limits = HTTPLimits()
    limits.body = 1000
    return limits
  }

  @Test func chunksAreOneBody() throws {
    let fixture = try HTTPFixture()
    let client = fixture.client()
    client.send("POST /c HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n")
    client.send("4\r\nWiki\r\n5;a=b\r\npedia\r\n0\r\nX-Trailer: t\r\n\r\n")
    #expect(client.response()?.text == "POST c Wikipedia")
    client.get("/next")
    #expect(client.response()?.text == "GET next ")
  }

  @Test func aBodyOfTheGreatestLengthIsRead() throws {
    let fixture = try HTTPFixture { request, reply in
      reply.send(HTTPResponse(200, body: .bytes(Array("\(request.body.count)".utf8))))
    }
    let client = fixture.client()
    let limit = HTTPLimits().body
    client.send("POST /c HTTP/1.1\r\nHost: test\r\nContent-Length: \(limit)\r\n\r\n")
    client.send([UInt8](repeating: 0, count: limit))
    #expect(client.response()?.text == "\(limit)")
  }

  @Test func whoAsksWhetherToSendIsToldTo() throws {
    let fixture = try HTTPFixture()
    let client = fixture.client()
    client.send(
      "POST /e HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
    #expect(client.response()?.status == 100)
    client.send("body")
    #expect(client.response()?.text == "POST e body")
  }

  @Test func whoAsksWhetherToSendIsToldNotTo() throws {
    let fixture = try HTTPFixture(refuse: { _ in HTTPResponse(401) })
    let client = fixture.client()
    client.send(
      "POST /e HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
    #expect(client.response()?.status == 401)
    #expect(client.isClosed())
  }

  @Test func anUnknownExpectationIsRefused() throws {
    let fixture = try HTTPFixture()
    let client = fixture.client()
    client.get("/", "Expect: tea\r\n")
    #expect(client.response()?.status == 417)
  }

  @Test func aRefusalWithoutABodyKeepsTheConnection() throws {
    let fixture = try HTTPFixture(refuse: { head in
      head.target.segments == ["no"] ? HTTPResponse(403) : nil
    })
    let client = fixture.client()
    client.get("/no")
    client.get("/yes")
    #expect(client.response()?.status == 403)
    #expect(client.response()?.status == 200)
  }

  /// Nobody who still sends loses the answer to a reset.
  @Test(arguments: ["Content-Length: 3000000", "Transfer-Encoding: chunked"])
  func aRefusalReachesAClientThatStillSends(_ field: String) throws {
    let asked = Shared(0)
    let fixture = try HTTPFixture(
      limits: Self.small, refuse: { _ in HTTPResponse(401) },
      { _, reply in
        asked.change { $0 += 1 }
        reply.send(HTTPResponse(200))
      })
    let client = fixture.client()
    client.send("POST / HTTP/1.1\r\nHost: test\r\n\(field)\r\n\r\n")
    let sent = client.send([UInt8](repeating: 0x30, count: 3_000_000))
    #expect(sent)
    let response = try #require(client.response())
    #expect(response.status == (field.hasPrefix("C") ? 413 : 401))
    #expect(client.isClosed())
    #expect(asked.value == 0)
  }

  @Test func aLengthThatIsTooGreatIsRefusedUnread() throws {
    let fixture = try HTTPFixture(limits: Self.small)
    let client = fixture.client()
    client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 1001\r\n\r\n")
    let response = try #require(client.response())
    #expect(response.status == 413)
    #expect(response.field("Content-Type") == "application/problem+json")
    #expect(client.isClosed())
  }

  @Test func chunksThatAreTooLongAreRefused() throws {
    let fixture = try HTTPFixture(limits: Self.small)
    let client = fixture.client()
    client.send(
      "POST /x HTTP/1.1\r\nHost: test\r\nX-Request-Id: mine\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in 0..<500 {
      guard client.send("320\r\n" + String(repeating: "x", count: 800) + "\r\n") else { break }
    }
    let response = try #require(client.response())
    #expect(response.status == 413)
    #expect(response.field("X-Request-Id") == "mine")
    #expect(response.field("Content-Type") == "application/problem+json")
    #expect(client.isClosed())
    #expect(eventually { fixture.observations.value.map(\.status) == [413] })
  }
}
