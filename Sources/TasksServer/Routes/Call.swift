import TasksModel
import TasksProgram

/// A request that was checked against its route.
struct Call: Sendable {
  let request: HTTPRequest
  let route: Route
  let values: RequestValues

  func field(_ name: String) -> String? { request.fields[name] }
}

/// How an operation is answered.
enum Endpoint: Sendable {
  /// At once, on the thread that serves the connection.
  case now(@Sendable (Service, Call) throws -> HTTPResponse)
  /// When it has been written, or something else has happened.
  case later(@Sendable (Service, Call, @escaping @Sendable (HTTPResponse) -> Void) throws -> Void)
}

extension HTTPResponse {
  static func json(_ status: Int, _ bytes: [UInt8], _ fields: [HTTPField] = []) -> HTTPResponse {
    json(status, body: .bytes(bytes), fields)
  }

  static func json(_ status: Int, body: Body, _ fields: [HTTPField] = []) -> HTTPResponse {
    HTTPResponse(
      status, [HTTPField("Content-Type", MediaType.json.description)] + fields, body: body)
  }

  static func json(_ status: Int, document: JSON) -> HTTPResponse {
    json(status, JSONWriter.bytes(document, style: .canonical))
  }

  static func problem(_ problem: Problem) -> HTTPResponse {
    HTTPResponse(
      problem.status, problem.headers.map { HTTPField($0.name, $0.value) },
      body: .bytes(JSONWriter.bytes(problem.document, style: .canonical)))
  }
}
