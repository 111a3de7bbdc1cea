/// Reads a date or time as a person types it: `tomorrow`, `fri`, `2w`, `2025-11-21`, `14:30`, `fri@9am`, `none`.
///
/// A form that names a day gives a date, which stays a date wherever it is looked at; one that names a time gives
/// an instant, read in the clock's zone unless it brings an offset. Words may be in any case.
package enum WhenParser {
  /// Nil for `none`.
  package static func parse(_ text: String, clock: Clock) throws(WhenError) -> Moment? {
    try WhenReader(text: text, clock: clock).moment()
  }
}

/// One text on its way to a moment.
///
/// Each `…(of:)` gives nil where the part does not have its form.
private struct WhenReader {
  let text: String
  let clock: Clock

  func moment() throws(WhenError) -> Moment? {
    let word = text.trimmed.lowercased()
    switch word {
    case "none": return nil
    case "now": return .instant(try checked(clock.now))
    default: break
    }
    if let day = try day(of: word) { return .date(day) }
    if let instant = try laterToday(of: word) { return .instant(instant) }
    if let time = try time(of: word, mayHaveOffset: false) {
      return .instant(try next(time.time))
    }
    if let (left, right) = split(word), let day = try day(of: left),
      let time = try time(of: right, mayHaveOffset: try isoDate(of: left) != nil)
    {
      return .instant(try instant(day, time))
    }
    throw WhenError(.notADate, text: text, suggestion: WhenSpelling.correction(of: word))
  }

  // Days

  private func day(of word: String) throws(WhenError) -> CivilDate? {
    let today = clock.today
    switch word {
    case "today": return today
    case "tomorrow": return try inRange(today.adding(days: 1))
    case "yesterday": return try inRange(today.adding(days: -1))
    case "eow":
      return try inRange(today.adding(days: Weekday.sunday.rawValue - today.weekday.rawValue))
    case "eom": return today.endOfMonth
    case "eoy": return today.endOfYear
    default: break
    }
    if let weekday = Weekday(typed: word) {
      let days = (weekday.rawValue - today.weekday.rawValue + 6) % 7 + 1
      return try inRange(today.adding(days: days))
    }
    if let amount = try amount(of: word) {
      switch amount.unit {
      case .days(let days): return try inRange(today.adding(days: times(amount.count, days)))
      case .months(let months):
        return try inRange(today.adding(months: times(amount.count, months)))
      case .minutes: return nil
      }
    }
    return try isoDate(of: word)
  }

  private func isoDate(of word: String) throws(WhenError) -> CivilDate? {
    var scanner = TimeScanner(word)
    guard let (year, month, day) = scanner.dateFields(), scanner.isAtEnd else { return nil }
    guard let date = CivilDate(year: year, month: month, day: day) else {
      throw WhenError(.noSuchDate(word), text: text)
    }
    return date
  }

  // Times

  /// `+4h`, `30min`: as long from now.
  private func laterToday(of word: String) throws(WhenError) -> Instant? {
    guard let amount = try amount(of: word), case .minutes(let minutes) = amount.unit else {
      return nil
    }
    let milliseconds = try times(try times(amount.count, minutes), 60_000)
    return try checked(clock.now.adding(milliseconds: Int64(milliseconds)))
  }

  /// The next moment at which the clocks show the time.
  private func next(_ time: CivilTime) throws(WhenError) -> Instant {
    let today = clock.zone.instant(of: CivilDateTime(date: clock.today, time: time))
    if today > clock.now { return try checked(today) }
    let tomorrow = try inRange(clock.today.adding(days: 1))
    return try checked(clock.zone.instant(of: CivilDateTime(date: tomorrow, time: time)))
  }

  private func instant(_ day: CivilDate, _ time: Time) throws(WhenError) -> Instant {
    let civil = CivilDateTime(date: day, time: time.time)
    guard let offset = time.offset else { return try checked(clock.zone.instant(of: civil)) }
    return try checked(Instant(utc: civil, offset: offset))
  }

  private struct Time {
    let time: CivilTime
    /// Seconds east of UTC, if it says so itself.
    let offset: Int?
  }

