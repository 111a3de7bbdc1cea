import TasksModel
import Testing
import TestSupport

@Suite struct WhenParserTests {
  /// Friday 21 November 2025, 12:00 in a zone an hour east.
  private let clock = Clock(now: Instant(milliseconds: 1_763_722_800_000), zone: .fixed(3600))

  @Test(arguments: [
    ("today", "2025-11-21"), ("Tomorrow", "2025-11-22"), ("YESTERDAY", "2025-11-20"),
    ("  today ", "2025-11-21"), ("now", "2025-11-21T11:00:00.000Z"),
    ("sat", "2025-11-22"), ("sunday", "2025-11-23"), ("Mon", "2025-11-24"), ("tues", "2025-11-25"),
    ("thu", "2025-11-27"), ("fri", "2025-11-28"), ("friday", "2025-11-28"),
    ("eow", "2025-11-23"), ("eom", "2025-11-30"), ("eoy", "2025-12-31"),
    ("3d", "2025-11-24"), ("+3d", "2025-11-24"), ("-3d", "2025-11-18"), ("0d", "2025-11-21"),
    ("2w", "2025-12-05"), ("1m", "2025-12-21"), ("1y", "2026-11-21"), ("-1Y", "2024-11-21"),
    ("3days", "2025-11-24"), ("2weeks", "2025-12-05"),
    ("+4h", "2025-11-21T15:00:00.000Z"), ("30min", "2025-11-21T11:30:00.000Z"),
    ("-90min", "2025-11-21T09:30:00.000Z"),
    ("2025-12-24", "2025-12-24"), ("0000-01-01", "0000-01-01"), ("9999-12-31", "9999-12-31"),
    ("2025-12-24T14:30", "2025-12-24T13:30:00.000Z"),
    ("2025-12-24t14:30", "2025-12-24T13:30:00.000Z"),
    ("2025-12-24 14:30", "2025-12-24T13:30:00.000Z"),
    ("2025-12-24 9:05:06.5", "2025-12-24T08:05:06.500Z"),
    ("2025-12-24T14:30Z", "2025-12-24T14:30:00.000Z"),
    ("2025-12-24T14:30:00.123z", "2025-12-24T14:30:00.123Z"),
    ("2025-12-24T14:30-05:00", "2025-12-24T19:30:00.000Z"),
    ("2025-12-24@9am", "2025-12-24T08:00:00.000Z"),
    ("14:30", "2025-11-21T13:30:00.000Z"), ("9:05", "2025-11-22T08:05:00.000Z"),
    ("12:00", "2025-11-22T11:00:00.000Z"), ("12:01", "2025-11-21T11:01:00.000Z"),
    ("9am", "2025-11-22T08:00:00.000Z"), ("2:30pm", "2025-11-21T13:30:00.000Z"),
    ("2:30 PM", "2025-11-21T13:30:00.000Z"), ("12am", "2025-11-21T23:00:00.000Z"),
    ("12pm", "2025-11-22T11:00:00.000Z"),
    ("tomorrow 14:30", "2025-11-22T13:30:00.000Z"), ("fri@9:00", "2025-11-28T08:00:00.000Z"),
    ("tomorrowT14:30", "2025-11-22T13:30:00.000Z"), ("satt9:00", "2025-11-22T08:00:00.000Z"),
    ("today 9:00", "2025-11-21T08:00:00.000Z"), ("eow 5pm", "2025-11-23T16:00:00.000Z"),
    ("fri @ 9 am", "2025-11-28T08:00:00.000Z"), ("+3d 8:00", "2025-11-24T07:00:00.000Z"),
  ])
  func everyFormIsRead(text: String, expected: String) throws {
    #expect(try WhenParser.parse(text, clock: clock)?.text == expected)
  }

  @Test(arguments: ["none", "None", " NONE "])
  func noneIsNoMoment(text: String) throws {
    #expect(try WhenParser.parse(text, clock: clock) == nil)
  }

