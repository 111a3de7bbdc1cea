import TasksFiles

/// A point in time that no change of the clock moves, in microseconds.
struct SteadyMoment: Comparable, Sendable {
  let microseconds: Int64

  static var now: SteadyMoment {
    SteadyMoment(microseconds: SteadyClock.microseconds)
  }

  /// Later than all others.
  static let never = SteadyMoment(microseconds: .max)

  static func < (lhs: SteadyMoment, rhs: SteadyMoment) -> Bool {
    lhs.microseconds < rhs.microseconds
  }

  static func + (lhs: SteadyMoment, rhs: Duration) -> SteadyMoment {
    SteadyMoment(microseconds: lhs.microseconds + rhs.wholeMicroseconds)
  }
}

extension Duration {
  var wholeMicroseconds: Int64 {
    components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
  }

  /// At least this long, for `poll`.
  var wholeMilliseconds: Int32 { Int32(clamping: (wholeMicroseconds + 999) / 1_000) }
}
