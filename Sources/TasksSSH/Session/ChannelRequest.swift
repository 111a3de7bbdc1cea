import CSSH2

/// Asks for a channel, if it may be in the same breath in which a key logs in.
///
/// What follows the request that lets us in goes to what is behind it (RFC 4252, 5.1), so the question can be sent behind the
/// signature, which saves a turn. A server that wants more than the key has no channel yet and may hang up, and libssh2
/// cannot take back what it asked. Then all begins anew, one after the other.
final class ChannelRequest {
  private let session: SSHSession
  private let isEarly: Bool
  /// How much had been sent when the server was waited for the first time: the key was offered then.
  private var offered: Int?
  private var channel: OpaquePointer?
  /// Whether it was sent before the server had let us in.
  private(set) var wasEarly = false
  /// Whether the server wanted something else first.
  var isInTheWay = false

  /// So much may be on its way to us before we have to say that it arrived: 100 Mbit/s at 300 ms.
  private static let window: UInt32 = 4 << 20
  /// Seconds that a server which has let us in may think about what was asked before.
  private static let patience = 5

  init(_ session: SSHSession, early isEarly: Bool) {
    self.session = session
    self.isEarly = isEarly
  }

  /// Says that another key is tried.
  func begin() { offered = nil }

  /// Makes a call that logs in with a key, and asks once the signature is on its way.
  ///
  /// libssh2 sends two packets for that, and waits after each: the offer of the key and, if that would do, the signature.
  func following(_ call: () -> Int32) -> Int32 {
    if wasEarly, channel == nil, session.isSending {
      _ = ask()
      if session.isSending { return LIBSSH2_ERROR_EAGAIN }
    }
    let code = call()
    guard isEarly, !wasEarly, code == LIBSSH2_ERROR_EAGAIN, !session.isSending else { return code }
    guard let offered else {
      self.offered = session.sendings
      return code
    }
    guard session.sendings > offered else { return code }
    wasEarly = true
    _ = ask()
    return code
  }

  /// Waits for the channel; nil if the server does not answer to what it was asked early.
  func complete() throws(SSHFailure) -> OpaquePointer? {
    let deadline = Deadline(seconds: wasEarly ? Self.patience : SSHSession.patience)
    let code = try session.complete(until: deadline) { ask() }
    if let channel { return channel }
    if code == LIBSSH2_ERROR_CHANNEL_FAILURE { throw .noSubsystem(session.lastError) }
    if wasEarly { return nil }
    throw session.failure(code)
  }

  private func ask() -> Int32 {
    if channel != nil { return 0 }
    channel = libssh2_channel_open_ex(
      session.handle, "session", 7, Self.window, UInt32(LIBSSH2_CHANNEL_PACKET_DEFAULT), nil, 0)
    return channel == nil ? libssh2_session_last_errno(session.handle) : 0
  }
}