  @Test(
    arguments: [
      ("", WhenError.Kind.notADate), (" ", .notADate), ("soon", .notADate), ("3", .notADate),
      ("d", .notADate), ("+d", .notADate), ("3 d", .notADate), ("3x", .notADate),
      ("+-3d", .notADate),
      ("mo", .notADate), ("fr", .notADate), ("2025", .notADate), ("2025-11", .notADate),
      ("2025-11-21x", .notADate), ("21.11.2025", .notADate), ("fri fri", .notADate),
      ("fri@", .notADate), ("@9:00", .notADate), ("14:30Z", .notADate), ("fri 14:30Z", .notADate),
      ("9:5", .notADate), ("+4h 9:00", .notADate), ("none 9:00", .notADate), ("٣d", .notADate),
      ("2025-02-30", .noSuchDate("2025-02-30")), ("2025-13-01", .noSuchDate("2025-13-01")),
      ("25:00", .noSuchDate("25:00")), ("12:60", .noSuchDate("12:60")),
      ("13pm", .noSuchDate("13pm")),
      ("0am", .noSuchDate("0am")), ("fri 24:00", .noSuchDate("24:00")),
      ("2025-02-30 9:00", .noSuchDate("2025-02-30")), ("2025-11-21T25:00", .noSuchDate("25:00")),
      ("+999999999d", .outOfRange), ("99999999999999999999d", .outOfRange),
      ("9223372036854775807w", .outOfRange), ("-9223372036854775807m", .outOfRange),
      ("8000y", .outOfRange), ("-2026y", .outOfRange), ("9223372036854775807h", .outOfRange),
      ("1960-01-01 9:00", .outOfRange), ("9999-12-31T23:59-01:00", .outOfRange),
    ] as [(String, WhenError.Kind)])
  func whatIsNoMomentIsRefusedWithTheReason(text: String, kind: WhenError.Kind) {
    let error = #expect(throws: WhenError.self) { try WhenParser.parse(text, clock: clock) }
    #expect(error?.kind == kind)
    #expect(error?.text == text)
  }

  @Test(
    arguments: [
      ("tommorow", "tomorrow"), ("Tommorow 9:00", "tomorrow 9:00"), ("tody", "today"),
      ("wensday", "wednesday"), ("fryday", "friday"), ("mondya@9am", "monday@9am"), ("ew", nil),
      ("non", "none"), ("nwo", "now"), ("eod", "eow"), ("milk", nil), ("", nil),
      ("yesteryear", nil),
      ("moday", "monday"),
    ] as [(String, String?)])
  func aMisspeltWordIsGuessed(text: String, suggestion: String?) {
    let error = #expect(throws: WhenError.self) { try WhenParser.parse(text, clock: clock) }
    #expect(error?.suggestion == suggestion)
  }

  @Test func weekdaysAreTheNextOnesOnEveryDay() throws {
    for day in 0..<7 {
      let now = clock.now.adding(milliseconds: Int64(day) * 86_400_000)
      let clock = Clock(now: now, zone: clock.zone)
      for weekday in Weekday.allCases {
        let date = try WhenParser.parse(weekday.name, clock: clock)?.date(in: clock.zone)
        let days = try #require(date).daysSinceEpoch - clock.today.daysSinceEpoch
        #expect((1...7).contains(days))
        #expect(date?.weekday == weekday)
      }
      let sunday = try WhenParser.parse("eow", clock: clock)?.date(in: clock.zone)
      #expect(sunday?.weekday == .sunday)
      #expect((0...6).contains((try #require(sunday)).daysSinceEpoch - clock.today.daysSinceEpoch))
    }
  }

  @Test(arguments: SeededGenerator.seeds)
  func noTextIsTooStrange(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "today", "tomorrow", "fri", "eom", "none", "now", "+", "-", "3", "99999999999", "d", "w", "h",
      "min", "@", "T", "t", " ", ":", "9", "30", "am", "pm", "Z", "2025-11-21", "-02-30", ".5",
      "+01:00", "é", "\u{301}", "😀", "\u{0}", "９", "İ", "ß",
    ]
    let clocks = [
      clock, Clock(now: Instant(milliseconds: .max), zone: .fixed(.max)),
      Clock(now: Instant(milliseconds: .min), zone: .fixed(.min)),
    ]
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 0...6, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      for clock in clocks {
        guard let moment = try? WhenParser.parse(text, clock: clock) else { continue }
        _ = HumanTime.short(moment, clock)
        _ = moment.deadline(in: clock.zone)
      }
    }
  }
}
