/// Where the server listens.
package enum ListenAddress: Hashable, Sendable {
  /// An IPv4 or IPv6 address as numbers, or `localhost`, which is 127.0.0.1. Port 0 picks a free one.
  ///
  /// Names are not looked up: the C library's way to do so has parts that a static executable lacks.
  case tcp(host: String, port: UInt16)
  /// A socket in the file system that only its owner may use.
  case unix(path: String)

  /// Reads `127.0.0.1:7420`, `[::1]:7420`, `localhost:0` or `unix:PATH`; nil if it is none.
  package init?(_ text: String) {
    if text.hasPrefix("unix:") {
      let path = String(text.dropFirst(5))
      guard !path.isEmpty, path.utf8.count <= Self.longestPath else { return nil }
      self = .unix(path: path)
      return
    }
    guard let colon = text.lastIndex(of: ":"),
      let port = UInt16(text[text.index(after: colon)...])
    else { return nil }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = String(host.dropFirst().dropLast())
      guard host.contains(":") else { return nil }
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty, host.utf8.allSatisfy({ Self.isPartOfHost($0) }) else { return nil }
    self = .tcp(host: host, port: port)
  }

  /// Whether only this machine can reach it.
  package var isLocal: Bool {
    switch self {
    case .unix: true
    case .tcp(let host, _): host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
  }

  package var text: String {
    switch self {
    case .unix(let path): "unix:" + path
    case .tcp(let host, let port): Self.bracketed(host) + ":\(port)"
    }
  }

  /// The host as it stands in a URL.
  package static func bracketed(_ host: String) -> String {
    host.contains(":") ? "[\(host)]" : host
  }

  /// What fits into `sockaddr_un`.
  private static let longestPath = 107

  private static func isPartOfHost(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: ":"), UInt8(ascii: "%"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
