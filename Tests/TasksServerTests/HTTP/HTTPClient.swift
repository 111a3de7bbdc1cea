import TasksProgram
import Glibc
import Synchronization
import TasksServer

/// A client that says exactly what it is told to, byte by byte if need be.
final class HTTPClient {
  let descriptor: Int32
  private var received: [UInt8] = []
  /// Whether the server has closed its side.
  private(set) var isAtEnd = false

  /// What a server answered.
  struct Response {
    let status: Int
    let head: String
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    func field(_ name: String) -> String? {
      head.split(separator: "\r\n").dropFirst().first {
        $0.lowercased().hasPrefix(name.lowercased() + ":")
      }.map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
    }
  }

  init(_ address: ListenAddress, receiveBuffer: Int32? = nil) {
    switch address {
    case .tcp(let host, let port):
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      if var receiveBuffer {
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(4))
      }
      var four = sockaddr_in()
      four.sin_family = sa_family_t(AF_INET)
      four.sin_port = port.bigEndian
      inet_pton(AF_INET, host, &four.sin_addr)
      withUnsafePointer(to: &four) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          _ = connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    case .unix(let path):
      descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      var unix = sockaddr_un()
      unix.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &unix.sun_path) { $0.copyBytes(from: path.utf8) }
      withUnsafePointer(to: &unix) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          _ = connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
    }
  }

  deinit { close(descriptor) }

  /// Sends it all; false if the server takes nothing any more.
  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  func get(
    _ target: String, _ fields: String = "", method: String = "GET", version: String = "HTTP/1.1"
  ) {
    send("\(method) \(target) \(version)\r\nHost: test\r\n\(fields)\r\n")
  }

  /// Says that nothing more is sent.
  func halfClose() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Waits for something to arrive; false if nothing did in time, or nothing will.
  private func receive(by end: ContinuousClock.Instant) -> Bool {
    guard !isAtEnd else { return false }
    let left = ContinuousClock.now.duration(to: end)
    let milliseconds =
      left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
    var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard milliseconds > 0, poll(&wait, 1, Int32(milliseconds)) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count <= 0 {
      isAtEnd = true
      return false
    }
    received += buffer[..<count]
    return true
  }

  /// Everything up to and with `mark`; nil if that does not come.
  func read(until mark: String, within time: Duration = .seconds(5)) -> String? {
    let end = ContinuousClock.now + time
    while true {
      if let place = Self.find(Array(mark.utf8), in: received) {
        let bytes = received[..<(place + mark.utf8.count)]
        received.removeFirst(bytes.count)
        return String(decoding: bytes, as: UTF8.self)
      }
      guard receive(by: end) else { return nil }
    }
  }

  /// The next answer; nil if none comes whole.
  ///
  /// Megabytes take a while where ThreadSanitizer watches.
  func response(toHead: Bool = false, within time: Duration = .seconds(20)) -> Response? {
    guard let head = read(until: "\r\n\r\n", within: time) else { return nil }
    let status = Int(head.dropFirst(9).prefix(3)) ?? 0
    let response = Response(status: status, head: head, body: [])
    guard !toHead, status >= 200, status != 204, status != 304 else { return response }
    if let length = response.field("Content-Length").flatMap({ Int($0) }) {
      let end = ContinuousClock.now + time
      while received.count < length { guard receive(by: end) else { return nil } }
      defer { received.removeFirst(length) }
      return Response(status: status, head: head, body: Array(received[..<length]))
    }
    return response
  }

  /// Whether the server closes the connection in time; what arrives until then is thrown away.
  func isClosed(within time: Duration = .seconds(5)) -> Bool {
    let end = ContinuousClock.now + time
    while receive(by: end) { received = [] }
    return isAtEnd
  }

  private static func find(_ mark: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= mark.count else { return nil }
    return (0...(bytes.count - mark.count)).first {
      bytes[$0..<$0 + mark.count].elementsEqual(mark)
    }
  }
}

/// Something that several threads write to.
final class Shared<Value: Sendable>: Sendable {
  private let state: Mutex<Value>

  init(_ value: Value) { state = Mutex(value) }

  var value: Value { state.withLock { $0 } }
  func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
    state.withLock { value in
      var copy = value
      defer { value = copy }
      return body(&copy)
    }
  }
}

/// Waits until something holds; false if it does not within five seconds.
func eventually(_ condition: () -> Bool) -> Bool {
  for _ in 0..<2500 {
    if condition() { return true }
    usleep(2000)
  }
  return condition()
}
