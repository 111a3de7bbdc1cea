/// What became of a request: for the log.
package struct HTTPObservation: Sendable {
  package let id: String
  /// Both empty if the request was too malformed to say.
  package let method: String
  /// As it came, without the query.
  package let path: String
  /// 0 if there was no answer before the connection ended.
  package let status: Int
  /// Bytes of the body that were handed to the connection.
  package let bytes: Int
  /// From the end of the first line until all was sent.
  package let microseconds: Int64
  package let peer: HTTPPeer
  /// Whether the connection held until the answer was out.
  package let isComplete: Bool
}
