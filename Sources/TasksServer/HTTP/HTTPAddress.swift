/// Where a server listens.
package enum HTTPAddress: Hashable, Sendable {
  /// An IPv4 or IPv6 address as numbers, or `localhost`, which is 127.0.0.1. Port 0 picks a free one.
  ///
  /// Names are not looked up: the C library's way to do so has parts that a static executable lacks.
  case tcp(host: String, port: UInt16)
  /// A socket in the file system that only its owner may use.
  case unix(path: String)
}

/// Who is at the other end of a connection.
package enum HTTPPeer: Hashable, Sendable {
  case tcp(host: String, port: UInt16)
  /// A process of this machine that may open our socket.
  case unix
}
