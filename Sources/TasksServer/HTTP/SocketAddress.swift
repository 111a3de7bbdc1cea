import Glibc

/// An address as the system has it.
struct SocketAddress {
  private var storage = sockaddr_storage()
  private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

  var family: Int32 { Int32(storage.ss_family) }

  /// Sets an IPv4 or IPv6 address that is written in numbers; false if it is none.
  mutating func set(host: String, port: UInt16) -> Bool {
    var four = sockaddr_in()
    if inet_pton(AF_INET, host, &four.sin_addr) == 1 {
      four.sin_family = sa_family_t(AF_INET)
      four.sin_port = port.bigEndian
      set(four)
      return true
    }
    var six = sockaddr_in6()
    let bare =
      host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    guard inet_pton(AF_INET6, bare, &six.sin6_addr) == 1 else { return false }
    six.sin6_family = sa_family_t(AF_INET6)
    six.sin6_port = port.bigEndian
    set(six)
    return true
  }

  /// Sets the path of a unix socket; false if it does not fit.
  mutating func set(path: String) -> Bool {
    var unix = sockaddr_un()
    let bytes = Array(path.utf8)
    let fits = withUnsafeMutableBytes(of: &unix.sun_path) { place in
      guard !bytes.isEmpty, bytes.count < place.count, !bytes.contains(0) else { return false }
      place.copyBytes(from: bytes)
      return true
    }
    unix.sun_family = sa_family_t(AF_UNIX)
    set(unix)
    return fits
  }

  private mutating func set<Address>(_ address: Address) {
    withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: address, as: Address.self) }
    length = socklen_t(MemoryLayout<Address>.size)
  }

  func with<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
    withUnsafePointer(to: storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }

  mutating func fill<Value>(
    _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Value
  ) -> Value {
    length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &storage) { storage in
      withUnsafeMutablePointer(to: &length) { length in
        storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
      }
    }
  }

  /// Who that is.
  ///
  /// An IPv4 address that comes as IPv6 is written as what it is.
  var peer: HTTPPeer {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let port: UInt16
    switch family {
    case AF_INET:
      var four = withUnsafeBytes(of: storage) { $0.load(as: sockaddr_in.self) }
      inet_ntop(AF_INET, &four.sin_addr, &text, socklen_t(text.count))
      port = four.sin_port
    case AF_INET6:
      var six = withUnsafeBytes(of: storage) { $0.load(as: sockaddr_in6.self) }
      inet_ntop(AF_INET6, &six.sin6_addr, &text, socklen_t(text.count))
      port = six.sin6_port
    default: return .unix
    }
    let host = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let mapped = "::ffff:"
    let isMapped = host.hasPrefix(mapped) && host.contains(".")
    return .tcp(
      host: isMapped ? String(host.dropFirst(mapped.count)) : host, port: UInt16(bigEndian: port))
  }
}
