import Foundation
import Glibc

/// A program that runs beside a test, and what it has printed so far.
///
/// It is killed with the value.
final class BackgroundProgram {
  let process: pid_t
  private let outputFile: String
  private let errorFile: String
  private var status: Int32?

  init(_ words: [String], on machine: Machine, with changes: [String: String?] = [:]) throws {
    let name = "\(machine.home)/\(UUID().uuidString)"
    (outputFile, errorFile) = (name + ".out", name + ".err")
    let flags = O_WRONLY | O_CREAT | O_APPEND
    let (output, errors) = (outputFile, errorFile)
    process = try Spawn.run(
      words.map { Array($0.utf8) }, environment: machine.environment(changes),
      directory: machine.home
    ) {
      posix_spawn_file_actions_addopen(&$0, 0, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_addopen(&$0, 1, output, flags, 0o600)
      posix_spawn_file_actions_addopen(&$0, 2, errors, flags, 0o600)
    }
  }

  deinit { if status == nil { kill() } }

  var output: String { (try? String(contentsOfFile: outputFile, encoding: .utf8)) ?? "" }
  var errors: String { (try? String(contentsOfFile: errorFile, encoding: .utf8)) ?? "" }

  /// Whether it has ended by itself; then it can still be waited for.
  var hasEnded: Bool {
    guard status == nil else { return true }
    var info = siginfo_t()
    waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT)
    return info.si_signo != 0
  }

  func send(_ signal: Int32) { _ = Glibc.kill(process, signal) }

  func kill() {
    send(SIGKILL)
    _ = end()
  }

  /// Waits for its end and returns its exit status.
  func end(within seconds: Double = 20) -> Int32 {
    if let status { return status }
    let status = Spawn.status(of: process, within: seconds)
    self.status = status
    return status
  }

  /// How many sockets it has open.
  var sockets: Int {
    let folder = "/proc/\(process)/fd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.count {
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
      return target?.hasPrefix("socket:") ?? false
    }
  }

  /// The same, once it has not changed for a while.
  var calmSockets: Int {
    var (count, same) = (sockets, 0)
    while same < 10 {
      usleep(50_000)
      let now = sockets
      same = now == count ? same + 1 : 0
      count = now
    }
    return count
  }
}

/// Waits until something is so, and returns whether it is.
func waits(_ seconds: Double = 10, until isSo: () throws -> Bool) rethrows -> Bool {
  let end = Date.now + seconds
  while Date.now < end {
    if try isSo() { return true }
    usleep(20_000)
  }
  return try isSo()
}
