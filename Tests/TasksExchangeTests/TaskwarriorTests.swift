import Testing
import TasksExchange
import TasksModel

@Suite struct TaskwarriorTests {
  private static let id = "3f2a9c1e-6f2b-4f0e-9a53-0242ac120002"

  /// Reads an object with the members that every export has, and these.
  private func read(_ more: String, zone: Zone = .utc) throws -> ForeignTask {
    let text = """
      {"uuid":"\(Self.id)","description":"Buy milk","entry":"20251120T101500Z",
       "modified":"20251121T080000Z"\(more.isEmpty ? "" : "," + more)}
      """
    return try Taskwarrior.task(from: try JSONParser.parse(Array(text.utf8)), zone: zone)
  }

  private func value(_ field: Field, _ more: String, zone: Zone = .utc) throws -> JSON? {
    try read(more, zone: zone).edits.values[field]
  }

  @Test func whatEveryTaskHasIsRead() throws {
    let task = try read("")
    #expect(task.id.text == Self.id)
    #expect(task.createdAt == Instant(iso: "2025-11-20T10:15:00Z"))
    #expect(task.modifiedAt == Instant(iso: "2025-11-21T08:00:00Z"))
    #expect(task.closedAt == nil)
    #expect(task.edits.values == [.title: "Buy milk"])
  }

  @Test(
    arguments: [
      (#""project":"home.garden""#, Field.project, "home.garden"),
      (#""priority":"H""#, .priority, "H"),
      (#""due":"20251128T143000Z""#, .due, "2025-11-28T14:30:00.000Z"),
      (#""wait":"20251128T000000Z""#, .wait, "2025-11-28"),
      (#""tags":["shop","a b"]"#, .tag("a_b"), true),
      (#""tags":"shop,home""#, .tag("home"), true),
      (
        #""depends":["3F2A9C1E-6f2b-4f0e-9a53-0242ac120009"]"#,
        Field("depends:3f2a9c1e-6f2b-4f0e-9a53-0242ac120009"), true
      ),
      (#""recur":"weekly""#, Field("recur"), "weekly"),
      (#""estimate":1.50"#, Field("estimate"), .number("1.50")),
      (#""status":"recurring""#, Field("status"), "recurring"),
      (#""title":"mine""#, Field("taskwarrior.title"), "mine"),
      (#""is_deleted":true"#, Field("taskwarrior.is_deleted"), true),
      (#""tag:x":1"#, Field("taskwarrior.tag:x"), 1),
    ] as [(String, Field, JSON)])
  func everyAttributeFindsItsField(more: String, field: Field, expected: JSON) throws {
    #expect(try value(field, more) == expected)
  }

  @Test func noTagHoldsABlankWhateverStandsBeforeIt() throws {
    #expect(try value(.tag("a\u{600}_b"), "\"tags\":[\"a\u{600} b\"]") == true)
  }

  @Test func whatIsWorkedOutAnewIsLeftOut() throws {
    let task = try read(#""id":4,"urgency":12.5,"status":"pending""#)
    #expect(task.edits.values == [.title: "Buy milk"])
  }

  @Test func midnightWhereThePersonIsIsADate() throws {
    let berlin = Zone.fixed(3600)
    #expect(try value(.due, #""due":"20251127T230000Z""#, zone: berlin) == "2025-11-28")
    #expect(
      try value(.due, #""due":"20251128T000000Z""#, zone: berlin) == "2025-11-28T00:00:00.000Z")
  }

  @Test func annotationsBecomeNotesOfTheirTime() throws {
    let task = try read(
      #""annotations":[{"entry":"20251121T070000Z","description":"She calls back"}]"#)
    let notes = task.edits.values.compactMap { field, value in
      field.noteID.flatMap { Note(id: $0, value: value) }
    }
    #expect(notes.map(\.text) == ["She calls back"])
    #expect(notes.map(\.at) == [Instant(iso: "2025-11-21T07:00:00Z")])
  }

  @Test func aTaskIsClosedWhenItEnded() throws {
    let done = try read(#""status":"completed","end":"20251120T200000Z""#)
    #expect(done.closedAt == Instant(iso: "2025-11-20T20:00:00Z"))
    #expect(done.edits.values[.completed] == true)
    #expect(!done.isDeleted)
    let deleted = try read(#""status":"deleted""#)
    #expect(deleted.isDeleted)
    #expect(deleted.closedAt == deleted.modifiedAt)
    #expect(deleted.edits.values[.completed] == nil)
  }

  @Test func whatIsTooLongForATitleIsKeptWhole() throws {
    let long = String(repeating: "word ", count: 200).trimmingWhitespace()
    let text =
      "{\"uuid\":\"\(Self.id)\",\"entry\":\"20251120T101500Z\",\"description\":\"\(long)\"}"
    let task = try Taskwarrior.task(from: try JSONParser.parse(Array(text.utf8)), zone: .utc)
    #expect(task.edits.values[.description] == .string(long))
    #expect(task.edits.values[.title]?.stringValue?.unicodeScalars.count ?? 0 <= 500)
  }

  @Test(
    arguments: [
      ("[]", .notAnObject), ("{}", .noID), (#"{"uuid":"1234"}"#, .noID),
      (#"{"uuid":"\#(id)"}"#, .missing("entry")),
      (#"{"uuid":"\#(id)","entry":"20251120T101500Z"}"#, .missing("description")),
      (
        #"{"uuid":"\#(id)","entry":"20251120T101500Z","description":"  "}"#, .missing("description")
      ),
      (#"{"uuid":"\#(id)","entry":"soon","description":"x"}"#, .notATime("entry", "soon")),
      (
        #"{"uuid":"\#(id)","entry":"20251320T101500Z","description":"x"}"#,
        .notATime("entry", "20251320T101500Z")
      ),
      (
        #"{"uuid":"\#(id)","entry":"20251120T101500Z","description":"x","tags":[1]}"#,
        .unexpected("tags")
      ),
      (
        #"{"uuid":"\#(id)","entry":"20251120T101500Z","description":"x","annotations":"x"}"#,
        .unexpected("annotations")
      ),
      (
        #"{"uuid":"\#(id)","entry":"20251120T101500Z","description":7}"#, .unexpected("description")
      ),
    ] as [(String, RefusedRecord)])
  func whatMakesNoSenseIsRefusedWithItsReason(text: String, reason: RefusedRecord) throws {
    let value = try JSONParser.parse(Array(text.utf8))
    #expect(throws: reason) { try Taskwarrior.task(from: value, zone: .utc) }
  }
}
