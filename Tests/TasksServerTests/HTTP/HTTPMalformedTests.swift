import Glibc
import TasksServer
import Testing

/// What is not as RFC 9112 wants it, or could be understood in two ways.
@Suite struct HTTPMalformedTests {
  /// The server's own answer, as problem details; and nothing after it is taken for a request.
  @Test(arguments: [
    ("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /%c3%28 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /?q=%f HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /ä HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET  /a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /#f HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n folded\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX: b\rc\r\n\r\n", 400),
    ("GET / HTTP/1.1\nHost: a\n\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nX: b\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 5\r\n\r\nhello", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400),
    (
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400
    ),
    ("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n", 501),
  ])
  func isRefusedWithProblemDetails(_ text: String, _ status: Int) throws {
    let asked = Shared(0)
    let fixture = try HTTPFixture { _, reply in
      asked.change { $0 += 1 }
      reply.send(HTTPResponse(200))
    }
    let client = fixture.client()
    client.send(text + "GET /after HTTP/1.1\r\nHost: a\r\n\r\n")
    let response = try #require(client.response())
    #expect(response.status == status)
    #expect(response.field("Content-Type") == "application/problem+json")
    #expect(client.isClosed())
    #expect(asked.value == 0)
  }

  /// What libmicrohttpd answers by itself: without problem details, but bounded and closed.
  @Test(arguments: [
    ("GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505),
    ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    ("GET / HTTQ/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /\r\nHost: a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: five\r\n\r\nhello", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\nhello", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 413),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400),
  ])
  func isRefusedByTheLibrary(_ text: String, _ status: Int) throws {
    let asked = Shared(0)
    let fixture = try HTTPFixture { _, reply in
      asked.change { $0 += 1 }
      reply.send(HTTPResponse(200))
    }
    let client = fixture.client()
    client.send(text)
    let response = try #require(client.response())
    #expect(response.status == status)
    #expect(client.isClosed())
    #expect(asked.value == 0)
  }

  @Test func aLineWithoutABlankEndsTheConnection() throws {
    let fixture = try HTTPFixture()
    let client = fixture.client()
    client.send("nonsense\r\n\r\n")
    #expect(client.isClosed())
  }

  @Test func aHeadThatIsTooLongIsRefused() throws {
    let fixture = try HTTPFixture()
    let client = fixture.client()
    client.get("/", "X: " + String(repeating: "x", count: 16 << 10) + "\r\n")
    let response = try #require(client.response())
    #expect(response.status == 431)
    #expect(response.field("Content-Type") == "application/problem+json")
    #expect(client.isClosed())
    #expect(eventually { fixture.observations.value.map(\.status) == [431] })
  }

  /// Beyond the memory of a connection it is the library that says so.
  @Test(arguments: [("/", 431), ("/" + String(repeating: "x", count: 1 << 18), 414)])
  func aHeadThatIsMuchTooLongIsRefused(_ target: String, _ status: Int) throws {
    let fixture = try HTTPFixture()
    let client = fixture.client()
    client.get(target, "X: " + String(repeating: "x", count: 1 << 18) + "\r\n")
    #expect(client.response()?.status == status)
    #expect(client.isClosed())
  }

  /// The library forgets such a connection; the doorkeeper does not.
  @Test func aQueryThatIsMuchTooLongIsEnded() throws {
    let fixture = try HTTPFixture(limits: HTTPFixture.impatient)
    let client = fixture.client()
    client.get("/?" + String(repeating: "&a", count: 6000))
    #expect(client.isClosed())
    let other = fixture.client()
    other.get("/")
    #expect(other.response()?.status == 200)
  }
}
