import TasksFiles
import TasksModel
import TasksProgram

/// Takes requests, and sees to it that only those are answered which should be.
final class API: HTTPHandler {
  private let service: Service
  private let table: RouteTable<Endpoint>
  private let token: Token?
  private let doorman: Doorman
  private let limiter: RateLimiter?
  private let bodyLimit: Int

  init(
    _ service: Service, token: Token?, doorman: Doorman, rate: Int?, bodyLimit: Int
  ) throws {
    self.service = service
    self.token = token
    self.doorman = doorman
    self.bodyLimit = bodyLimit
    limiter = rate.map(RateLimiter.init)
    table = try RouteTable(bind: Endpoint.of)
  }

  func begin(_ head: HTTPRequest) -> HTTPBeginning {
    do throws(Problem) {
      return try admit(head)
    } catch {
      return .answer(decorated(.problem(error), for: head))
    }
  }

  private func admit(_ head: HTTPRequest) throws(Problem) -> HTTPBeginning {
    if let problem = doorman.problem(host: head.fields["Host"], origin: head.fields["Origin"]) {
      throw problem
    }
    if let limiter, let wait = limiter.wait(for: head.peer.address, at: SteadyClock.now) {
      throw Problem(.tooManyRequests, "Ask more slowly.", retryAfter: wait)
    }
    switch table.match(method: head.method, segments: head.target.segments) {
    case .noSuchPath:
      // Who may not look is not told what there is.
      try checkToken(head)
      throw Problem(.notFound, "There is nothing at this address.")
    case .notThisMethod(let allow):
      throw Problem(.method, "This address does not take that method.", allow: allow)
    case .options(let allow):
      let fields = [HTTPField("Allow", allow.joined(separator: ", "))]
      return .answer(decorated(HTTPResponse(204, fields), for: head))
    case .found(let route, let endpoint, let values):
      if route.needsToken { try checkToken(head) }
      let reader = try RequestReader(route) { head.fields[$0] }
      if head.hasBody { try reader.checkContentType() }
      if let length = head.announcedLength, length > bodyLimit {
        throw Problem(.tooLarge, "The body may have \(bodyLimit) bytes.")
      }
      return .read { [self] request, reply in
        do {
          let read = try reader.read(
            values: values, query: request.target.query.map { ($0.name, $0.value) },
            body: request.body, largestBody: bodyLimit)
          try answer(Call(request: request, route: route, values: read), endpoint, reply)
        } catch {
          reply.send(decorated(.problem(service.problem(error, of: request)), for: request))
        }
      }
    }
  }

  private func answer(_ call: Call, _ endpoint: Endpoint, _ reply: HTTPReply) throws {
    switch endpoint {
    case .now(let answer): reply.send(decorated(try answer(service, call), for: call.request))
    case .later(let answer):
      try answer(service, call) { [self] in reply.send(decorated($0, for: call.request)) }
    }
  }

  private func checkToken(_ head: HTTPRequest) throws(Problem) {
    guard let token else { return }
    guard token.isCarried(by: head.fields["Authorization"]) else {
      throw Problem(.unauthorized, "Send the server's token: Authorization: Bearer TOKEN.")
    }
  }

  func response(to fault: HTTPFault) -> HTTPResponse {
    guard let kind = fault.kind else { return decorated(fault.response, for: nil) }
    let retry = kind == .busy ? 1 : nil
    return decorated(.problem(Problem(kind, fault.detail, retryAfter: retry)), for: nil)
  }

  /// The answer with what all answers have.
  private func decorated(_ response: HTTPResponse, for request: HTTPRequest?) -> HTTPResponse {
    var response = response
    response.fields.append(HTTPField("X-Sync-Status", service.state.word))
    response.fields.append(HTTPField("X-Content-Type-Options", "nosniff"))
    if let request, let origin = request.fields["Origin"], doorman.allows(origin: origin) {
      response.fields += Self.welcome(origin, isAsked: request.method == "OPTIONS")
    }
    return response
  }
}

extension API {
  /// What a browser wants to hear before it lets a page of another place ask, and read the answer.
  ///
  /// https://fetch.spec.whatwg.org/#http-cors-protocol
  private static func welcome(_ origin: String, isAsked: Bool) -> [HTTPField] {
    var fields = [
      HTTPField("Access-Control-Allow-Origin", origin), HTTPField("Vary", "Origin"),
      HTTPField(
        "Access-Control-Expose-Headers",
        "ETag, Link, Location, Retry-After, X-Request-Id, X-Sync-Status, X-Total-Count"),
    ]
    if isAsked {
      fields += [
        HTTPField("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE"),
        HTTPField(
          "Access-Control-Allow-Headers",
          "Authorization, Content-Type, If-Match, If-None-Match, Last-Event-ID, X-Request-Id"),
        HTTPField("Access-Control-Max-Age", "600"),
      ]
    }
    return fields
  }
}

extension HTTPFault {
  /// What the library below finds wrong, as clients tell it apart; nil where the document has no such thing.
  fileprivate var kind: ProblemKind? {
    switch self {
    case .malformed: .malformed
    case .bodyTooLarge: .tooLarge
    case .headTooLarge: .headersTooLarge
    case .noAnswer: .internal
    case .tooManyConnections, .stopping: .busy
    case .unknownExpectation, .unknownTransferEncoding: nil
    }
  }
}

extension HTTPPeer {
  /// Whom the rate is counted for.
  fileprivate var address: String {
    switch self {
    case .tcp(let host, _): host
    case .unix: ""
    }
  }
}
