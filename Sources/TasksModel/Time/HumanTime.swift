/// Dates and times in the few letters that a person needs.
package enum HumanTime {
  /// What a list shows.
  ///
  /// `Today`, `Tomorrow`, `Yesterday`, `Fri` within the next six days, `3d ago` within the past six, else `12 Dec`,
  /// with the year if it is another one. An instant has its local time behind it: `Fri 14:30`.
  package static func short(_ moment: Moment, _ clock: Clock) -> String {
    switch moment {
    case .date(let date): return short(date, clock.today)
    case .instant(let instant):
      let civil = clock.zone.civil(of: instant)
      return "\(short(civil.date, clock.today)) \(civil.time)"
    }
  }

  private static func short(_ date: CivilDate, _ today: CivilDate) -> String {
    let days = date.daysSinceEpoch - today.daysSinceEpoch
    switch days {
    case 0: return "Today"
    case 1: return "Tomorrow"
    case -1: return "Yesterday"
    case 2...6: return date.weekday.abbreviation
    case -6 ... -2: return "\(-days)d ago"
    default:
      let dayAndMonth = "\(date.day) \(monthName(date))"
      return date.year == today.year ? dayAndMonth : "\(dayAndMonth) \(date.year)"
    }
  }

  /// As in `Fri 21 Nov 2025 14:30`.
  package static func full(_ instant: Instant, _ clock: Clock) -> String {
    let civil = clock.zone.civil(of: instant)
    return "\(full(civil.date)) \(civil.time)"
  }

  /// As in `Fri 21 Nov 2025`.
  package static func full(_ date: CivilDate) -> String {
    "\(date.weekday.abbreviation) \(date.day) \(monthName(date)) \(date.year)"
  }

  package static func full(_ moment: Moment, _ clock: Clock) -> String {
    switch moment {
    case .date(let date): full(date)
    case .instant(let instant): full(instant, clock)
    }
  }

  /// How long ago: `now`, `5min`, `3h`, `2d`, `3w`, `4mo`, `2y`; rounded down, and `now` for what is yet to come.
  package static func age(since instant: Instant, _ clock: Clock) -> String {
    let (difference, overflow) = clock.now.milliseconds.subtractingReportingOverflow(
      instant.milliseconds)
    guard overflow || difference >= 60_000 else { return "now" }
    // Only an instant before all history overflows.
    let minutes = overflow ? Int64.max / 60_000 : difference / 60_000
    let days = minutes / 1440
    return switch (minutes, days) {
    case (..<60, _): "\(minutes)min"
    case (..<1440, _): "\(minutes / 60)h"
    case (_, ..<7): "\(days)d"
    case (_, ..<30): "\(days / 7)w"
    case (_, ..<365): "\(max(days * 12 / 365, 1))mo"
    default: "\(days / 365)y"
    }
  }

  private static func monthName(_ date: CivilDate) -> String {
    let names = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return names[date.month - 1]
  }
}
