import TasksModel
import Testing

@Suite struct ZoneTests {
  private func civil(_ text: String) throws -> CivilDateTime {
    let instant = try #require(Instant(iso: text + "Z"))
    return Zone.utc.civil(of: instant)
  }

  @Test(arguments: RuledZone.names)
  func everyInstantIsFoundAgainByWhatTheClocksShow(name: String) throws {
    let zone = try #require(RuledZone.all[name]).zone
    // Steps of less than an hour, at odd minutes, over the changes of some years.
    var seconds: Int64 = 1_293_840_000
    while seconds < 1_420_070_400 {
      let instant = Instant(seconds: seconds).adding(milliseconds: 1)
      let shown = zone.civil(of: instant)
      let found = zone.instant(of: shown)
      #expect(zone.civil(of: found) == shown, "\(instant)")
      // Later only where the clocks show it twice: the earlier one is found.
      #expect(found <= instant && instant.milliseconds - found.milliseconds <= 7_200_000)
      seconds += 2879
    }
  }

  @Test(arguments: RuledZone.names)
  func aDayEndsWhereTheClocksShowItForTheLastTime(name: String) throws {
    let zone = try #require(RuledZone.all[name]).zone
    var date = try #require(CivilDate(iso: "2010-12-30"))
    for _ in 0..<1200 {
      let next = try #require(date.adding(days: 1))
      let end = zone.endOfDay(date)
      #expect(zone.civil(of: end.adding(milliseconds: 1)).date > date, "\(date)")
      #expect(zone.startOfDay(next) == end.adding(milliseconds: 1))
      if name == "like Samoa", date.description == "2011-12-30" {
        #expect(end == zone.endOfDay(try #require(date.adding(days: -1))))
      } else {
        #expect(zone.civil(of: end).date == date, "\(date)")
      }
      // Nothing of the day comes later.
      for hours in 1...48 {
        let later = end.adding(milliseconds: Int64(hours) * 1_800_000)
        #expect(zone.civil(of: later).date > date, "\(date)")
      }
      date = next
    }
  }

  @Test(arguments: [
    ("like Berlin", "2025-03-27T02:30:00", "2025-03-27T01:30:00.000Z"),
    ("like Berlin", "2025-03-27T02:00:00", "2025-03-27T01:00:00.000Z"),
    ("like Berlin", "2025-03-27T03:00:00", "2025-03-27T01:00:00.000Z"),
    ("like Berlin", "2025-03-27T01:59:59.999", "2025-03-27T00:59:59.999Z"),
    ("like Berlin", "2025-10-30T01:30:00", "2025-10-29T23:30:00.000Z"),
    ("like New York", "2025-03-27T02:30:00", "2025-03-27T07:30:00.000Z"),
    ("like Beirut", "2025-03-27T00:15:00", "2025-03-26T22:15:00.000Z"),
    ("half an hour", "2025-03-27T02:10:00", "2025-03-26T15:40:00.000Z"),
  ])
  func aGapShiftsForwardAndAnOverlapIsTheEarlier(
    name: String, text: String, expected: String
  ) throws {
    let zone = try #require(RuledZone.all[name]).zone
    #expect(zone.instant(of: try civil(text)).description == expected)
  }

  @Test(arguments: [
    ("like Beirut", "2025-03-26", "2025-03-26T21:59:59.999Z"),
    ("around midnight", "2025-03-27", "2025-03-27T23:29:59.999Z"),
    ("like St John's", "2025-10-29", "2025-10-30T03:29:59.999Z"),
    ("like Samoa", "2011-12-29", "2011-12-30T09:59:59.999Z"),
    ("UTC", "9999-12-31", "9999-12-31T23:59:59.999Z"),
  ])
  func theEndOfADayIsExact(name: String, day: String, expected: String) throws {
    let zone = try #require(RuledZone.all[name]).zone
    let date = try #require(CivilDate(iso: day))
    #expect(Moment.date(date).deadline(in: zone).description == expected)
  }

  @Test func noRuleAndNoInstantIsTooFar() throws {
    for zone in [Zone.fixed(.max), .fixed(.min), Zone { Int(truncatingIfNeeded: $0) }, .utc] {
      for milliseconds in [Int64.min, -1, 0, .max] {
        let civil = zone.civil(of: Instant(milliseconds: milliseconds))
        _ = zone.instant(of: civil)
        _ = zone.endOfDay(civil.date)
        _ = zone.startOfDay(civil.date)
      }
    }
  }
}
