import Glibc

/// A clock that never goes back, whatever is done to the time of day.
package enum SteadyClock {
  /// Milliseconds.
  package static var now: Int64 { microseconds / 1000 }

  package static var microseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }
}
