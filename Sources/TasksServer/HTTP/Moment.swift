import Glibc

/// A point in time that no change of the clock moves, in microseconds.
struct Moment: Comparable, Sendable {
  let microseconds: Int64

  static var now: Moment {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Moment(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }

  /// Later than all others.
  static let never = Moment(microseconds: .max)

  static func < (lhs: Moment, rhs: Moment) -> Bool { lhs.microseconds < rhs.microseconds }

  static func + (lhs: Moment, rhs: Duration) -> Moment {
    Moment(microseconds: lhs.microseconds + rhs.wholeMicroseconds)
  }
}

extension Duration {
  var wholeMicroseconds: Int64 {
    components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
  }

  /// At least this long, for `poll`.
  var wholeMilliseconds: Int32 { Int32(clamping: (wholeMicroseconds + 999) / 1_000) }
}
