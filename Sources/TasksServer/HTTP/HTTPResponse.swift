/// What a client is told.
///
/// `Date`, `Content-Length` or `Transfer-Encoding`, `Connection` and `X-Request-Id` are added to the fields here.
package struct HTTPResponse: Sendable {
  package var status: Int
  package var fields: [HTTPField]
  package var body: Body

  package enum Body: Sendable {
    case none
    case bytes([UInt8])
    case file(HTTPAnswerFile)
    /// Server-sent events, until either side ends them.
    case events(EventStream)
  }

  package init(_ status: Int, _ fields: [HTTPField] = [], body: Body = .none) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// An answer that is the stream's events.
  ///
  /// No cache or proxy may hold them back.
  package static func events(_ stream: EventStream, _ fields: [HTTPField] = []) -> HTTPResponse {
    HTTPResponse(
      200,
      [
        HTTPField("Content-Type", "text/event-stream"), HTTPField("Cache-Control", "no-store"),
        HTTPField("X-Accel-Buffering", "no"),
      ] + fields, body: .events(stream))
  }

  /// The answer as bytes, for a connection that is not the library's to write to and ends after it.
  func serialized(id: String?) -> [UInt8] {
    var content: [UInt8] = []
    if case .bytes(let bytes) = body { content = bytes }
    var head = "HTTP/1.1 \(status) \(HTTPFault.phrase(status))\r\nConnection: close\r\n"
    head += "Content-Length: \(content.count)\r\n"
    if let id { head += "X-Request-Id: \(id)\r\n" }
    for field in fields { head += "\(field.name): \(field.value)\r\n" }
    return Array((head + "\r\n").utf8) + content
  }
}
