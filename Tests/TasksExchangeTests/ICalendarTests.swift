import TasksExchange
import TasksModel
import Testing

@Suite struct ICalendarTests {
  private func read(_ lines: String) throws -> [ForeignRecord] {
    var records: [ForeignRecord] = []
    let text = "BEGIN:VCALENDAR\nVERSION:2.0\n\(lines)\nEND:VCALENDAR\n"
    let file = ForeignFile(
      Array(text.replacing("\n", with: "\r\n").utf8), zone: .fixed(3600),
      modifiedAt: Instant(milliseconds: 1_790_000_000_000),
      zoneNamed: { $0 == "America/New_York" ? .fixed(-5 * 3600) : nil })
    try ExchangeFormat.ics.read(file) { records.append($0) }
    return records
  }

  private func one(_ lines: String) throws -> ForeignTask {
    try #require(
      try read("BEGIN:VTODO\nUID:abc\nSUMMARY:Buy milk\n\(lines)\nEND:VTODO").first
    ).result.get()
  }

  @Test(
    arguments: [
      ("DUE;VALUE=DATE:20261224", Field.due, "2026-12-24"), ("DUE:20261224", .due, "2026-12-24"),
      ("DUE:20261224T120000Z", .due, "2026-12-24T12:00:00.000Z"),
      ("DUE:20261224T120000", .due, "2026-12-24T11:00:00.000Z"),
      ("DUE;TZID=America/New_York:20261224T120000", .due, "2026-12-24T17:00:00.000Z"),
      ("DUE;TZID=\"/x.org/America/New_York\":20261224T120000", .due, "2026-12-24T17:00:00.000Z"),
      ("DUE;TZID=Nowhere:20261224T120000", .due, "2026-12-24T11:00:00.000Z"),
      ("DUE;TZID=Nowhere:20261224T120000", Field("ics.DUE"), ";TZID=Nowhere:20261224T120000"),
      ("DTSTART;VALUE=DATE:20261201", .wait, "2026-12-01"),
      ("PRIORITY:3", .priority, "H"), ("PRIORITY:5", .priority, "M"),
      ("PRIORITY:9", .priority, "L"),
      ("PRIORITY:3", Field("ics.PRIORITY"), "3"), ("PRIORITY:0", Field("ics.PRIORITY"), "0"),
      ("CATEGORIES:Home Work,a\\,b", .tag("Home_Work"), true),
      ("CATEGORIES:Home Work,a\\,b", .tag("a,b"), true),
      ("STATUS:COMPLETED", .completed, true), ("PERCENT-COMPLETE:100", .completed, true),
      ("COMPLETED:20261101T000000Z", .completed, true),
      ("STATUS:IN-PROCESS", Field("ics.STATUS"), "IN-PROCESS"),
      ("RRULE:FREQ=WEEKLY;BYDAY=MO", Field("ics.RRULE"), "FREQ=WEEKLY;BYDAY=MO"),
      ("description:one\\ntwo\\; \\\\ th\n ree", .description, "one\ntwo; \\ three"),
      ("X-A;P=\"q;:\":1", Field("ics.X-A"), ";P=\"q;:\":1"),
      (
        "BEGIN:VALARM\nACTION:AUDIO\nEND:VALARM", Field("ics.components"),
        ["BEGIN:VALARM", "ACTION:AUDIO", "END:VALARM"]
      ),
    ] as [(String, Field, JSON)])
  func everyPropertyFindsItsField(lines: String, field: Field, value: JSON) throws {
    #expect(try one(lines).edits.values[field] == value)
  }

  @Test func timesAreThoseOfTheToDo() throws {
    let dated = try one(
      "CREATED:20261101T000000Z\nLAST-MODIFIED:20261105T000000Z\nSTATUS:COMPLETED\nCOMPLETED:20261103T000000Z"
    )
    #expect(dated.createdAt == Instant(iso: "2026-11-01T00:00:00Z"))
    #expect(dated.modifiedAt == Instant(iso: "2026-11-05T00:00:00Z"))
    #expect(dated.closedAt == Instant(iso: "2026-11-03T00:00:00Z"))
    #expect(dated.dating == .written)
    // DTSTAMP is the time of the export in many programs.
    #expect(try one("DTSTAMP:20261105T000000Z").dating == .undated(since: nil))
    #expect(try one("STATUS:CANCELLED").isDeleted)
  }

  @Test func theNameIsTheUID() throws {
    let named = try read(
      "BEGIN:VTODO\nUID:3F2A9C1E-6f2b-4f0e-9a53-0242ac120002\nSUMMARY:x\nEND:VTODO")
    #expect(try named.first?.result.get().id.text == "3f2a9c1e-6f2b-4f0e-9a53-0242ac120002")
    #expect(try one("PRIORITY:1").id == one("STATUS:COMPLETED").id)
  }

  @Test func whatIsNoToDoIsReadPastAndWhatIsBrokenIsNamed() throws {
    let records = try read(
      """
      BEGIN:VEVENT
      SUMMARY:An event
      END:VEVENT
      BEGIN:VTODO
      UID:1
      END:VTODO
      BEGIN:VTODO
      UID:2
      SUMMARY:x
      no property
      END:VTODO
      BEGIN:VTODO
      UID:3
      SUMMARY:x
      DUE:soon
      END:VTODO
      BEGIN:VTODO
      UID:4
      SUMMARY:x
      """)
    #expect(records.map(\.line) == [6, 9, 14, 19])
    let reasons = records.map { record in
      if case .failure(let reason) = record.result { reason } else { nil as RefusedRecord? }
    }
    #expect(
      reasons == [
        .missing("SUMMARY"), .notAProperty("no property"), .notATime("DUE", "soon"), .unfinished,
      ])
  }
}
