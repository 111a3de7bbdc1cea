/// What a request is about: the path and the query of its first line.
package struct HTTPTarget: Hashable, Sendable {
  /// The path as it came, without the query: for the log.
  package let rawPath: String
  /// The parts between the slashes, decoded: `/api/tasks/a%2Fb` is `api`, `tasks`, `a/b`.
  ///
  /// `/` has none, and a slash at the end leaves an empty one.
  package let segments: [String]
  /// The pairs of the query, decoded, in order; a name without `=` has an empty value.
  package let query: [HTTPField]

  /// The decoded value of the first pair of that name.
  package func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

  /// Understands a target as it stands in a request line; nil for one that is malformed.
  ///
  /// Malformed are, besides what RFC 9112 calls so: escapes that are no two hexadecimal digits or make something else
  /// than UTF-8 or a NUL. `http://host/path` is understood if its host is that of the field `Host`, as nobody who
  /// looks at only one of them may be fooled.
  package init?(_ raw: String, method: String = "GET", host: String? = nil) {
    // https://www.rfc-editor.org/rfc/rfc9112#section-3.2
    guard raw.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else {
      return nil
    }
    if raw == "*" {
      guard method == "OPTIONS" else { return nil }
      (rawPath, segments, query) = (raw, [], [])
      return
    }
    guard let bytes = Self.withoutAuthority(raw.utf8[...], host: host) else { return nil }
    let mark = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
    let path = bytes[..<mark]
    guard path.first == UInt8(ascii: "/") else { return nil }
    var segments: [String] = []
    if path.count > 1 {
      for part in path.dropFirst().split(
        separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      {
        guard let segment = Self.decoded(part, plusIsSpace: false) else { return nil }
        segments.append(segment)
      }
    }
    var query: [HTTPField] = []
    if mark < bytes.endIndex {
      for pair in bytes[bytes.index(after: mark)...].split(separator: UInt8(ascii: "&")) {
        let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
        guard let name = Self.decoded(pair[..<equals], plusIsSpace: true),
          let value = Self.decoded(pair[equals...].dropFirst(), plusIsSpace: true)
        else { return nil }
        query.append(HTTPField(name, value))
      }
    }
    self.segments = segments
    self.query = query
    rawPath = String(Substring(path))
  }

  /// The target without `http://host`, if it has that.
  private static func withoutAuthority(
    _ raw: Substring.UTF8View, host: String?
  ) -> Substring.UTF8View? {
    let scheme = "http://"
    guard raw.first != UInt8(ascii: "/") else { return raw }
    guard HTTPFields.isSame(String(Substring(raw.prefix(scheme.utf8.count))), scheme) else {
      return nil
    }
    let rest = raw.dropFirst(scheme.utf8.count)
    let end =
      rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
    guard let host, HTTPFields.isSame(String(Substring(rest[..<end])), host) else { return nil }
    let path = rest[end...]
    return path.isEmpty ? "/".utf8[...] : path
  }

  private static func decoded(_ part: Substring.UTF8View, plusIsSpace: Bool) -> String? {
    guard part.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
      return String(Substring(part))
    }
    var bytes: [UInt8] = []
    var rest = part
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst(), let low = rest.popFirst(),
          let high = Character(Unicode.Scalar(high)).hexDigitValue,
          let low = Character(Unicode.Scalar(low)).hexDigitValue,
          high | low != 0
        else { return nil }
        bytes.append(UInt8(high << 4 | low))
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
