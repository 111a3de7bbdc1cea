import Glibc

/// The terminal of the person who waits, for questions.
struct Terminal: ~Copyable {
  private let descriptor: Int32
  private static let most = 4096

  /// Nil if there is none, or if somebody else has it right now.
  init?() {
    let descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
    // From behind another program a question would only stop us.
    guard tcgetpgrp(descriptor) == getpgrp() else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// What the person answers; nil for the end of input.
  func ask(_ question: String) throws(SSHFailure) -> String? {
    write(question)
    return try line().map { String(decoding: $0, as: UTF8.self) }
  }

  /// What the person answers without anybody seeing it; nil for the end of input.
  ///
  /// While they type, signals wait, so that whatever ends us leaves a terminal that shows what is typed.
  func askSecretly(_ question: String) throws(SSHFailure) -> [UInt8]? {
    var before = termios()
    guard tcgetattr(descriptor, &before) == 0 else { return nil }
    var signals = sigset_t()
    var old = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP] { sigaddset(&signals, signal) }
    sigprocmask(SIG_BLOCK, &signals, &old)
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    silent.c_lflag |= tcflag_t(ECHONL)
    tcsetattr(descriptor, TCSAFLUSH, &silent)
    defer {
      tcsetattr(descriptor, TCSAFLUSH, &before)
      // What waited ends us here.
      sigprocmask(SIG_SETMASK, &old, nil)
    }
    write(question)
    return try line(isSecret: true)
  }

  /// Says something.
  func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { return }
      rest = rest.dropFirst(max(count, 0))
    }
  }

  private func line(isSecret: Bool = false) throws(SSHFailure) -> [UInt8]? {
    var bytes: [UInt8] = []
    while true {
      let tick = isSecret ? Deadline(milliseconds: 100) : .never
      if !(try Waiting.wait(for: descriptor, POLLIN, until: tick)) {
        guard isSecret, isToEnd() else { continue }
        return nil
      }
      var byte: UInt8 = 0
      let count = read(descriptor, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else { return bytes.isEmpty ? nil : bytes }
      if byte == UInt8(ascii: "\n") { return bytes }
      if bytes.count < Self.most { bytes.append(byte) }
    }
  }

  /// Whether a signal waits that ends us; one that only stops us can wait for the answer.
  private func isToEnd() -> Bool {
    var pending = sigset_t()
    sigpending(&pending)
    return [SIGINT, SIGQUIT, SIGTERM, SIGHUP].contains { sigismember(&pending, $0) == 1 }
  }
}
