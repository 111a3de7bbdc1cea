import Glibc
import TasksServer
import Testing

@Suite struct HTTPReplyTests {
  @Test func anAnswerMayComeLaterFromAnotherThread() throws {
    let fixture = try HTTPFixture { request, reply in later { HTTPFixture.echo(request, reply) } }
    let client = fixture.client()
    for number in 0..<3 {
      client.get("/\(number)")
      #expect(client.response()?.text == "GET \(number) ")
    }
  }

  @Test func answersRaceWithTheirConnections() throws {
    let fixture = try HTTPFixture { request, reply in onThread { HTTPFixture.echo(request, reply) }
    }
    let client = fixture.client()
    for number in 0..<300 {
      client.get("/\(number)")
      #expect(client.response()?.text == "GET \(number) ")
    }
  }

  @Test(arguments: [true, false])
  func aReplyThatIsDroppedIsAnError(_ atOnce: Bool) throws {
    let fixture = try HTTPFixture { _, reply in
      if !atOnce { later { _ = reply } }
    }
    let client = fixture.client()
    client.get("/")
    let response = try #require(client.response())
    #expect(response.status == 500)
    #expect(response.field("Content-Type") == "application/problem+json")
    client.get("/")
    #expect(client.response()?.status == 500)
  }

  @Test func onlyTheFirstAnswerCounts() throws {
    let fixture = try HTTPFixture { _, reply in
      reply.send(HTTPResponse(201))
      reply.send(HTTPResponse(202))
    }
    let client = fixture.client()
    client.get("/")
    client.get("/")
    #expect(client.response()?.status == 201)
    #expect(client.response()?.status == 201)
  }

  @Test func aClientThatWaitsDoesNotHoldUpOthers() throws {
    let kept = Shared<[HTTPReply]>([])
    let fixture = try HTTPFixture { request, reply in
      if request.target.segments == ["wait"] {
        kept.change { $0.append(reply) }
      } else {
        HTTPFixture.echo(request, reply)
      }
    }
    let waiting = (0..<20).map { _ in fixture.client() }
    for client in waiting { client.get("/wait") }
    #expect(eventually { kept.value.count == 20 })
    let client = fixture.client()
    client.get("/now")
    #expect(client.response()?.status == 200)
    for reply in kept.change({ replies in
      defer { replies = [] }
      return replies
    }) { reply.send(HTTPResponse(202)) }
    for client in waiting { #expect(client.response()?.status == 202) }
  }

  @Test func aClientThatLeavesBeforeTheAnswerIsNoHarm() throws {
    let kept = Shared<[HTTPReply]>([])
    let fixture = try HTTPFixture { _, reply in kept.change { $0.append(reply) } }
    do {
      let client = fixture.client()
      client.get("/")
      #expect(eventually { kept.value.count == 1 })
    }
    kept.change { replies in
      replies[0].send(HTTPResponse(200, body: .bytes([UInt8](repeating: 1, count: 1_000_000))))
      replies = []
    }
    #expect(eventually { fixture.observations.value.count == 1 })
  }
}
