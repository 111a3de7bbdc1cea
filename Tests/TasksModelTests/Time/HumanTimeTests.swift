import TasksModel
import Testing

@Suite struct HumanTimeTests {
  /// Friday 21 November 2025, 12:00 in a zone an hour east.
  private let clock = Clock(now: Instant(milliseconds: 1_763_722_800_000), zone: .fixed(3600))

  @Test(arguments: [
    ("2025-11-21", "Today"), ("2025-11-22", "Tomorrow"), ("2025-11-20", "Yesterday"),
    ("2025-11-23", "Sun"), ("2025-11-27", "Thu"), ("2025-11-28", "28 Nov"),
    ("2025-11-19", "2d ago"), ("2025-11-15", "6d ago"), ("2025-11-14", "14 Nov"),
    ("2025-12-02", "2 Dec"), ("2027-12-12", "12 Dec 2027"), ("2024-11-21", "21 Nov 2024"),
    ("2025-11-21T08:00:00.000Z", "Today 09:00"), ("2025-11-21T23:05:00.000Z", "Tomorrow 00:05"),
    ("2025-11-27T13:30:59.999Z", "Thu 14:30"), ("2025-11-18T13:30:00.000Z", "3d ago 14:30"),
    ("2027-12-12T13:30:00.000Z", "12 Dec 2027 14:30"),
  ])
  func momentsAreShort(text: String, expected: String) throws {
    let moment = try #require(Moment(text: text))
    #expect(HumanTime.short(moment, clock) == expected)
  }

  @Test func datesAndInstantsAreSpeltOut() throws {
    #expect(HumanTime.full(clock.now, clock) == "Fri 21 Nov 2025 12:00")
    #expect(HumanTime.full(clock.today) == "Fri 21 Nov 2025")
  }

  @Test(
    arguments: [
      (-5, "now"), (0, "now"), (59, "now"), (60, "1min"), (3599, "59min"), (3600, "1h"),
      (86_399, "23h"), (86_400, "1d"), (6 * 86_400, "6d"), (7 * 86_400, "1w"), (29 * 86_400, "4w"),
      (30 * 86_400, "1mo"), (61 * 86_400, "2mo"), (364 * 86_400, "11mo"), (365 * 86_400, "1y"),
      (800 * 86_400, "2y"),
    ] as [(Int64, String)])
  func agesAreRoundedDown(seconds: Int64, expected: String) {
    let instant = clock.now.adding(milliseconds: -seconds * 1000)
    #expect(HumanTime.age(since: instant, clock) == expected)
  }

  @Test func anInstantBeforeHistoryHasAnAge() {
    #expect(HumanTime.age(since: Instant(milliseconds: .min), clock).hasSuffix("y"))
  }
}
