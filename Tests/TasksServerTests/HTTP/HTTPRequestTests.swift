import Glibc
import TasksServer
import Testing

@Suite struct HTTPRequestTests {
  @Test func aRequestIsAnswered() throws {
    let fixture = try HTTPFixture()
    let client = fixture.client()
    client.get("/api/tasks/a%2Fb/?q=milk+%26%20eggs&x&q=", "X-Request-Id: mine\r\n")
    let response = try #require(client.response())
    #expect(response.status == 200)
    #expect(response.text == "GET api|tasks|a/b| q=milk & eggs x= q= ")
    #expect(response.field("Content-Type") == "text/plain")
    #expect(response.field("X-Request-Id") == "mine")
    #expect(response.field("Date") != nil)
  }

  @Test func aRequestIsObserved() throws {
    let fixture = try HTTPFixture()
    let client = fixture.client()
    client.get("/one?secret=1")
    client.get("/two", "X-Request-Id: mine\r\n")
    let first = try #require(client.response())
    _ = client.response()
    #expect(eventually { fixture.observations.value.count == 2 })
    let seen = fixture.observations.value
    #expect(seen.map(\.path) == ["/one", "/two"])
    #expect(seen.map(\.method) == ["GET", "GET"])
    #expect(seen.map(\.status) == [200, 200])
    #expect(seen[0].bytes == first.body.count)
    #expect(seen[0].id == first.field("X-Request-Id"))
    #expect(seen[1].id == "mine")
    #expect(seen.allSatisfy { $0.isComplete && $0.microseconds >= 0 })
  }

  @Test(arguments: ["with blank", String(repeating: "x", count: 129), ""])
  func anUnusableRequestIDIsReplaced(_ id: String) throws {
    let fixture = try HTTPFixture()
    let client = fixture.client()
    client.get("/", "X-Request-Id: \(id)\r\n")
    let made = try #require(client.response()?.field("X-Request-Id"))
    #expect(made != id)
    #expect(made.utf8.count == 13)
  }

  @Test func aConnectionIsKept() throws {
    let fixture = try HTTPFixture()
    let client = fixture.client()
    for number in 0..<3 {
      client.send("POST /\(number) HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\nbody")
      #expect(client.response()?.text == "POST \(number) body")
    }
  }

