/// Who is at the other end of a connection.
package enum HTTPPeer: Hashable, Sendable {
  case tcp(host: String, port: UInt16)
  /// A process of this machine that may open our socket.
  case unix
}
