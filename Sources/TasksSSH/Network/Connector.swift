import Glibc
import TasksFiles

/// Connects to the first of several addresses that answers.
///
/// A quarter of a second after one was tried the next is, while the first may still answer (RFC 8305): where a network
/// has IPv6 that leads nowhere, nobody waits for it.
struct Connector {
  private var sockets: [Int32] = []
  private var error: Int32 = 0
  private static let head = 250

  private init() {}

  /// A connected socket that does not block.
  static func connect(
    to addresses: [Resolver.Address], until deadline: Deadline
  ) throws(SSHFailure) -> Int32 {
    var connector = Connector()
    defer { for socket in connector.sockets { close(socket) } }
    let socket = try connector.race(addresses, until: deadline)
    connector.sockets.removeAll { $0 == socket }
    // Many small packets are sent at once, and none of them should wait for the answer to another.
    for option in [(Int32(IPPROTO_TCP), TCP_NODELAY), (SOL_SOCKET, SO_KEEPALIVE)] {
      var on: Int32 = 1
      setsockopt(socket, option.0, option.1, &on, socklen_t(MemoryLayout<Int32>.size))
    }
    return socket
  }

  private mutating func race(
    _ addresses: [Resolver.Address], until deadline: Deadline
  ) throws(SSHFailure) -> Int32 {
    var rest = addresses[...]
    while true {
      if let address = rest.popFirst() { begin(address) }
      let turn = rest.isEmpty ? deadline : deadline.earlier(Deadline(milliseconds: Self.head))
      if sockets.isEmpty {
        if rest.isEmpty { throw failure() }
        continue
      }
      var waits = sockets.map { pollfd(fd: $0, events: Int16(POLLOUT), revents: 0) }
      if try Waiting.wait(for: &waits, until: turn) {
        for wait in waits where wait.revents != 0 {
          if isConnected(wait.fd) { return wait.fd }
          sockets.removeAll { $0 == wait.fd }
          close(wait.fd)
        }
      } else if deadline.hasPassed {
        error = ETIMEDOUT
        throw failure()
      }
    }
  }

  private mutating func begin(_ address: Resolver.Address) {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let socket = Glibc.socket(address.family, kind, 0)
    guard socket >= 0 else {
      error = errno
      return
    }
    let code = address.bytes.withUnsafeBytes { bytes in
      bytes.withMemoryRebound(to: sockaddr.self) {
        Glibc.connect(socket, $0.baseAddress, socklen_t(bytes.count))
      }
    }
    guard code == 0 || errno == EINPROGRESS else {
      error = errno
      close(socket)
      return
    }
    sockets.append(socket)
  }

  private mutating func isConnected(_ socket: Int32) -> Bool {
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(socket, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return false }
    if code != 0 { error = code }
    return code == 0
  }

  private func failure() -> SSHFailure {
    let obstacle: SSHFailure.Obstacle =
      switch error {
      case ECONNREFUSED: .refused
      case ETIMEDOUT: .timedOut
      case EHOSTUNREACH, ENETUNREACH, ENETDOWN, EHOSTDOWN: .noRoute
      default: .other
      }
    return .unreachable(obstacle, SystemError.reason(error))
  }
}
