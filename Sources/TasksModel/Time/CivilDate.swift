/// A day of the proleptic Gregorian calendar, in no time zone.
///
/// What is read from text or made with the validating initialisers lies in the years 0…9999. A day that was
/// computed from an `Instant` may lie outside: a device can hold any moment.
package struct CivilDate: Hashable, Sendable {
  package let year: Int
  /// From 1 to 12.
  package let month: Int
  /// From 1 to 31.
  package let day: Int

  /// Nil if there is no such day, or not in the years 0…9999.
  package init?(year: Int, month: Int, day: Int) {
    guard Self.years.contains(year), (1...12).contains(month),
      day >= 1, day <= Self.days(inMonth: month, of: year)
    else { return nil }
    self.init(validYear: year, month: month, day: day)
  }

  /// The day that many days after 1970-01-01; a count that no `Instant` can reach is brought into range.
  package init(daysSinceEpoch: Int) {
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
    let clamped = min(max(daysSinceEpoch, -Self.farthestDay), Self.farthestDay)
    let shifted = clamped + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(
      validYear: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  private init(validYear year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The years that text can name.
  package static let years = 0...9999

  /// A day farther from 1970 than any `Instant`; all arithmetic stays small.
  private static let farthestDay = 200_000_000_000

  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  package static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CivilDate {
  /// Days after 1970-01-01.
  package var daysSinceEpoch: Int {
    // days_from_civil of the same page.
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  package var weekday: Weekday {
    // 1970-01-01 was a Thursday.
    let index = (daysSinceEpoch % 7 + 7 + 3) % 7
    return Weekday.allCases[index]
  }

  /// The last day of the same month.
  package var endOfMonth: CivilDate {
    CivilDate(validYear: year, month: month, day: Self.days(inMonth: month, of: year))
  }

  /// The last day of the same year.
  package var endOfYear: CivilDate {
    CivilDate(validYear: year, month: 12, day: 31)
  }

  /// Nil if that is outside the years 0…9999.
  package func adding(days: Int) -> CivilDate? {
    let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
    guard !overflow else { return nil }
    let date = CivilDate(daysSinceEpoch: sum)
    return Self.years.contains(date.year) ? date : nil
  }

  /// The same day that many months later, or the last day of a month that has no such day.
  ///
  /// 31 January and a month is 28 February. Nil if that is outside the years 0…9999.
  package func adding(months: Int) -> CivilDate? {
    let (sum, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
    guard !overflow, sum >= 0 else { return nil }
    let month = sum % 12 + 1
    return CivilDate(
      year: sum / 12, month: month, day: min(day, Self.days(inMonth: month, of: sum / 12)))
  }
}

extension CivilDate: Comparable {
  package static func < (lhs: Self, rhs: Self) -> Bool {
    (lhs.year, lhs.month, lhs.day) < (rhs.year, rhs.month, rhs.day)
  }
}

extension CivilDate: CustomStringConvertible {
  /// Reads exactly `YYYY-MM-DD`.
  package init?(iso text: String) {
    var scanner = TimeScanner(text)
    guard let date = scanner.date(), scanner.isAtEnd else { return nil }
    self = date
  }

  /// `2025-11-21`; a year outside 0…9999 has a sign, as ISO 8601 wants it.
  package var description: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(10)
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the ISO text, for long output.
  package func append(to bytes: inout [UInt8]) {
    if !Self.years.contains(year) { bytes.append(UInt8(ascii: year < 0 ? "-" : "+")) }
    TimeDigits.append(Int(year.magnitude), width: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    TimeDigits.append(month, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    TimeDigits.append(day, width: 2, to: &bytes)
  }
}

/// A day of the week; the raw value counts from Monday as 1, as ISO 8601 does.
package enum Weekday: Int, CaseIterable, Sendable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday

  /// As in `monday`.
  package var name: String {
    switch self {
    case .monday: "monday"
    case .tuesday: "tuesday"
    case .wednesday: "wednesday"
    case .thursday: "thursday"
    case .friday: "friday"
    case .saturday: "saturday"
    case .sunday: "sunday"
    }
  }

  /// As in `Mon`.
  package var abbreviation: String {
    switch self {
    case .monday: "Mon"
    case .tuesday: "Tue"
    case .wednesday: "Wed"
    case .thursday: "Thu"
    case .friday: "Fri"
    case .saturday: "Sat"
    case .sunday: "Sun"
    }
  }
}
