import TasksModel

/// A zone with made-up rules: offsets from certain moments on.
struct RuledZone {
  /// In ascending order; before the first one its `before` holds.
  let before: Int
  let changes: [(at: Int64, offset: Int)]

  var zone: Zone {
    Zone { seconds in
      changes.last { $0.at <= seconds }?.offset ?? before
    }
  }

  /// Changes between two offsets twice a year, at a local time of day, in the years that tests look at.
  static func daylight(standard: Int, summer: Int, at secondOfDay: Int) -> RuledZone {
    var changes: [(at: Int64, offset: Int)] = []
    for year in Array(2009...2015) + [2025] {
      guard let spring = CivilDate(year: year, month: 3, day: 27),
        let autumn = CivilDate(year: year, month: 10, day: 30)
      else { continue }
      let inSpring = spring.daysSinceEpoch * 86_400 + secondOfDay - standard
      let inAutumn = autumn.daysSinceEpoch * 86_400 + secondOfDay - summer
      changes.append((Int64(inSpring), summer))
      changes.append((Int64(inAutumn), standard))
    }
    return RuledZone(before: standard, changes: changes)
  }

  static let all: [String: RuledZone] = [
    "UTC": RuledZone(before: 0, changes: []),
    "like Berlin": .daylight(standard: 3600, summer: 7200, at: 2 * 3600),
    "like New York": .daylight(standard: -18_000, summer: -14_400, at: 2 * 3600),
    // Clocks go forward at midnight, so that a day begins at 01:00, and back at midnight.
    "like Beirut": .daylight(standard: 7200, summer: 10_800, at: 0),
    // Back from 00:01 to 23:01 of the day before.
    "like St John's": .daylight(standard: -12_600, summer: -9000, at: 60),
    // The gap lies around midnight: 23:30 to 00:30.
    "around midnight": .daylight(standard: 0, summer: 3600, at: 23 * 3600 + 1800),
    "half an hour": .daylight(standard: 37_800, summer: 39_600, at: 2 * 3600),
    // Crossed the date line: 30 December 2011 was skipped.
    "like Samoa": RuledZone(before: -36_000, changes: [(1_325_239_200, 50_400)]),
  ]

  static let names = all.keys.sorted()
}
