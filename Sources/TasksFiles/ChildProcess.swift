package import Glibc

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
      ["/bin/sh", "-c", command + " \"$@\"", command] + words, streams: [],
      defaults: ignored.signals)
    return try wait(for: process, name: command)
  }

  /// Starts a program.
  ///
  /// `words` begins with its path.
  ///
  /// `streams` are descriptors of ours that it gets under other numbers; ours must not be among these numbers, or in the
  /// order of `streams` one would overwrite another. `defaults` are signals that it does not ignore though we may.
  package static func spawn(
    _ words: [String], streams: [(ours: Int32, its: Int32)],
    adding environment: [String: String] = [:], defaults: [Int32], inNewSession: Bool = false
  ) throws(FileError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for stream in streams { posix_spawn_file_actions_adddup2(&actions, stream.ours, stream.its) }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in defaults { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    // Whatever this thread holds back, as those of libraries do: a child must hear Ctrl-C and us.
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    // POSIX_SPAWN_SETSID, which Swift does not see.
    let session: Int32 = inNewSession ? 0x80 : 0
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | session))

    var arguments = words.map { strdup($0) } + [nil]
    let added = environment.map { strdup("\($0.key)=\($0.value)") }
    defer { for copy in arguments + added { free(copy) } }
    var variables = added
    var inherited = environ
    while let variable = inherited.pointee {
      let text = String(cString: variable)
      if !environment.keys.contains(where: { text.utf8.starts(with: "\($0)=".utf8) }) {
        variables.append(variable)
      }
      inherited += 1
    }
    variables.append(nil)

    var process: pid_t = 0
    let code = posix_spawn(&process, words[0], &actions, &attributes, &arguments, &variables)
    guard code == 0 else { throw FileError(.spawn, words[0], code: code) }
    return process
  }

  static func wait(for process: pid_t, name: String) throws(FileError) -> Ending {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw FileError(.wait, name, code: errno) }
    }
    return ending(status)
  }

  /// How a program ended, if it does within so many milliseconds; nil while it runs.
  ///
  /// Once it has been told, it is forgotten.
  package static func wait(for process: pid_t, atMost milliseconds: Int) -> Ending? {
    var waited = 0
    while true {
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG) == process { return ending(status) }
      guard waited < milliseconds else { return nil }
      usleep(2_000)
      waited += 2
    }
  }

  private static func ending(_ status: Int32) -> Ending {
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
  }
}

/// Signals that this process leaves to its child for a while.
struct IgnoredSignals {
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

extension ChildProcess {
  /// Starts a program that nobody waits for, with no terminal, input or output, in a session of its own.
  package static func detach(_ words: [String]) throws(FileError) {
    let nowhere = try FileHandle("/dev/null", flags: O_RDWR)
    // Not one of the three that it becomes.
    let descriptor = fcntl(nowhere.descriptor, F_DUPFD_CLOEXEC, 3)
    guard descriptor >= 0 else { throw FileError(.spawn, words.first ?? "", code: errno) }
    defer { close(descriptor) }
    let streams = [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO].map { (ours: descriptor, its: $0) }
    _ = try spawn(words, streams: streams, defaults: [], inNewSession: true)
  }

  /// Runs a shell command and reads what it prints, at most so much; its input and its errors are ours.
  package static func output(
    ofShell command: String, limit: Int
  ) throws(FileError) -> (output: [UInt8], ending: Ending) {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw FileError(.spawn, command, code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let started = Result { () throws(FileError) in
      try spawn(
        ["/bin/sh", "-c", command], streams: [(ours: ends[1], its: STDOUT_FILENO)], defaults: [])
    }
    close(ends[1])
    let process = try started.get()
    let output = try Descriptor.readToEnd(ends[0], path: command, limit: limit)
    return (output, try wait(for: process, name: command))
  }
}
