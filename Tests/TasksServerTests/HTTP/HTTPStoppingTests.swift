import TasksProgram
import Glibc
import TasksServer
import Testing

@Suite struct HTTPStoppingTests {
  @Test func whatIsInFlightIsFinished() throws {
    let begun = Shared(0)
    let fixture = try HTTPFixture { request, reply in
      begun.change { $0 += 1 }
      onThread {
        usleep(200_000)
        HTTPFixture.echo(request, reply)
      }
    }
    let clients = (0..<20).map { _ in fixture.client() }
    for client in clients { client.get("/") }
    #expect(eventually { begun.value == 20 })
    fixture.server.stop()
    for client in clients {
      let response = try #require(client.response())
      #expect(response.status == 200)
      #expect(response.field("Connection")?.lowercased() == "close")
      #expect(client.isClosed())
    }
    let late = fixture.client()
    late.get("/")
    #expect(late.response() == nil)
  }

  @Test func idleConnectionsAndStreamsDoNotHoldItUp() throws {
    let stream = EventStream()
    let fixture = try HTTPFixture { request, reply in
      request.target.segments == ["events"]
        ? reply.send(.events(stream)) : HTTPFixture.echo(request, reply)
    }
    let idle = fixture.client()
    idle.get("/")
    _ = idle.response()
    let listening = fixture.client()
    listening.get("/events")
    #expect(listening.read(until: ":\n\n") != nil)
    stream.send(data: "last")
    let start = ContinuousClock.now
    fixture.server.stop()
    #expect(ContinuousClock.now - start < .seconds(2))
    #expect(listening.read(until: "data: last\n\n") != nil)
    #expect(listening.read(until: "0\r\n\r\n") != nil)
    #expect(idle.isClosed())
  }

  @Test func whoHasNotAnsweredInTimeIsNotWaitedFor() throws {
    let kept = Shared<[HTTPReply]>([])
    let fixture = try HTTPFixture { _, reply in kept.change { $0.append(reply) } }
    let clients = (0..<20).map { _ in fixture.client() }
    for client in clients { client.get("/") }
    #expect(eventually { kept.value.count == 20 })
    fixture.server.stop(grace: .milliseconds(50))
    for client in clients { #expect(client.response()?.status == 503) }
    for reply in kept.value { reply.send(HTTPResponse(200)) }
    fixture.server.stop()
  }

  /// While answers and streams come and go, and with no time given.
  @Test(arguments: 0..<10)
  func itStopsInTheMiddleOfEverything(_ round: Int) throws {
    let fixture = try HTTPFixture { request, reply in
      if request.target.segments == ["events"] {
        let stream = EventStream()
        reply.send(.events(stream))
        onThread { while stream.send(data: "x") { usleep(100) } }
      } else {
        onThread { HTTPFixture.echo(request, reply) }
      }
    }
    let address = fixture.server.address
    let running = Shared(4)
    for number in 0..<4 {
      onThread {
        defer { running.change { $0 -= 1 } }
        while true {
          let client = HTTPClient(address)
          client.get(number == 0 ? "/events" : "/x")
          guard client.read(until: "\r\n\r\n") != nil else { return }
        }
      }
    }
    usleep(UInt32(10_000 + 3_000 * round))
    fixture.server.stop(grace: round % 2 == 0 ? .zero : .milliseconds(30))
    #expect(eventually { running.value == 0 })
  }

  @Test func aServerThatIsLetGoOfStops() throws {
    let address: ListenAddress
    do { address = try HTTPFixture().server.address }
    #expect(throws: Never.self) { _ = try HTTPFixture(at: address) }
  }
}