  /// `9:05`, `14:30:00.5`, `9am`, `2:30 pm`, and after an ISO date also `14:30Z`, `14:30+01:00`.
  private func time(of word: String, mayHaveOffset: Bool) throws(WhenError) -> Time? {
    var scanner = TimeScanner(word.uppercased())
    guard var hour = scanner.oneOrTwoDigits() else { return nil }
    var rest = (minute: 0, second: 0, millisecond: 0)
    let hasMinutes = scanner.take(UInt8(ascii: ":"))
    if hasMinutes {
      guard let fields = scanner.minuteAndRest() else { return nil }
      rest = fields
    }
    var offset: Int?
    if let isAfternoon = scanner.halfOfDay() {
      guard (1...12).contains(hour) else { throw WhenError(.noSuchDate(word), text: text) }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    } else if !hasMinutes {
      return nil
    } else if mayHaveOffset, !scanner.isAtEnd {
      offset = scanner.offset()
    }
    guard scanner.isAtEnd else { return nil }
    guard
      let time = CivilTime(
        hour: hour, minute: rest.minute, second: rest.second, millisecond: rest.millisecond)
    else { throw WhenError(.noSuchDate(word), text: text) }
    return Time(time: time, offset: offset)
  }

  /// A day and a time, apart: `fri 9:00`, `fri@9:00`, `frit9:00`.
  private func split(_ word: String) -> (day: String, time: String)? {
    if let mark = word.firstIndex(where: { $0 == "@" || $0.isWhitespace }) {
      let rest = String(word[mark...]).trimmed
      let time = rest.first == "@" ? String(rest.dropFirst()).trimmed : rest
      return (String(word[..<mark]), time)
    }
    let letters = Array(word.utf8)
    guard
      let mark = letters.indices.dropLast().last(where: {
        letters[$0] == UInt8(ascii: "t")
          && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(letters[$0 + 1])
      })
    else { return nil }
    return (
      String(decoding: letters[..<mark], as: UTF8.self),
      String(decoding: letters[(mark + 1)...], as: UTF8.self)
    )
  }

  // Amounts

  private enum Unit {
    case days(Int)
    case months(Int)
    case minutes(Int)
  }

  private func amount(of word: String) throws(WhenError) -> (count: Int, unit: Unit)? {
    let sign = word.first == "-" ? -1 : 1
    let unsigned = word.first == "-" || word.first == "+" ? word.dropFirst() : word[...]
    let digits = unsigned.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, let unit = unit(unsigned[digits.endIndex...]) else { return nil }
    guard let count = Int(digits) else { throw WhenError(.outOfRange, text: text) }
    return (sign * count, unit)
  }

  private func unit(_ word: Substring) -> Unit? {
    switch word {
    case "min", "mins", "minute", "minutes": .minutes(1)
    case "h", "hour", "hours": .minutes(60)
    case "d", "day", "days": .days(1)
    case "w", "week", "weeks": .days(7)
    case "m", "mo", "month", "months": .months(1)
    case "y", "year", "years": .months(12)
    default: nil
    }
  }

  // Limits

  private func times(_ count: Int, _ factor: Int) throws(WhenError) -> Int {
    let (product, overflow) = count.multipliedReportingOverflow(by: factor)
    guard !overflow else { throw WhenError(.outOfRange, text: text) }
    return product
  }

  private func inRange(_ date: CivilDate?) throws(WhenError) -> CivilDate {
    guard let date else { throw WhenError(.outOfRange, text: text) }
    return date
  }

  private func checked(_ instant: Instant?) throws(WhenError) -> Instant {
    guard let instant, Instant.validRange.contains(instant) else {
      throw WhenError(.outOfRange, text: text)
    }
    return instant
  }
}

extension Weekday {
  /// The day whose English name starts with the word, which must have three letters or more.
  fileprivate init?(typed word: String) {
    guard word.utf8.count >= 3, let day = Self.allCases.first(where: { $0.name.hasPrefix(word) })
    else { return nil }
    self = day
  }
}

extension TimeScanner {
  /// `AM` or `PM`, spaces before it allowed: whether it is the afternoon.
  fileprivate mutating func halfOfDay() -> Bool? {
    var scanner = self
    while scanner.take(0x20) {}
    let isAfternoon = scanner.peek == UInt8(ascii: "P")
    guard scanner.take(UInt8(ascii: isAfternoon ? "P" : "A")), scanner.take(UInt8(ascii: "M"))
    else { return nil }
    self = scanner
    return isAfternoon
  }
}

extension String {
  fileprivate var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
