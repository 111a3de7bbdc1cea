import TasksProgram
import Glibc
import TasksServer

/// A server whose answers a test decides.
struct HTTPFixture {
  let server: HTTPServer
  let observations = Shared<[HTTPObservation]>([])

  init(
    at address: ListenAddress = .tcp(host: "127.0.0.1", port: 0), limits: HTTPLimits = HTTPLimits(),
    refuse: @escaping @Sendable (HTTPRequest) -> HTTPResponse?,
    _ respond: @escaping @Sendable (HTTPRequest, HTTPReply) -> Void = HTTPFixture.echo
  ) throws {
    let observations = observations
    server = try HTTPServer(
      listeningAt: address, limits: limits, handler: Closures(refusal: refuse, response: respond),
      observe: { observation in observations.change { $0.append(observation) } })
  }

  init(
    at address: ListenAddress = .tcp(host: "127.0.0.1", port: 0), limits: HTTPLimits = HTTPLimits(),
    _ respond: @escaping @Sendable (HTTPRequest, HTTPReply) -> Void = HTTPFixture.echo
  ) throws {
    try self.init(at: address, limits: limits, refuse: { _ in nil }, respond)
  }

  /// Short times, so that what takes too long does so soon.
  static var impatient: HTTPLimits {
    var limits = HTTPLimits()
    limits.headTime = .milliseconds(300)
    limits.requestTime = .milliseconds(300)
    limits.answerTime = .milliseconds(300)
    limits.idleTime = .milliseconds(300)
    return limits
  }

  func client() -> HTTPClient { HTTPClient(server.address) }

  /// Answers with what was asked: the method, the path's parts, the query and the body.
  @Sendable static func echo(_ request: HTTPRequest, _ reply: HTTPReply) {
    var text = request.method + " " + request.target.segments.joined(separator: "|")
    for pair in request.target.query { text += " \(pair.name)=\(pair.value)" }
    text += " " + String(decoding: request.body, as: UTF8.self)
    reply.send(
      HTTPResponse(200, [HTTPField("Content-Type", "text/plain")], body: .bytes(Array(text.utf8))))
  }

  private struct Closures: HTTPHandler {
    let refusal: @Sendable (HTTPRequest) -> HTTPResponse?
    let response: @Sendable (HTTPRequest, HTTPReply) -> Void

    func begin(_ head: HTTPRequest) -> HTTPBeginning {
      refusal(head).map { .answer($0) } ?? .read(response)
    }
  }
}
