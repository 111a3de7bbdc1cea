import TasksModel
import Testing

@Suite struct CivilDateTests {
  @Test func everyDayOfTenThousandYearsIsWhereACalendarHasIt() {
    var days = -719_528
    var weekday = 6
    var failures = 0
    for year in 0...9999 {
      for month in 1...12 {
        for day in 1...CivilDate.days(inMonth: month, of: year) {
          let date = CivilDate(year: year, month: month, day: day)
          let isRight =
            date?.daysSinceEpoch == days && CivilDate(daysSinceEpoch: days) == date
            && date?.weekday.rawValue == weekday
          if !isRight { failures += 1 }
          days += 1
          weekday = weekday % 7 + 1
        }
      }
    }
    #expect(failures == 0)
    #expect(CivilDate(iso: "1970-01-01")?.daysSinceEpoch == 0)
    #expect(CivilDate(iso: "2025-11-21")?.weekday == .friday)
  }

  @Test(arguments: [
    "2025-02-29", "1900-02-29", "2025-13-01", "2025-00-01", "2025-01-00", "2025-04-31",
    "2025-1-1", "2025-01-1", "20250101", "2025-01-01 ", " 2025-01-01", "10000-01-01", "-001-01-01",
    "+2025-01-01", "2025-01-01T", "", "２０２５-01-01",
  ])
  func whatIsNoISODateIsRefused(text: String) {
    #expect(CivilDate(iso: text) == nil)
  }

  @Test(
    arguments: [
      ("2025-01-31", 1, "2025-02-28"), ("2024-01-31", 1, "2024-02-29"),
      ("2025-03-31", -1, "2025-02-28"),
      ("2024-02-29", 12, "2025-02-28"), ("2025-11-21", 2, "2026-01-21"),
      ("2025-01-15", -13, "2023-12-15"),
      ("9999-11-30", 1, "9999-12-30"), ("9999-12-31", 1, nil), ("0000-01-01", -1, nil),
      ("2025-01-01", .max, nil), ("2025-01-01", .min, nil),
    ] as [(String, Int, String?)])
  func monthsAreAddedAndTheDayFits(start: String, months: Int, expected: String?) throws {
    let date = try #require(CivilDate(iso: start))
    #expect(date.adding(months: months)?.description == expected)
  }

  @Test func daysAreAddedWithinTheYearsThatCanBeWritten() throws {
    let date = try #require(CivilDate(iso: "2025-11-21"))
    #expect(date.adding(days: 41)?.description == "2026-01-01")
    #expect(date.adding(days: -325)?.description == "2024-12-31")
    #expect(date.adding(days: .max) == nil)
    #expect(date.adding(days: .min) == nil)
    #expect(CivilDate(iso: "9999-12-31")?.adding(days: 1) == nil)
    #expect(CivilDate(iso: "0000-01-01")?.adding(days: -1) == nil)
    #expect(date.endOfMonth.description == "2025-11-30")
    #expect(date.endOfYear.description == "2025-12-31")
  }
}
