import Glibc
import TasksServer
import Testing

@Suite struct EventStreamTests {
  private static func stream(
    limits: HTTPLimits = HTTPLimits(), _ stream: EventStream
  ) throws -> HTTPFixture {
    try HTTPFixture(limits: limits) { request, reply in
      request.target.segments == ["events"]
        ? reply.send(.events(stream)) : HTTPFixture.echo(request, reply)
    }
  }

  @Test func eventsArriveAsTheyAreSent() throws {
    let stream = EventStream()
    let fixture = try Self.stream(stream)
    let client = fixture.client()
    client.get("/events")
    let head = try #require(client.read(until: "\r\n\r\n"))
    #expect(head.contains("text/event-stream"))
    for number in 0..<3 {
      #expect(stream.send(id: "\(number)", event: "task", data: "{}\nsecond\r\nthird\u{2028}"))
      #expect(
        client.read(
          until: "id: \(number)\nevent: task\ndata: {}\ndata: second\ndata: third\u{2028}\n\n")
          != nil)
      usleep(5_000)
    }
    stream.close()
    #expect(client.read(until: "0\r\n\r\n") != nil)
    #expect(!stream.send(data: "late"))
    client.get("/next")
    #expect(client.response()?.status == 200)
  }

  @Test func manyEventsArriveWholeAndInOrder() throws {
    let stream = EventStream()
    let fixture = try Self.stream(stream)
    let client = fixture.client()
    client.get("/events", version: "HTTP/1.0")
    onThread {
      for number in 0..<20_000 {
        stream.send(data: "\(number)")
        if number % 1000 == 0 { usleep(1000) }
      }
      stream.close()
    }
    let text = try #require(client.read(until: "data: 19999\n\n"))
    let numbers = text.split(separator: "\n").filter { $0.hasPrefix("data") }.map {
      $0.dropFirst(6)
    }
    #expect(numbers.elementsEqual((0..<20_000).map { "\($0)" }, by: { $0 == $1 }))
    #expect(client.isClosed())
  }

  @Test func aClientThatLeavesIsNoticed() throws {
    let isGone = Shared(0)
    let stream = EventStream { isGone.change { $0 += 1 } }
    let fixture = try Self.stream(limits: HTTPFixture.impatient, stream)
    do {
      let client = fixture.client()
      client.get("/events")
      #expect(client.read(until: ":\n\n") != nil)
    }
    #expect(eventually { isGone.value == 1 })
    #expect(!stream.send(data: "nobody"))
  }

  @Test func aClientThatSendsNothingMoreStillGetsEvents() throws {
    let stream = EventStream()
    let fixture = try Self.stream(limits: HTTPFixture.impatient, stream)
    let client = fixture.client()
    client.get("/events")
    client.halfClose()
    usleep(500_000)
    #expect(stream.send(data: "here"))
    #expect(client.read(until: "data: here") != nil)
  }

  @Test func aSilentStreamShowsThatItIsThere() throws {
    var limits = HTTPFixture.impatient
    limits.heartbeat = .milliseconds(100)
    let stream = EventStream()
    let fixture = try Self.stream(limits: limits, stream)
    let client = fixture.client()
    client.get("/events")
    // Also longer than any other request may take.
    for _ in 0..<8 { #expect(client.read(until: ":\n\n") != nil) }
  }

  @Test func aClientThatNeverReadsIsEnded() throws {
    let isGone = Shared(0)
    let stream = EventStream { isGone.change { $0 += 1 } }
    let fixture = try Self.stream(stream)
    let client = HTTPClient(fixture.server.address, receiveBuffer: 4096)
    client.get("/events")
    usleep(50_000)
    let event = String(repeating: "x", count: 10_000)
    var sent = 0
    while stream.send(data: event), sent < 10_000 { sent += 1 }
    // What the system holds, and the megabyte that is ours.
    #expect(sent > 100 && sent < 2_000)
    #expect(eventually { isGone.value == 1 })
  }

  @Test func aClientThatReadsTooSlowlyIsEnded() throws {
    let isGone = Shared(0)
    let stream = EventStream { isGone.change { $0 += 1 } }
    var limits = HTTPFixture.impatient
    limits.eventsWaiting = 100 << 20
    let fixture = try Self.stream(limits: limits, stream)
    let client = HTTPClient(fixture.server.address, receiveBuffer: 4096)
    client.get("/events")
    #expect(client.read(until: ":\n\n") != nil)
    for _ in 0..<2_000 { stream.send(data: String(repeating: "x", count: 10_000)) }
    #expect(eventually { isGone.value == 1 })
  }

  @Test func aHeadOfAStreamEndsIt() throws {
    let isGone = Shared(0)
    let stream = EventStream { isGone.change { $0 += 1 } }
    let fixture = try Self.stream(stream)
    let client = fixture.client()
    client.get("/events", method: "HEAD")
    let head = try #require(client.response(toHead: true))
    #expect(head.status == 200)
    #expect(head.field("Content-Type") == "text/event-stream")
    #expect(client.read(until: "\n", within: .seconds(1)) == nil)
    #expect(client.isClosed(within: .zero))
    #expect(eventually { isGone.value == 1 })
  }
}
