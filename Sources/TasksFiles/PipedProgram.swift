import Glibc

/// A shell command that reads what we write, such as a pager.
///
/// Until it has ended, Ctrl-C is its affair and not ours.
package final class PipedProgram {
  private let command: String
  private let process: pid_t
  private let end: Int32
  private let ignored: IgnoredSignals

  package init(_ command: String, environment: [String: String]) throws(FileError) {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw FileError(.spawn, command, code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    ignored = IgnoredSignals([SIGINT, SIGQUIT, SIGPIPE])
    do throws(FileError) {
      process = try ChildProcess.spawn(
        ["/bin/sh", "-c", command], streams: [(ours: ends[0], its: STDIN_FILENO)],
        adding: environment, defaults: ignored.signals)
    } catch {
      ignored.restore()
      close(ends[0])
      close(ends[1])
      throw error
    }
    close(ends[0])
    end = ends[1]
    self.command = command
  }

  /// Writes more of the text; false if the program reads no more, as a pager does when somebody quits it.
  package func write(_ content: borrowing RawSpan) throws(FileError) -> Bool {
    do throws(FileError) {
      try Descriptor.write(content, to: end, path: command)
      return true
    } catch  where error.code == EPIPE {
      return false
    }
  }

  /// Ends the text, and waits for the program to end.
  package func finish() throws(FileError) -> ChildProcess.Ending {
    close(end)
    defer { ignored.restore() }
    return try ChildProcess.wait(for: process, name: command)
  }
}
