import TasksModel
import Testing
import TestSupport

@Suite struct InstantTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (1_763_721_131_001, "2025-11-21T10:32:11.001Z"),
      (-1, "1969-12-31T23:59:59.999Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
      (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
      (253_402_300_800_000, "+10000-01-01T00:00:00.000Z"),
      (-62_167_219_200_001, "-0001-12-31T23:59:59.999Z"),
      (.max, "+292278994-08-17T07:12:55.807Z"), (.min, "-292275055-05-16T16:47:04.192Z"),
    ] as [(Int64, String)])
  func everyInstantHasAText(milliseconds: Int64, text: String) {
    #expect(Instant(milliseconds: milliseconds).description == text)
  }

  @Test(arguments: SeededGenerator.seeds)
  func theTextIsReadAgain(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let instant = Instant(
        milliseconds: Int64.random(in: -62_167_219_200_000...253_402_300_799_999, using: &generator)
      )
      #expect(Instant(iso: instant.description) == instant)
      #expect(Moment(text: instant.description) == .instant(instant))
    }
  }

  @Test(arguments: [
    ("2025-11-21T12:34:56.789Z", "2025-11-21T12:34:56.789Z"),
    ("2025-11-21T12:34:56Z", "2025-11-21T12:34:56.000Z"),
    ("2025-11-21T12:34Z", "2025-11-21T12:34:00.000Z"),
    ("2025-11-21T12:34:56.7Z", "2025-11-21T12:34:56.700Z"),
    ("2025-11-21T12:34:56.78999999999999999999999Z", "2025-11-21T12:34:56.789Z"),
    ("2025-11-21T00:30:00+01:00", "2025-11-20T23:30:00.000Z"),
    ("2025-11-21T00:30-09:30", "2025-11-21T10:00:00.000Z"),
  ])
  func otherFormsOfISOAreRead(text: String, expected: String) {
    #expect(Instant(iso: text)?.description == expected)
  }

  @Test(arguments: [
    "", "2025-11-21", "2025-11-21T12:34:56", "2025-11-21 12:34:56Z", "2025-02-30T00:00:00Z",
    "2025-11-21T24:00:00Z", "2025-11-21T23:60:00Z", "2025-11-21T23:59:60Z", "2025-11-21T1:00Z",
    "2025-11-21T12:34:56.Z", "2025-11-21T12:34:Z", "2025-11-21T12Z", "2025-11-21T12:34+24:00",
    "2025-11-21T12:34+0100", "2025-11-21T12:34Zx", "2025-11-21T12:34z",
    "0000-01-01T00:00+00:01", "9999-12-31T23:59:59-00:01",
  ])
  func whatIsNoInstantIsRefused(text: String) {
    #expect(Instant(iso: text) == nil)
    #expect(
      Moment(text: text) == (text == "2025-11-21" ? CivilDate(iso: text).map(Moment.date) : nil))
  }

  @Test func taskwarriorsFormIsRead() {
    #expect(Instant(basic: "20251121T123456Z")?.description == "2025-11-21T12:34:56.000Z")
    for text in ["20250230T000000Z", "20251121T250000Z", "20251121T123456", "2025-11-21T12:34:56Z"]
    {
      #expect(Instant(basic: text) == nil)
    }
  }

  @Test func aMomentHasOneTextOnly() {
    #expect(Moment(text: "2025-11-21T12:34:56Z") == nil)
    #expect(Moment(text: "2025-11-21T12:34:56.789+00:00") == nil)
    #expect(Moment(text: "2025-11-21")?.text == "2025-11-21")
  }

  @Test func additionStopsAtTheEndOfTime() {
    #expect(Instant(milliseconds: .max).adding(milliseconds: 1).milliseconds == .max)
    #expect(Instant(milliseconds: .min).adding(milliseconds: -1).milliseconds == .min)
    #expect(Instant(seconds: .max).milliseconds == .max)
  }
}
