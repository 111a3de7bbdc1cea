import Glibc

/// Waits for descriptors, and notices when whoever started us needs us no more.
enum Waiting {
  /// The other side wrote its last.
  ///
  /// Linux has it, Swift's Glibc does not.
  static let hangUp = Int16(0x2000)

  /// Waits for one descriptor; false if it took too long.
  static func wait(
    for descriptor: Int32, _ events: Int32, until deadline: Deadline
  ) throws(SSHFailure) -> Bool {
    var waits = [pollfd(fd: descriptor, events: Int16(events), revents: 0)]
    return try wait(for: &waits, until: deadline)
  }

  /// Waits for one of several; false if it took too long.
  static func wait(for waits: inout [pollfd], until deadline: Deadline) throws(SSHFailure) -> Bool {
    var all = waits + [pollfd(fd: STDIN_FILENO, events: hangUp, revents: 0)]
    while true {
      let count = poll(&all, nfds_t(all.count), deadline.wait)
      if count < 0 {
        guard errno == EINTR else { throw .bug("poll \(errno)") }
        continue
      }
      guard all.last?.revents == 0 else { throw .cancelled }
      waits = Array(all.dropLast())
      if count > 0 { return true }
      if deadline.hasPassed { return false }
    }
  }
}
