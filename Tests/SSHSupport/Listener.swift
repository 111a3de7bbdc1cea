import Foundation
import Synchronization

/// Listens at a port of this machine that nobody else has, and deals with each connection in a thread of its own.
///
/// It ends with the value.
package final class Listener: Sendable {
  package let port: Int
  private let socket: Int32
  private let connections = Mutex<Int>(0)

  package struct Failure: Error {
    let call: String
    let code: Int32
  }

  /// `deal` gets the connection, which it has to close.
  package init(_ deal: @escaping @Sendable (Int32) -> Void) throws {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    socket = Glibc.socket(AF_INET, kind, 0)
    guard socket >= 0 else { throw Failure(call: "socket", code: errno) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let socket = socket
    let code = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(socket, address, size) != 0 || listen(socket, 64) != 0
          ? errno : getsockname(socket, address, &size) != 0 ? errno : 0
      }
    }
    guard code == 0 else {
      close(socket)
      throw Failure(call: "bind", code: code)
    }
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread { [weak self] in
      while true {
        let connection = accept(socket, nil, nil)
        guard connection >= 0 else { break }
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        self?.connections.withLock { $0 += 1 }
        Thread.detachNewThread { deal(connection) }
      }
      close(socket)
    }
  }

  /// The thread that accepts closes the socket, so that nobody else's gets its number meanwhile.
  deinit { shutdown(socket, Int32(SHUT_RDWR)) }

  /// Ends a connection, also where a process that another thread starts right now has it, too.
  package static func hangUp(_ connection: Int32) {
    shutdown(connection, Int32(SHUT_RDWR))
    close(connection)
  }

  /// How many connections there have been.
  package var count: Int { connections.withLock { $0 } }

  /// Connections that nobody says anything on, closed with the value.
  package final class Held: Sendable {
    private let connections = Mutex<[Int32]>([])

    package init() {}

    deinit { for connection in connections.withLock({ $0 }) { close(connection) } }

    package func take(_ connection: Int32) {
      connections.withLock { $0.append(connection) }
    }
  }
}
