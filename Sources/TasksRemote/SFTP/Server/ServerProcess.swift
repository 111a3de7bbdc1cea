import Glibc
import TasksFiles

/// The command that leads to a server: what we say is its standard input, what it says its standard output.
///
/// Both are one socket, as rsync does it: writing to a program that has ended is then an error and not a signal.
final class ServerProcess {
  /// What waiting for the program came to.
  enum Event {
    case progress, silence, end
  }

  private let process: pid_t
  private var socket: Int32
  private var errors: Collected
  private var report: Collected
  private var ending: ChildProcess.Ending?
  private(set) var sent = 0
  private(set) var received = 0
  /// How much is read at once.
  private static let piece = 1 << 16

  /// Starts the command, whose first word is a path.
  init(command: [String], environment: [String: String]) throws(FileError) {
    guard let name = command.first else { throw FileError(.spawn, "", code: EINVAL) }
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    let pair = try Self.pair(name) { socketpair(AF_UNIX, kind, 0, $0) }
    socket = pair.ours
    errors = Collected(keeps: .end)
    report = Collected(keeps: .start)
    var theirs = [pair.theirs]
    defer { for descriptor in theirs { Glibc.close(descriptor) } }
    do throws(FileError) {
      let errorPipe = try Self.pair(name) { pipe($0) }
      errors.descriptor = errorPipe.ours
      theirs.append(errorPipe.theirs)
      let reportPipe = try Self.pair(name) { pipe($0) }
      report.descriptor = reportPipe.ours
      theirs.append(reportPipe.theirs)
      process = try ChildProcess.spawn(
        command,
        streams: [
          (ours: pair.theirs, its: STDIN_FILENO), (ours: pair.theirs, its: STDOUT_FILENO),
          (ours: errorPipe.theirs, its: STDERR_FILENO), (ours: reportPipe.theirs, its: 3),
        ], adding: environment, defaults: [SIGPIPE])
    } catch {
      Glibc.close(socket)
      errors.close()
      report.close()
      throw error
    }
  }

  deinit { _ = end(patience: 0) }

  /// Makes two connected descriptors that no other child inherits and that are not among the first four.
  ///
  /// A child that another thread starts right now may inherit a pipe. That does no harm: its end is not waited for.
  private static func pair(
    _ name: String, _ make: (UnsafeMutablePointer<Int32>) -> Int32
  ) throws(FileError) -> (ours: Int32, theirs: Int32) {
    var ends: [Int32] = [-1, -1]
    guard make(&ends) == 0 else { throw FileError(.spawn, name, code: errno) }
    let moved = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 4) }
    let code = errno
    for end in ends { Glibc.close(end) }
    guard moved.allSatisfy({ $0 >= 0 }) else {
      for end in moved where end >= 0 { Glibc.close(end) }
      throw FileError(.spawn, name, code: code)
    }
    return (ours: moved[0], theirs: moved[1])
  }

  /// Sends what can be sent of `outgoing` and takes it away; reads what is there into `incoming`.
  ///
  /// Waits until either was possible, at most so many milliseconds.
  func exchange(
    sending outgoing: inout [UInt8], into incoming: inout [UInt8], waiting milliseconds: Int
  ) -> Event {
    guard socket >= 0 else { return .end }
    let events = outgoing.isEmpty ? POLLIN : POLLIN | POLLOUT
    var waits = [
      pollfd(fd: socket, events: Int16(events), revents: 0),
      pollfd(fd: errors.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: report.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    let count = poll(&waits, nfds_t(waits.count), Int32(clamping: milliseconds))
    if count < 0 { return errno == EINTR ? .progress : .end }
    if count == 0 { return .silence }
    if waits[1].revents != 0 { errors.collect() }
    if waits[2].revents != 0 { report.collect() }
    // Words on the standard error alone are no answer.
    guard waits[0].revents != 0 else { return .silence }
    // What it still said counts even when it reads no more, so reading comes first.
    var ended = false
    if waits[0].revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 { ended = !receive(&incoming) }
    if !ended, !outgoing.isEmpty { ended = !send(&outgoing) }
    return ended ? .end : .progress
  }

  /// False at the end.
  private func receive(_ incoming: inout [UInt8]) -> Bool {
    var got = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.piece) { buffer, initialized in
      got = recv(socket, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
      initialized = max(got, 0)
    }
    if got < 0 { return errno == EAGAIN || errno == EINTR }
    received += got
    incoming.append(contentsOf: bytes)
    return got > 0
  }

  /// False if nobody reads any more and nothing is left to be read.
  private func send(_ outgoing: inout [UInt8]) -> Bool {
    let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
    let count = outgoing.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, flags) }
    if count < 0 {
      if errno == EAGAIN || errno == EINTR { return true }
      // The rest of what it said is still to be read, and then the end shows there.
      if errno == EPIPE || errno == ECONNRESET {
        outgoing = []
        return true
      }
      return false
    }
    sent += count
    outgoing.removeFirst(count)
    return true
  }

  /// Ends the conversation: no more input, then after `patience` milliseconds the signal to end, then the one that
  /// cannot be ignored.
  ///
  /// Returns what there is to say about it.
  func end(patience: Int) -> (ending: ChildProcess.Ending?, errors: String, report: String) {
    if socket >= 0 {
      shutdown(socket, Int32(SHUT_WR))
      ending = ChildProcess.wait(for: process, atMost: patience)
      if ending == nil {
        kill(process, SIGTERM)
        if ChildProcess.wait(for: process, atMost: 500) == nil {
          kill(process, SIGKILL)
          _ = ChildProcess.wait(for: process, atMost: 500)
        }
      }
      Glibc.close(socket)
      socket = -1
      // Not to the end of them: what it started may hold them open, as the master of a shared connection does.
      errors.collect()
      report.collect()
      errors.close()
      report.close()
    }
    return (ending, errors.text, report.text)
  }
}
