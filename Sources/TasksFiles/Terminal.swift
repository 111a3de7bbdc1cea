import Glibc

/// The terminal of the person who waits, for questions: also where input and output lead elsewhere.
package struct Terminal: ~Copyable {
  private let descriptor: Int32
  private let starter: Int32
  /// The longest answer.
  private static let most = 4096
  /// POLLRDHUP, which Swift's Glibc does not have: the other side wrote its last.
  private static let hangUp = Int16(0x2000)

  /// Nil if there is none, or if somebody else has it right now.
  ///
  /// A helper gives the descriptor on which whoever started it speaks: nobody answers once that is hung up.
  package init?(starter: Int32 = -1) {
    let descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
    // From behind another program a question would only stop us.
    guard tcgetpgrp(descriptor) == getpgrp() else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    self.starter = starter
  }

  deinit { close(descriptor) }

  /// Says something.
  package func say(_ text: String) {
    try? Descriptor.write(Array(text.utf8).span.bytes, to: descriptor, path: "/dev/tty")
  }

  /// What the person answers; nil for the end of input.
  package func ask(_ question: String) -> [UInt8]? {
    say(question)
    return line(isSecret: false)
  }

  /// What the person answers without anybody seeing it; nil for the end of input.
  ///
  /// While they type, signals wait, so that whatever ends us leaves a terminal that shows what is typed.
  package func askSecretly(_ question: String) -> [UInt8]? {
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
    say(question)
    return line(isSecret: true)
  }

  private func line(isSecret: Bool) -> [UInt8]? {
    var bytes: [UInt8] = []
    while true {
      var waits = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: starter, events: Self.hangUp, revents: 0),
      ]
      let isReady = poll(&waits, nfds_t(waits.count), isSecret ? 100 : -1) > 0
      if waits[1].revents != 0 { return nil }
      if !isReady {
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
