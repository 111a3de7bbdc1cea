/// A time of day as a clock on the wall shows it.
package struct CivilTime: Hashable, Sendable {
  /// Milliseconds after midnight, below 86,400,000.
  package let millisecondsOfDay: Int

  package var hour: Int { millisecondsOfDay / 3_600_000 }
  package var minute: Int { millisecondsOfDay / 60_000 % 60 }
  package var second: Int { millisecondsOfDay / 1000 % 60 }
  package var millisecond: Int { millisecondsOfDay % 1000 }

  package static let midnight = CivilTime(millisecondsOfDay: 0)

  /// Nil if no clock shows it: there is no 24:00 and no leap second.
  package init?(hour: Int, minute: Int, second: Int = 0, millisecond: Int = 0) {
    guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second),
      (0..<1000).contains(millisecond)
    else { return nil }
    self.init(millisecondsOfDay: ((hour * 60 + minute) * 60 + second) * 1000 + millisecond)
  }

  /// `millisecondsOfDay` must be in its range.
  init(millisecondsOfDay: Int) {
    self.millisecondsOfDay = millisecondsOfDay
  }
}

extension CivilTime: Comparable {
  package static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.millisecondsOfDay < rhs.millisecondsOfDay
  }
}

extension CivilTime: CustomStringConvertible {
  /// `14:30`, as people are shown it; seconds are left out.
  package var description: String {
    var bytes: [UInt8] = []
    appendShort(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  func appendShort(to bytes: inout [UInt8]) {
    TimeDigits.append(hour, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    TimeDigits.append(minute, width: 2, to: &bytes)
  }

  /// Appends `14:30:00.000`.
  func append(to bytes: inout [UInt8]) {
    appendShort(to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    TimeDigits.append(second, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "."))
    TimeDigits.append(millisecond, width: 3, to: &bytes)
  }
}

/// A day and a time of day, in no time zone until a `Zone` says so.
package struct CivilDateTime: Hashable, Sendable {
  package let date: CivilDate
  package let time: CivilTime

  package init(date: CivilDate, time: CivilTime) {
    self.date = date
    self.time = time
  }

  /// The wall clock of UTC at an instant.
  init(utc instant: Instant) {
    let day = instant.milliseconds.flooredQuotient(by: Instant.millisecondsPerDay)
    // The remainder of the floored division, which cannot overflow however far the instant is.
    let rest = instant.milliseconds &- day &* Instant.millisecondsPerDay
    self.init(
      date: CivilDate(daysSinceEpoch: Int(day)), time: CivilTime(millisecondsOfDay: Int(rest)))
  }

  /// The instant at which UTC's wall clock shows this; beyond what an `Instant` can hold, the nearest it can.
  var utc: Instant {
    let days = Int64(date.daysSinceEpoch)
    let (product, overflow) = days.multipliedReportingOverflow(by: Instant.millisecondsPerDay)
    let start = overflow ? (days < 0 ? Int64.min : .max) : product
    return Instant(milliseconds: start).adding(milliseconds: Int64(time.millisecondsOfDay))
  }
}

extension CivilDateTime: Comparable {
  package static func < (lhs: Self, rhs: Self) -> Bool {
    (lhs.date, lhs.time) < (rhs.date, rhs.time)
  }
}

extension CivilDateTime: CustomStringConvertible {
  /// As in `2025-11-21T14:30:00.000`.
  package var description: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  func append(to bytes: inout [UInt8]) {
    date.append(to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    time.append(to: &bytes)
  }
}

extension Int64 {
  /// The quotient rounded down, where `/` rounds towards zero; the divisor must be positive.
  func flooredQuotient(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
