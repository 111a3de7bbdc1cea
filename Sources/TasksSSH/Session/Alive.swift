import CSSH2

/// Finds out whether a server that says nothing is still there.
final class Alive {
  private let interval: Int
  private let most: Int
  private var unanswered = 0
  private(set) var deadline: Deadline

  /// Seconds, where nobody said otherwise: seldom enough for a battery, often enough for what forgets idle connections.
  static let interval = 60

  init(interval: Int, most: Int) {
    self.interval = interval
    self.most = most
    deadline = Deadline(seconds: interval)
  }

  /// Something came.
  func heard() {
    unanswered = 0
    deadline = Deadline(seconds: interval)
  }

  /// Asks, if nothing has come for long enough.
  func ask(_ session: SSHSession) throws(SSHFailure) {
    guard deadline.hasPassed else { return }
    guard unanswered < most else { throw .lost("the server fell silent") }
    unanswered += 1
    deadline = Deadline(seconds: interval)
    // With an interval of 2 libssh2 asks if 2 seconds have passed since it last did, which they have.
    libssh2_keepalive_config(session.handle, 1, 2)
    if !session.isSending {
      var next: Int32 = 0
      _ = libssh2_keepalive_send(session.handle, &next)
    }
  }
}
