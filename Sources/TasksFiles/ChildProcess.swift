import Glibc

/// Programs that we start and wait for.
package enum ChildProcess {
  /// How a program ended.
  package enum Ending: Equatable, Sendable {
    case exited(Int32)
    case killed(signal: Int32)
  }

  /// Runs a shell command with these words added as its arguments, on our own terminal, and waits for its end.
  ///
  /// That is how git runs `$EDITOR`, so that `EDITOR="code --wait"` works and file names need no quoting.
  /// While it runs, Ctrl-C is the program's affair and not ours.
  package static func runShell(
    _ command: String, with words: [String]
  ) throws(FileError) -> Ending {
    let ignored = IgnoredSignals([SIGINT, SIGQUIT])
    defer { ignored.restore() }
    let process = try spawn(
      ["/bin/sh", "-c", command + " \"$@\"", command] + words, input: nil, defaults: ignored.signals
    )
    return try wait(for: process, name: command)
  }

  /// Runs a shell command that reads `content`, and waits for its end.
  ///
  /// A program that stops reading early, as a pager does when somebody quits it, is no failure.
  package static func pipe(
    _ content: borrowing RawSpan, into command: String, environment: [String: String]
  ) throws(FileError) -> Ending {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw FileError(.spawn, command, code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let ignored = IgnoredSignals([SIGINT, SIGQUIT, SIGPIPE])
    defer { ignored.restore() }
    let process: pid_t
    do throws(FileError) {
      process = try spawn(
        ["/bin/sh", "-c", command], input: ends[0], adding: environment, defaults: ignored.signals)
    } catch {
      close(ends[0])
      close(ends[1])
      throw error
    }
    close(ends[0])
    do throws(FileError) {
      try Descriptor.write(content, to: ends[1], path: command)
    } catch  where error.code == EPIPE {
    }
    close(ends[1])
    return try wait(for: process, name: command)
  }

  private static func spawn(
    _ words: [String], input: Int32?, adding environment: [String: String] = [:],
    defaults: [Int32]
  ) throws(FileError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input { posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in defaults { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    var arguments = words.map { strdup($0) } + [nil]
    let added = environment.map { strdup("\($0.key)=\($0.value)") }
    defer { for copy in arguments + added { free(copy) } }
    var variables = added
    var inherited = environ
    while let variable = inherited.pointee {
      variables.append(variable)
      inherited += 1
    }
    variables.append(nil)

    var process: pid_t = 0
    let code = posix_spawn(&process, words[0], &actions, &attributes, &arguments, &variables)
    guard code == 0 else { throw FileError(.spawn, words[0], code: code) }
    return process
  }

  private static func wait(for process: pid_t, name: String) throws(FileError) -> Ending {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw FileError(.wait, name, code: errno) }
    }
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
  }
}

/// Signals that this process leaves to its child for a while.
private struct IgnoredSignals {
  let signals: [Int32]
  private let handlers: [sigaction]

  init(_ signals: [Int32]) {
    self.signals = signals
    handlers = signals.map { signal in
      var ignore = sigaction()
      ignore.__sigaction_handler.sa_handler = SIG_IGN
      var previous = sigaction()
      sigaction(signal, &ignore, &previous)
      return previous
    }
  }

  func restore() {
    for (signal, handler) in zip(signals, handlers) {
      var handler = handler
      sigaction(signal, &handler, nil)
    }
  }
}
