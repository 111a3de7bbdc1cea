/// Who answers.
///
/// What it is asked for is asked on a thread that serves other connections too. What takes long goes elsewhere, and
/// replies later.
package protocol HTTPHandler: Sendable {
  /// What is to become of a request of which only the head has come.
  ///
  /// It is asked about every request, so it is the place for who may do what.
  func begin(_ head: HTTPRequest) -> HTTPBeginning

  /// The answer to what never gets as far as a handler.
  func response(to fault: HTTPFault) -> HTTPResponse
}

/// What is to become of a request of which only the head has come.
package enum HTTPBeginning {
  /// It is answered like this. Where a body is on its way, the connection ends with the answer.
  case answer(HTTPResponse)
  /// Its body is read, and then it is answered by this, now or later.
  case read((HTTPRequest, HTTPReply) -> Void)
}

extension HTTPHandler {
  package func response(to fault: HTTPFault) -> HTTPResponse { fault.response }
}
