import Glibc
import TasksFiles
package import TasksModel

/// What surrounds the process: variables, terminals, and the clock when it began.
package struct Environment: Sendable {
  package let isInputTerminal: Bool
  package let isOutputTerminal: Bool
  package let isErrorTerminal: Bool
  package let clock: Clock

  package static func current() -> Environment {
    Environment(
      isInputTerminal: isatty(STDIN_FILENO) == 1, isOutputTerminal: isatty(STDOUT_FILENO) == 1,
      isErrorTerminal: isatty(STDERR_FILENO) == 1, clock: readClock())
  }

  /// What the clock says now.
  package static func readClock() -> Clock {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let now = Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    // A clock beyond what an operation can carry is a wrong clock anyway.
    let range = Instant.validRange
    return Clock(now: min(max(now, range.lowerBound), range.upperBound), zone: .local)
  }

  /// The value of a variable; nil if it is not set or empty, or no UTF-8, which none of ours is.
  package subscript(_ name: String) -> String? {
    guard let bytes = getenv(name), let value = String(validatingCString: bytes), !value.isEmpty
    else { return nil }
    return value
  }

  /// Whether a variable is set, if only to nothing.
  package func isSet(_ name: String) -> Bool { getenv(name) != nil }

  /// The size of the terminal that output goes to; nil if it goes elsewhere.
  package var terminal: (columns: Int, rows: Int)? {
    guard isOutputTerminal else { return nil }
    var size = winsize()
    _ = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size)
    let columns = self["COLUMNS"].flatMap { Int($0) } ?? Int(size.ws_col)
    return (columns > 0 ? columns : 80, size.ws_row > 0 ? Int(size.ws_row) : 24)
  }
}

extension Zone {
  /// The zone of this machine, or of `TZ`.
  package static let local = Zone { seconds in
    var time = time_t(clamping: seconds)
    var parts = tm()
    guard localtime_r(&time, &parts) != nil else { return 0 }
    return parts.tm_gmtoff
  }
}