  @Test func requestsThatComeAtOnceAreAnsweredInOrder() throws {
    let fixture = try HTTPFixture()
    let client = fixture.client()
    let requests = (0..<50).map {
      "PUT /\($0) HTTP/1.1\r\nHost: test\r\nContent-Length: 3\r\n\r\nabc"
    }
    client.send(requests.joined())
    for number in 0..<50 { #expect(client.response()?.text == "PUT \(number) abc") }
  }

  @Test func requestsThatComeAtOnceWaitForAnAnswerThatComesLater() throws {
    let fixture = try HTTPFixture { request, reply in
      guard request.target.segments == ["slow"] else { return HTTPFixture.echo(request, reply) }
      later { HTTPFixture.echo(request, reply) }
    }
    let client = fixture.client()
    for path in ["/1", "/slow", "/2"] { client.get(path) }
    for path in ["1", "slow", "2"] { #expect(client.response()?.text == "GET \(path) ") }
  }

  @Test func aHeadIsWhatAGetWouldSay() throws {
    let fixture = try HTTPFixture()
    let client = fixture.client()
    client.get("/x", method: "HEAD")
    client.get("/x")
    let head = try #require(client.response(toHead: true))
    #expect(head.field("Content-Length") == "7")
    #expect(client.response()?.text == "GET x ")
  }

  @Test func anOldClientIsAnswered() throws {
    let fixture = try HTTPFixture()
    let client = fixture.client()
    client.send("GET /old HTTP/1.0\r\n\r\n")
    #expect(client.response()?.text == "GET old ")
    #expect(client.isClosed())
  }

  @Test func aClientThatSendsNothingMoreStillGetsItsAnswer() throws {
    let fixture = try HTTPFixture { request, reply in later { HTTPFixture.echo(request, reply) } }
    let client = fixture.client()
    client.get("/half")
    client.halfClose()
    #expect(client.response()?.text == "GET half ")
    #expect(client.isClosed())
  }

  /// The library misses an end that comes together with what is before it.
  @Test(arguments: [
    "GET / HTTP/1.1\r\nHost: test\r\n\r\n", "GET / HT",
    "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\n123",
  ])
  func aConnectionEndsWhenItsClientHasEnded(_ text: String) throws {
    var limits = HTTPLimits()
    limits.heartbeat = .milliseconds(200)
    let fixture = try HTTPFixture(limits: limits)
    let isWhole = text.hasPrefix("GET / HTTP")
    for cut in stride(from: 1, to: text.utf8.count, by: 7) {
      let client = fixture.client()
      client.send(Array(text.utf8.prefix(cut)))
      client.send(Array(text.utf8.dropFirst(cut)))
      client.halfClose()
      if isWhole { #expect(client.response()?.status == 200) }
      #expect(client.isClosed(within: .seconds(2)))
    }
  }

  @Test(arguments: 1...10)
  func requestsThatComeAtOnceAreAnsweredBeforeTheEnd(_ count: Int) throws {
    let fixture = try HTTPFixture()
    for _ in 0..<20 {
      let client = fixture.client()
      client.send(String(repeating: "GET /x HTTP/1.1\r\nHost: test\r\n\r\n", count: count))
      client.halfClose()
      for _ in 0..<count { #expect(client.response()?.text == "GET x ") }
      #expect(client.isClosed(within: .seconds(2)))
    }
  }

  @Test func aHeadThatComesByteByByteIsUnderstood() throws {
    let fixture = try HTTPFixture()
    let client = fixture.client()
    let field = "X-Long: " + String(repeating: "v", count: 300) + "\r\n"
    let text = "GET /slow HTTP/1.1\r\nHost: test\r\n" + String(repeating: field, count: 8) + "\r\n"
    for byte in text.utf8 { client.send([byte]) }
    #expect(client.response()?.text == "GET slow ")
  }

  @Test func theHeadsSizeIsNoMatterForWhatFollows() throws {
    let fixture = try HTTPFixture { request, reply in
      reply.send(HTTPResponse(200, body: .bytes(Array((request.fields["X-Long"] ?? "").utf8))))
    }
    let client = fixture.client()
    for size in [1, 8_000, 16_000, 2] {
      let value = String(repeating: "v", count: size)
      client.get("/", "X-Long: \(value)\r\nCookie: a=b; c=d\r\nX-Empty:\r\nX-Blanks:  \t b \t\r\n")
      #expect(client.response()?.text == value)
    }
  }

  @Test(arguments: [0, 1, 1 << 16, (1 << 16) + 1, 300_000])
  func anAnswerOfAnyLengthArrives(_ count: Int) throws {
    let fixture = try HTTPFixture { _, reply in
      reply.send(
        HTTPResponse(200, body: .bytes((0..<count).map { UInt8(truncatingIfNeeded: $0 / 7) })))
    }
    let client = fixture.client()
    for _ in 0..<2 {
      client.get("/")
      let body = try #require(client.response()?.body)
      #expect(body.count == count)
      #expect(body.indices.allSatisfy { body[$0] == UInt8(truncatingIfNeeded: $0 / 7) })
    }
    #expect(eventually { fixture.observations.value.map(\.bytes) == [count, count] })
  }
}

/// Does it on another thread, a little later.
func later(_ body: @escaping @Sendable () -> Void) {
  onThread {
    usleep(20_000)
    body()
  }
}

func onThread(_ body: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  pthread_create(
    &thread, nil,
    { box in
      if let box { Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body() }
      return nil
    }, Unmanaged.passRetained(Box(body)).toOpaque())
  pthread_detach(thread)
}
