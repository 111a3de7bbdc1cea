import Glibc

/// Finds the addresses of a name.
///
/// The system's function for that may take minutes and cannot be interrupted, so it runs in a thread of its own. If it
/// takes too long, the thread is left behind: the process ends anyway.
final class Resolver: @unchecked Sendable {
  /// An address as the system's calls take it.
  struct Address {
    let family: Int32
    let bytes: [UInt8]
  }

  // Written by the thread before it closes its end of the pipe, read by us after that: the pipe is the guard.
  private var code: Int32 = 0
  private var error: Int32 = 0
  private var addresses: [Address] = []

  private let name: String
  private let port: Int
  private let family: Int32
  private var end: Int32 = -1

  private init(_ name: String, port: Int, family: Int32) {
    self.name = name
    self.port = port
    self.family = family
  }

  static func addresses(
    of name: String, port: Int, family: Int32, until deadline: Deadline
  ) throws(SSHFailure) -> [Address] {
    let resolver = Resolver(name, port: port, family: family)
    try resolver.run(until: deadline)
    switch resolver.code {
    case 0 where !resolver.addresses.isEmpty: return resolver.addresses
    case EAI_AGAIN: throw .unreachable(.noResolver, words(resolver.code))
    case EAI_SYSTEM: throw .unreachable(.noResolver, "error \(resolver.error)")
    default: throw .unreachable(.noSuchName, words(resolver.code))
    }
  }

  private static func words(_ code: Int32) -> String {
    gai_strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }

  private func run(until deadline: Deadline) throws(SSHFailure) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .bug("pipe \(errno)") }
    defer { close(ends[0]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    end = ends[1]
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let failure = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Resolver>.fromOpaque(context).takeRetainedValue().resolve() }
        return nil
      }, context.toOpaque())
    guard failure == 0 else {
      context.release()
      close(ends[1])
      throw .bug("pthread_create \(failure)")
    }
    pthread_detach(thread)
    guard try Waiting.wait(for: ends[0], POLLIN, until: deadline) else {
      throw .unreachable(.timedOut, "looking up \(name)")
    }
  }

  private func resolve() {
    var hints = addrinfo()
    hints.ai_family = family
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_NUMERICSERV
    var first: UnsafeMutablePointer<addrinfo>?
    code = getaddrinfo(name, "\(port)", &hints, &first)
    error = errno
    var next = first
    while let found = next?.pointee {
      if let address = found.ai_addr {
        let bytes = UnsafeRawBufferPointer(start: address, count: Int(found.ai_addrlen))
        addresses.append(Address(family: found.ai_family, bytes: Array(bytes)))
      }
      next = found.ai_next
    }
    if let first { freeaddrinfo(first) }
    close(end)
  }
}
