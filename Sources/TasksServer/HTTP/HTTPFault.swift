/// What the server itself finds wrong, before or without a handler.
package enum HTTPFault: Error, Hashable {
  /// The first line or a field is not as RFC 9112 wants it, or can be understood in two ways.
  case malformed
  case bodyTooLarge
  case headTooLarge
  /// `Expect` says something else than `100-continue`.
  case unknownExpectation
  /// A handler let go of its reply without an answer.
  case noAnswer
  /// A body comes in another way than as it is or in chunks.
  case unknownTransferEncoding
  case tooManyConnections
  /// The server is ending and does not wait any longer for the answer.
  case stopping

  package var status: Int {
    switch self {
    case .malformed: 400
    case .bodyTooLarge: 413
    case .unknownExpectation: 417
    case .headTooLarge: 431
    case .noAnswer: 500
    case .unknownTransferEncoding: 501
    case .tooManyConnections, .stopping: 503
    }
  }

  /// What it is in words, for `detail`.
  package var detail: String {
    switch self {
    case .malformed: "The request is malformed."
    case .bodyTooLarge: "The body is too large."
    case .headTooLarge: "The request line and the header fields are too large."
    case .unknownExpectation: "Only 100-continue may be expected."
    case .noAnswer: "The request could not be answered."
    case .unknownTransferEncoding: "A body is sent as it is, or chunked."
    case .tooManyConnections: "There are too many connections."
    case .stopping: "The server is ending."
    }
  }

  /// The answer for those who have no better one: problem details with nothing else in them (RFC 9457).
  package var response: HTTPResponse {
    let text =
      #"{"type":"about:blank","title":"\#(Self.phrase(status))","status":\#(status),"detail":"\#(detail)"}"#
    var fields = [HTTPField("Content-Type", "application/problem+json")]
    if status == 503 { fields.append(HTTPField("Retry-After", "1")) }
    return HTTPResponse(status, fields, body: .bytes(Array(text.utf8)))
  }

  static func phrase(_ status: Int) -> String {
    switch status {
    case 400: "Bad Request"
    case 413: "Content Too Large"
    case 417: "Expectation Failed"
    case 431: "Request Header Fields Too Large"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    default: "Internal Server Error"
    }
  }
}
