/// A time zone: how far east of UTC its clocks are, at any moment.
///
/// Where the rules come from is not its business; the command line hands in the system's, tests make up theirs.
package struct Zone: Sendable {
  private let rule: @Sendable (Int64) -> Int

  /// `offset` gives seconds east of UTC for seconds since 1970; more than a week is taken for a week.
  package init(offset: @escaping @Sendable (_ secondsSince1970: Int64) -> Int) {
    rule = offset
  }

  package static let utc = Zone.fixed(0)

  package static func fixed(_ seconds: Int) -> Zone {
    Zone { _ in seconds }
  }

  /// Seconds east of UTC at that moment.
  package func offset(at secondsSince1970: Int64) -> Int {
    let week = 7 * 86_400
    return min(max(rule(secondsSince1970), -week), week)
  }

  /// What the clocks show at an instant.
  package func civil(of instant: Instant) -> CivilDateTime {
    let offset = Int64(offset(at: instant.seconds)) * 1000
    return CivilDateTime(utc: instant.adding(milliseconds: offset))
  }

  /// The instant at which the clocks show this.
  ///
  /// Where they show it twice, the earlier one. Where they skip it, as much later as they skip, so that 02:30 in
  /// a gap of an hour is 03:30.
  package func instant(of civil: CivilDateTime) -> Instant {
    let local = civil.utc
    switch moments(local.seconds) {
    case .at(let earlier, _): return local.adding(milliseconds: earlier.milliseconds(after: local))
    case .skipped(_, let later): return local.adding(milliseconds: later.milliseconds(after: local))
    }
  }

  /// The last millisecond of a day.
  ///
  /// A day that begins in a gap begins where the gap ends, and if clocks go back over midnight, the day before ends
  /// when they have shown it for the last time.
  package func endOfDay(_ date: CivilDate) -> Instant {
    let midnight = CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1)
    let local = CivilDateTime(date: midnight, time: .midnight).utc.seconds
    let start: Int64
    switch moments(local) {
    case .at(let earlier, let later):
      let isLast = civil(of: Instant(seconds: later).adding(milliseconds: -1)).date == date
      start = isLast ? later : earlier
    case .skipped(let earlier, let later):
      start = transition(after: earlier, upTo: later)
    }
    return Instant(seconds: start).adding(milliseconds: -1)
  }

  /// The instant at which a day begins.
  package func startOfDay(_ date: CivilDate) -> Instant {
    endOfDay(CivilDate(daysSinceEpoch: date.daysSinceEpoch - 1)).adding(milliseconds: 1)
  }

  /// The moments, in seconds since 1970, that go with a reading of the clocks.
  private enum Moments {
    /// The clocks show it then; twice where the two differ.
    case at(earlier: Int64, later: Int64)
    /// They never do. `earlier` is before the gap, `later` after it, as far as the reading is into it.
    case skipped(earlier: Int64, later: Int64)
  }

  /// Finds the moments at which the clocks show `local`, which is the reading taken for UTC.
  private func moments(_ local: Int64) -> Moments {
    // The offsets in force a day before and after. A zone does not change twice in so short a time.
    let before = Int64(offset(at: local.addingSaturated(-86_400)))
    let after = Int64(offset(at: local.addingSaturated(86_400)))
    let first = local.addingSaturated(-before)
    let second = local.addingSaturated(-after)
    let isFirst = Int64(offset(at: first)) == before
    let isSecond = Int64(offset(at: second)) == after
    return switch (isFirst, isSecond) {
    case (true, true): .at(earlier: min(first, second), later: max(first, second))
    case (true, false): .at(earlier: first, later: first)
    case (false, true): .at(earlier: second, later: second)
    case (false, false): .skipped(earlier: min(first, second), later: first)
    }
  }

  /// The first second in `lower<…upper` at which the offset is no longer that of `lower`.
  private func transition(after lower: Int64, upTo upper: Int64) -> Int64 {
    let offset = offset(at: lower)
    var lower = lower
    var upper = upper
    while upper - lower > 1 {
      let middle = lower + (upper - lower) / 2
      if self.offset(at: middle) == offset { lower = middle } else { upper = middle }
    }
    return upper
  }
}

extension Int64 {
  fileprivate func addingSaturated(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }

  /// For seconds since 1970: the milliseconds from `instant` to them, fractions of a second left alone.
  fileprivate func milliseconds(after instant: Instant) -> Int64 {
    (self - instant.seconds) * 1000
  }
}

extension Instant {
  /// The start of a second since 1970; beyond what can be held, the nearest that can.
  package init(seconds: Int64) {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    self.init(milliseconds: overflow ? (seconds < 0 ? .min : .max) : product)
  }
}
