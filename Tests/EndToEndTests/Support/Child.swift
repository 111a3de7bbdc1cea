import Foundation
import Glibc

/// A program that was started, with nameless files for what it reads and prints.
///
/// Files and no pipes, so that nothing can block or be broken by the order of reading and writing.
struct Child {
  let process: pid_t
  private let output: Int32
  private let errors: Int32

  struct CannotStart: Error {
    let reason: String
  }

  /// - Parameter words: the program's path and its arguments as bytes: not every word is UTF-8.
  init(
    _ words: [[UInt8]], environment: [String: String], input: [UInt8], directory: String
  ) throws {
    let descriptors = (0..<3).map { _ in Self.namelessFile() }
    (output, errors) = (descriptors[1], descriptors[2])
    defer { close(descriptors[0]) }
    _ = input.withUnsafeBytes { write(descriptors[0], $0.baseAddress, $0.count) }
    lseek(descriptors[0], 0, SEEK_SET)
    process = try Spawn.run(words, environment: environment, directory: directory) {
      for (target, descriptor) in descriptors.enumerated() {
        posix_spawn_file_actions_adddup2(&$0, descriptor, Int32(target))
      }
    }
  }

  func kill() { _ = Glibc.kill(process, SIGKILL) }

  /// Waits for the end, at most so many seconds; then the program is killed.
  func outcome(within seconds: Double = 120) -> Outcome {
    let status = Spawn.status(of: process, within: seconds)
    defer {
      close(output)
      close(errors)
    }
    return Outcome(
      status: status, bytes: Self.content(of: output), errorBytes: Self.content(of: errors))
  }

  private static func namelessFile() -> Int32 {
    let path = NSTemporaryDirectory() + "/tasks-output-\(UUID().uuidString)"
    defer { unlink(path) }
    return open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
  }

  private static func content(of descriptor: Int32) -> [UInt8] {
    var info = stat()
    fstat(descriptor, &info)
    return [UInt8](unsafeUninitializedCapacity: Int(info.st_size)) { buffer, count in
      count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, 0))
    }
  }
}

/// Starting programs and waiting for them.
enum Spawn {
  /// Starts the program whose path is the first word.
  ///
  /// - Parameter actions: what to do with the descriptors; all others are closed.
  static func run(
    _ words: [[UInt8]], environment: [String: String], directory: String, isSession: Bool = false,
    _ actions: (inout posix_spawn_file_actions_t) -> Void
  ) throws -> pid_t {
    var files = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    actions(&files)

    // The test runner's own habits are not passed on.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGQUIT, SIGPIPE, SIGTERM] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    // POSIX_SPAWN_SETSID is a macro that Swift does not see.
    let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | (isSession ? 0x80 : 0)
    posix_spawnattr_setflags(&attributes, Int16(flags))

    func copies(_ words: [[UInt8]]) -> [UnsafeMutablePointer<CChar>?] {
      words.map { word in
        (word + [0]).map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { buffer in
          buffer.baseAddress.flatMap { strdup($0) }
        }
      } + [nil]
    }
    // Swift does not see posix_spawn_file_actions_addchdir_np; `env` becomes the program.
    let start = ["/usr/bin/env", "-C", directory].map { Array($0.utf8) }
    var words = copies(start + words)
    var variables = copies(environment.map { Array("\($0.key)=\($0.value)".utf8) })
    defer { for copy in words + variables { free(copy) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/usr/bin/env", &files, &attributes, &words, &variables)
    guard code == 0 else {
      throw Child.CannotStart(reason: String(cString: strerror(code)))
    }
    return process
  }

  /// Waits for the end and returns the exit status as a shell tells it: 128 and the signal if one ended it.
  static func status(of process: pid_t, within seconds: Double) -> Int32 {
    var status: Int32 = 0
    var waited = 0.0
    while waitpid(process, &status, WNOHANG) == 0 {
      usleep(500)
      waited += 0.0005
      if waited > seconds { kill(process, SIGKILL) }
    }
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : 128 + signal
  }
}
