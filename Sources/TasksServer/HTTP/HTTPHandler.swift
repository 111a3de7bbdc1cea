/// Who answers.
///
/// Both are called on a thread that serves other connections too. What takes long goes elsewhere, and replies later.
package protocol HTTPHandler: Sendable {
  /// An answer that needs no more than the head; nil to have the body read and be asked again.
  ///
  /// It is asked about every request, so it is the place for who may do what. Where a body is on its way, the connection
  /// ends with the answer.
  func refuse(_ head: HTTPRequest) -> HTTPResponse?

  /// Answers a request, now or later.
  func respond(to request: HTTPRequest, _ reply: HTTPReply)

  /// The answer to what never gets as far as a handler.
  func response(to fault: HTTPFault) -> HTTPResponse
}

extension HTTPHandler {
  package func refuse(_ head: HTTPRequest) -> HTTPResponse? { nil }
  package func response(to fault: HTTPFault) -> HTTPResponse { fault.response }
}
