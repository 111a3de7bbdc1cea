import CSSH2
import Glibc
import TasksFiles

/// Carries bytes between our input and output and a channel, until one side ends.
final class Relay {
  private let session: SSHSession
  private let channel: OpaquePointer
  private let outgoing = Piece(capacity: capacity)
  private let incoming = Piece(capacity: capacity)
  private let alive: Alive
  /// Whether the server has said that it has the subsystem.
  private var isStarted = false
  private var hasInputEnded = false
  private var hasSaidEnd = false
  private var hasChannelEnded = false
  /// Whether the server's program ever said anything.
  private var hasAnswered = false
  /// Whose packet is half sent; nobody else may send until it is sent whole.
  private var sender: Step?
  /// Once nothing more comes from us, the server has so long to say the rest.
  private var deadline = Deadline.never

  private enum Step {
    case write, read, end, alive
  }

  private static let capacity = 256 << 10
  /// Takes over a channel.
  init(_ channel: OpaquePointer, of session: SSHSession, _ configuration: ClientConfiguration) {
    self.session = session
    self.channel = channel
    alive = Alive(
      interval: configuration.aliveInterval ?? Alive.interval, most: configuration.aliveCount)
  }

  /// Asks for the subsystem and carries.
  ///
  /// What we say follows the request for the subsystem at once where the server allows it: one that has it answers to both,
  /// and one that has not ignores the rest. OpenSSH's server opens its window only with its answer.
  func run() throws(SSHFailure) {
    try requestSubsystem()
    for descriptor in [STDIN_FILENO, STDOUT_FILENO] where isatty(descriptor) == 0 {
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
    while true {
      var isMoving = false
      if try readInput() { isMoving = true }
      if try writeChannel() { isMoving = true }
      try learnWhetherStarted()
      if try readChannel() { isMoving = true }
      try sayEnd()
      if try writeOutput() { isMoving = true }
      if hasChannelEnded, incoming.isEmpty { return try finish() }
      if !isMoving { try wait() }
    }
  }

  /// Lets a step call libssh2 if nobody else's packet is half sent; nil if it may not.
  private func step<Result>(_ step: Step, _ call: () -> Result) -> Result? {
    guard sender == nil || sender == step else { return nil }
    let result = call()
    sender = session.isSending ? step : nil
    return result
  }

  private func requestSubsystem() throws(SSHFailure) {
    let deadline = Deadline(seconds: SSHSession.patience)
    while true {
      let code = startUp()
      if code == 0 { isStarted = true }
      if code == 0 || code == LIBSSH2_ERROR_EAGAIN && !session.isSending { return }
      guard code == LIBSSH2_ERROR_EAGAIN else { throw startUpFailure(code) }
      guard try Waiting.wait(for: session.socket, POLLOUT, until: deadline) else {
        throw session.failure(nil)
      }
    }
  }

  private func startUp() -> Int32 {
    libssh2_channel_process_startup(channel, "subsystem", 9, "sftp", 4)
  }

  private func startUpFailure(_ code: Int32) -> SSHFailure {
    code == LIBSSH2_ERROR_CHANNEL_REQUEST_DENIED
      ? .noSubsystem("subsystem request refused") : session.failure(code)
  }

  private func learnWhetherStarted() throws(SSHFailure) {
    guard !isStarted, sender == nil else { return }
    let code = startUp()
    if code == LIBSSH2_ERROR_EAGAIN { return }
    guard code == 0 else { throw startUpFailure(code) }
    isStarted = true
  }

  // MARK: From us to the server

  private func readInput() throws(SSHFailure) -> Bool {
    guard !hasInputEnded, outgoing.hasRoom, outgoing.isEmpty else { return false }
    let count = outgoing.fill { Glibc.read(STDIN_FILENO, $0.baseAddress, $0.count) }
    if count > 0 { return true }
    if count < 0, errno == EAGAIN || errno == EINTR { return false }
    hasInputEnded = true
    deadline = Deadline(seconds: SSHSession.patience)
    return true
  }

  private func writeChannel() throws(SSHFailure) -> Bool {
    guard !outgoing.isEmpty else { return false }
    let count = step(.write) {
      outgoing.drain {
        libssh2_channel_write_ex(
          channel, 0, $0.bindMemory(to: CChar.self).baseAddress, $0.count)
      }
    }
    guard let count, count != Int(LIBSSH2_ERROR_EAGAIN) else { return false }
    // It reads no more, and then its end shows when we read.
    if count == Int(LIBSSH2_ERROR_CHANNEL_CLOSED) || count == Int(LIBSSH2_ERROR_CHANNEL_EOF_SENT) {
      return false
    }
    guard count >= 0 else { throw session.failure(Int32(count)) }
    return count > 0
  }

  private func sayEnd() throws(SSHFailure) {
    guard hasInputEnded, outgoing.isEmpty, !hasSaidEnd else { return }
    let code = step(.end) { libssh2_channel_send_eof(channel) }
    guard let code, code != LIBSSH2_ERROR_EAGAIN else { return }
    hasSaidEnd = true
  }

  // MARK: From the server to us

  private func readChannel() throws(SSHFailure) -> Bool {
    try readErrors()
    guard incoming.hasRoom, !hasChannelEnded else { return false }
    let count = step(.read) {
      incoming.fill {
        libssh2_channel_read_ex(channel, 0, $0.bindMemory(to: CChar.self).baseAddress, $0.count)
      }
    }
    guard let count else { return false }
    if count > 0 {
      hasAnswered = true
      return true
    }
    if count == 0 || count == Int(LIBSSH2_ERROR_EAGAIN) {
      hasChannelEnded = libssh2_channel_eof(channel) == 1
      return hasChannelEnded
    }
    throw session.failure(Int32(count))
  }

  /// What the server's program writes besides is for whoever reads our errors.
  private func readErrors() throws(SSHFailure) {
    var bytes = [CChar](repeating: 0, count: 4096)
    let count = step(.read) {
      libssh2_channel_read_ex(channel, SSH_EXTENDED_DATA_STDERR, &bytes, bytes.count)
    }
    guard let count, count > 0 else { return }
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, count) }
  }

  private func writeOutput() throws(SSHFailure) -> Bool {
    guard !incoming.isEmpty else { return false }
    let count = incoming.drain { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    if count < 0, errno == EAGAIN || errno == EINTR { return false }
    guard count >= 0 else { throw .cancelled }
    return true
  }

  // MARK: Waiting

  private func wait() throws(SSHFailure) {
    let readsInput = !hasInputEnded && outgoing.isEmpty
    let events = (incoming.hasRoom ? POLLIN : 0) | (session.isSending ? POLLOUT : 0)
    var waits = [
      pollfd(fd: hasChannelEnded ? -1 : session.socket, events: Int16(events), revents: 0),
      pollfd(fd: readsInput ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: STDOUT_FILENO, events: incoming.isEmpty ? 0 : Int16(POLLOUT), revents: 0),
    ]
    let count = poll(&waits, nfds_t(waits.count), deadline.earlier(alive.deadline).wait)
    if count < 0, errno != EINTR { throw .bug("poll \(errno)") }
    // Nor is it the server's fault if nobody reads what it said.
    if waits[0].revents != 0 || !incoming.hasRoom { alive.heard() }
    // Nobody reads us any more.
    if waits[2].revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0 { throw .cancelled }
    if deadline.hasPassed { throw .lost("the server does not end") }
    try step(.alive) { Result { () throws(SSHFailure) in try alive.ask(session) } }?.get()
  }

  /// What the end of the channel means.
  private func finish() throws(SSHFailure) {
    if hasInputEnded, isStarted { return }
    let status = libssh2_channel_get_exit_status(channel)
    guard isStarted, hasAnswered else { throw .noSubsystem("it ends with \(status)") }
    // Whoever reads our output has not said that there are no more questions.
    throw .lost("the server ended the channel")
  }
}
