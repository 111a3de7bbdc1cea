import CSSH2
import Glibc
import Synchronization

/// A connection with a server: libssh2's handle and the socket, both freed with the value.
///
/// libssh2 never waits here. A call that would is repeated, with the same arguments, once the socket is ready for it;
/// in between nobody else may call, since libssh2 keeps half-sent packets by the caller's pointers.
final class SSHSession {
  let handle: OpaquePointer
  let socket: Int32

  /// Seconds within which a server answers to whatever we ask, once it has greeted us.
  static let patience = 30

  /// Takes over the socket, connected and not blocking.
  init(_ socket: Int32) throws(SSHFailure) {
    guard libssh2_init(0) == 0, let handle = libssh2_session_init_ex(nil, nil, nil, nil) else {
      close(socket)
      throw .bug("libssh2 does not start")
    }
    self.handle = handle
    self.socket = socket
    libssh2_session_set_blocking(handle, 0)
    tasks_ssh2_set_send(handle) { socket, bytes, count, flags, _ in
      sendingsOfAll.add(1, ordering: .relaxed)
      let sent = send(socket, bytes, count, flags)
      return sent < 0 ? -Int(errno == EINTR ? EAGAIN : errno) : sent
    }
  }

  deinit {
    libssh2_session_free(handle)
    close(socket)
  }

  /// Sets which algorithms may be used; false if libssh2 has none of them.
  func restrict(_ method: Int32, to names: String) -> Bool {
    libssh2_session_method_pref(handle, method, names) == 0
  }

  /// Calls until the call does not want to wait any more; nil if it wanted to for too long.
  func complete(
    until deadline: Deadline, _ call: () -> Int32
  ) throws(SSHFailure) -> Int32? {
    while true {
      let code = call()
      guard code == LIBSSH2_ERROR_EAGAIN else { return code }
      guard try Waiting.wait(for: socket, events, until: deadline) else { return nil }
    }
  }

  /// What libssh2 waits for.
  var events: Int32 {
    let directions = libssh2_session_block_directions(handle)
    let isOut = directions & LIBSSH2_SESSION_BLOCK_OUTBOUND != 0
    let isIn = directions & LIBSSH2_SESSION_BLOCK_INBOUND != 0 || !isOut
    return (isIn ? POLLIN : 0) | (isOut ? POLLOUT : 0)
  }

  /// Whether a packet of ours is half sent.
  var isSending: Bool {
    libssh2_session_block_directions(handle) & LIBSSH2_SESSION_BLOCK_OUTBOUND != 0
  }

  /// How often something was sent.
  var sendings: Int { sendingsOfAll.load(ordering: .relaxed) }

  /// libssh2's words for its last error.
  var lastError: String {
    var words: UnsafeMutablePointer<CChar>?
    let code = libssh2_session_last_error(handle, &words, nil, 0)
    return words.map { "\(String(cString: $0)) (\(code))" } ?? "\(code)"
  }

  /// Whether the server has not hung up, as far as the system knows.
  var isConnected: Bool {
    var byte: UInt8 = 0
    let count = recv(socket, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
    return count > 0 || count < 0 && errno == EAGAIN
  }

  /// The key that the server showed and proved to have.
  var hostKey: [UInt8] {
    var count = 0
    var type: Int32 = 0
    guard let key = libssh2_session_hostkey(handle, &count, &type) else { return [] }
    return UnsafeRawBufferPointer(start: key, count: count).map { $0 }
  }

  /// As people compare it: `SHA256:…`.
  var fingerprint: String {
    guard let hash = libssh2_hostkey_hash(handle, LIBSSH2_HOSTKEY_HASH_SHA256) else { return "" }
    let bytes = UnsafeRawBufferPointer(start: hash, count: 32).map { $0 }
    return "SHA256:" + Base64.encode(bytes, padding: false)
  }

  /// Greets the server, agrees with it on keys, and learns which key it has.
  func shakeHands(until deadline: Deadline) throws(SSHFailure) {
    guard let code = try complete(until: deadline, { libssh2_session_handshake(handle, socket) })
    else { throw .unreachable(.timedOut, "the server does not greet") }
    switch code {
    case 0: return
    // Nothing that both of us know.
    case LIBSSH2_ERROR_KEX_FAILURE, LIBSSH2_ERROR_METHOD_NONE:
      throw .unsupported("algorithms: \(lastError)")
    default: throw .lost(lastError)
    }
  }

  /// What an error means that is no answer to the question.
  func failure(_ code: Int32?) -> SSHFailure {
    code == nil ? .lost("the server does not answer") : .lost(lastError)
  }

  /// Says that we go, if that can be said at once.
  func sayGoodbye() {
    _ = libssh2_session_disconnect_ex(handle, SSH_DISCONNECT_BY_APPLICATION, "", "")
  }
}

/// How often any session sent something: libssh2 calls back with nothing that says which one it is.
private let sendingsOfAll = Atomic<Int>(0)
