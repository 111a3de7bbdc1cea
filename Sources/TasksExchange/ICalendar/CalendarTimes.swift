import TasksModel

/// Dates and times of a calendar (RFC 5545, sections 3.3.4 and 3.3.5).
struct CalendarTimes {
  /// Where a time is that names no zone, or one that nobody knows.
  let zone: Zone
  let zoneNamed: @Sendable (String) -> Zone?

  /// Nil if there is no line.
  func instant(_ line: CalendarLine?) throws(RefusedRecord) -> Instant? {
    try moment(line)?.start(in: zone)
  }

  /// Nil if there is no line.
  func moment(_ line: CalendarLine?) throws(RefusedRecord) -> Moment? {
    guard let line else { return nil }
    let value = line.value.trimmingWhitespace()
    let digits = Array(value.utf8)
    if digits.count == 8, let date = CalendarTimes.date(digits[...]) { return .date(date) }
    let moment: Instant?
    if digits.last == UInt8(ascii: "Z") {
      moment = Instant(basic: value)
    } else {
      // Read as if it were in UTC, and then put where it belongs.
      let name = line.parameter("TZID")
      let zone = name.flatMap(named) ?? zone
      moment = Instant(basic: value + "Z").map { zone.instant(of: Zone.utc.civil(of: $0)) }
    }
    guard let moment, Instant.validRange.contains(moment) else {
      throw .notATime(line.name, value)
    }
    return .instant(moment)
  }

  /// A zone; some programs put an address of their own before its name.
  private func named(_ name: String) -> Zone? {
    if let zone = zoneNamed(name) { return zone }
    let parts = name.split(separator: "/")
    guard parts.count > 2 else { return nil }
    return zoneNamed(parts.suffix(2).joined(separator: "/"))
      ?? zoneNamed(parts.suffix(3).joined(separator: "/"))
  }

  private static func date(_ digits: ArraySlice<UInt8>) -> CivilDate? {
    let text = String(decoding: digits, as: UTF8.self)
    return CivilDate(iso: "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))")
  }

  /// What stands behind the name of a line with that moment.
  static func rest(_ moment: Moment) -> String {
    switch moment {
    case .date(let date):
      return ";VALUE=DATE:" + String(date.description.filter { $0 != "-" })
    case .instant(let instant): return ":" + Taskwarrior.basic(instant)
    }
  }
}
