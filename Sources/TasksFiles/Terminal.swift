import Glibc

/// The terminal of the person who waits, for questions: also where input and output lead elsewhere.
package struct Terminal: ~Copyable {
  private let descriptor: Int32
  /// The longest answer.
  private static let most = 4096

  /// Nil if there is none, or if somebody else has it right now.
  package init?() {
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
    try? Descriptor.write(Array(question.utf8).span.bytes, to: descriptor, path: "/dev/tty")
    return line()
  }

  private func line() -> [UInt8]? {
    var bytes: [UInt8] = []
    while true {
      var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&wait, 1, 100) <= 0 {
        guard isToEnd() else { continue }
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
