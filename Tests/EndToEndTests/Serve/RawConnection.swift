import Glibc

/// A client that says exactly what it is told to, from an address of its own on this machine if need be.
final class RawConnection {
  private let descriptor: Int32
  private var received: [UInt8] = []

  struct NotConnected: Error { let code: Int32 }

  init(port: UInt16, from source: String? = nil) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    if let source {
      var own = Self.address(source, 0)
      _ = Self.with(&own) { bind(descriptor, $0, $1) }
    }
    var far = Self.address("127.0.0.1", port)
    guard Self.with(&far, { connect(descriptor, $0, $1) }) == 0 else {
      let code = errno
      close(descriptor)
      throw NotConnected(code: code)
    }
    var time = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  private static func address(_ host: String, _ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    inet_pton(AF_INET, host, &address.sin_addr)
    return address
  }

  private static func with(
    _ address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  /// Sends it all; false if the server takes nothing any more.
  @discardableResult
  func send(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Says that nothing more is sent.
  func halfClose() { shutdown(descriptor, Int32(SHUT_WR)) }

  private func receive() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return false }
    received += buffer[..<count]
    return true
  }

  /// The next answer, with its body if it says how long it is; nil if none comes whole.
  func answer() -> (status: Int, head: String, body: String)? {
    let mark = Array("\r\n\r\n".utf8)
    var end = received.firstRange(of: mark)
    while end == nil {
      guard receive() else { return nil }
      end = received.firstRange(of: mark)
    }
    guard let end else { return nil }
    let head = String(decoding: received[..<end.lowerBound], as: UTF8.self)
    let length = (head.firstMatch(of: /(?i)content-length: (\d+)/)?.1).flatMap { Int($0) } ?? 0
    while received.count < end.upperBound + length { guard receive() else { return nil } }
    let body = String(
      decoding: received[end.upperBound..<end.upperBound + length], as: UTF8.self)
    received.removeFirst(end.upperBound + length)
    return (Int(head.split(separator: " ")[1].prefix(3)) ?? 0, head, body)
  }

  /// Whether the server has closed it already.
  var isClosed: Bool {
    var byte: UInt8 = 0
    while true {
      let count = recv(
        descriptor, &byte, 1, Int32(MSG_DONTWAIT))
      if count == 1 { continue }
      return count == 0 || (errno != EAGAIN && errno != EINTR)
    }
  }
}
