/// A moment in time: milliseconds since 1970-01-01T00:00:00Z.
package struct Instant: Hashable, Sendable {
  package let milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// The instants that a change may carry: 1970 up to the last millisecond of the year 9999.
  package static let validRange =
    Instant(milliseconds: 0)...Instant(milliseconds: 253_402_300_799_999)

  /// The instants with a four-digit year, which text can name.
  package static let writtenRange =
    Instant(milliseconds: -62_167_219_200_000)...Instant(milliseconds: 253_402_300_799_999)

  static let millisecondsPerDay: Int64 = 86_400_000

  /// The moment that much later; beyond what can be held, the last one that can.
  package func adding(milliseconds: Int64) -> Instant {
    let (sum, overflow) = self.milliseconds.addingReportingOverflow(milliseconds)
    return Instant(milliseconds: overflow ? (milliseconds < 0 ? .min : .max) : sum)
  }

  /// The next moment that can be told from this one; at the end of the valid range there is none.
  package var next: Instant { min(adding(milliseconds: 1), Instant.validRange.upperBound) }

  /// Seconds since 1970, rounded down.
  package var seconds: Int64 { milliseconds.flooredQuotient(by: 1000) }
}

extension Instant: Comparable {
  package static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.milliseconds < rhs.milliseconds
  }
}

extension Instant: CustomStringConvertible {
  /// `2025-11-21T12:34:56.789Z`; a year outside 0…9999 has a sign, as ISO 8601 wants it.
  package var description: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the ISO text, for long output.
  package func append(to bytes: inout [UInt8]) {
    CivilDateTime(utc: self).append(to: &bytes)
    bytes.append(UInt8(ascii: "Z"))
  }

  /// Reads an ISO 8601 date-time with `Z` or an offset: `2025-11-21T12:34:56.789Z`, `2025-11-21T13:34+01:00`.
  ///
  /// Seconds and fraction may be missing; digits beyond milliseconds are dropped. Nil for a time that does not
  /// exist and for one outside the years 0…9999.
  package init?(iso text: String) {
    var scanner = TimeScanner(text)
    guard let date = scanner.date(), scanner.take(UInt8(ascii: "T")), let time = scanner.time(),
      let offset = scanner.offset(), scanner.isAtEnd
    else { return nil }
    self.init(utc: CivilDateTime(date: date, time: time), offset: offset)
  }

  /// Reads the form that Taskwarrior writes: `20251121T123456Z`.
  package init?(basic text: String) {
    var scanner = TimeScanner(text)
    guard let year = scanner.digits(4), let month = scanner.digits(2), let day = scanner.digits(2),
      let date = CivilDate(year: year, month: month, day: day), scanner.take(UInt8(ascii: "T")),
      let hour = scanner.digits(2), let minute = scanner.digits(2), let second = scanner.digits(2),
      let time = CivilTime(hour: hour, minute: minute, second: second),
      scanner.take(UInt8(ascii: "Z")), scanner.isAtEnd
    else { return nil }
    self.init(utc: CivilDateTime(date: date, time: time), offset: 0)
  }

  /// Nil if taking the offset away leaves the years 0…9999.
  init?(utc civil: CivilDateTime, offset: Int) {
    let instant = civil.utc.adding(milliseconds: Int64(-offset) * 1000)
    guard Self.writtenRange.contains(instant) else { return nil }
    self = instant
  }
}
