import TasksModel
import Testing

@testable import TasksServer

@Suite struct SchemaTests {
  /// What is wrong, as `pointer: detail`.
  private func faults(_ schema: Schema, _ text: String) throws -> [String] {
    schema.violations(in: try JSONParser.parse(text)).map { violation in
      guard case .body(let pointer) = violation.place else { return "elsewhere" }
      return "\(pointer): \(violation.detail)"
    }
  }

  @Test func everythingThatIsWrongIsToldAtOnce() throws {
    let text = #"""
      {"title":"","priority":"X","due":"2025-02-30","tags":["a","a b","a"],
       "notes":[{"text":" "},{"id":7,"at":"2025-11-21T12:00:00Z","text":"x"}],"number":3,"a/b~c":1}
      """#
    #expect(
      try faults(TaskSchemas.newTask, text) == [
        "/title: must not be empty",
        #"/priority: must be one of "H", "M", "L" or null"#,
        "/due: must be a date such as 2025-11-21 or a date-time such as 2025-11-21T12:34:56Z or null",
        "/tags/1: must be \(TextRule.tag.phrase)",
        "/tags/2: must not be there twice",
        "/notes/0/text: must be text that is not blank, without U+0000",
        "/notes/1/id: must be text without U+0000",
        "/notes/1/at: is not a known member",
        "/number: is not a known member",
        "/a~1b~0c: is not a known member",
      ])
  }

  @Test func whatIsMissingIsNamed() throws {
    #expect(try faults(TaskSchemas.newTask, "{}") == ["/title: must be there"])
    #expect(try faults(TaskSchemas.newTask, "[]") == [": must be an object"])
  }

  @Test func anAnswerCanBeChangedAndPutBack() throws {
    #expect(TaskSchemas.taskReplacement.violations(in: TaskSchemas.example).isEmpty)
    #expect(!TaskSchemas.newTask.violations(in: TaskSchemas.example).isEmpty)
    #expect(
      try faults(TaskSchemas.taskPatch, #"{"created_at":"2025-11-21T12:00:00Z"}"#)
        == ["/created_at: is not a known member"])
  }

  @Test func whatIsIgnoredIsCheckedAllTheSame() throws {
    #expect(
      try faults(TaskSchemas.taskReplacement, #"{"title":"x","updated_at":"then"}"#)
        == ["/updated_at: must be \(TextRule.dateTime.phrase)"])
  }

  @Test func nullTakesAwayInAPatchButNotTheTitle() throws {
    let all = #"""
      {"description":null,"project":null,"priority":null,"due":null,"wait":null,"tags":null,
       "notes":null,"completed":null,"is_deleted":null}
      """#
    #expect(try faults(TaskSchemas.taskPatch, all) == [])
    #expect(try faults(TaskSchemas.taskPatch, #"{"title":null}"#).count == 1)
  }

  @Test(arguments: [
    (#"{"operation":"create","data":{"title":"x"}}"#, []),
    (#"{"operation":"create"}"#, ["/items/0/data: must be there"]),
    (
      #"{"operation":"create","data":{"title":"x"},"if_match":"*"}"#,
      ["/items/0/if_match: is not a known member"]
    ),
    (#"{"operation":"update","id":"x","data":{}}"#, ["/items/0/id: must be a UUID"]),
    (
      #"{"operation":"move"}"#,
      [#"/items/0/operation: must be one of "create", "update", "delete""#]
    ),
    (#"{}"#, [#"/items/0/operation: must be one of "create", "update", "delete""#]),
    ("3", ["/items/0: must be an object"]),
  ])
  func anItemOfABatchIsCheckedByItsOperation(item: String, expected: [String]) throws {
    #expect(try faults(BatchSchemas.request, #"{"items":[\#(item)]}"#) == expected)
  }

  @Test func aBadItemOfAQueueIsNotTheRequestsFault() throws {
    #expect(try faults(SyncSchemas.batch, #"{"items":[{},{"client_id":7}]}"#) == [])
    #expect(try faults(SyncSchemas.batch, #"{"items":[7]}"#) == ["/items/0: must be an object"])
    #expect(
      try faults(SyncSchemas.item, #"{"client_id":7,"data":{"id":"a"}}"#) == [
        "/client_id: must be text without U+0000", "/data/updated_at: must be there",
        "/operation: must be there",
      ])
  }

  @Test func aBatchHasABound() throws {
    func batch(_ count: Int) -> JSON {
      ["items": .array(Array(repeating: .object([]), count: count))]
    }
    #expect(SyncSchemas.batch.violations(in: batch(1000)).isEmpty)
    #expect(
      SyncSchemas.batch.violations(in: batch(1001)).map(\.detail)
        == ["must have at most 1000 elements, not 1001"])
  }

  @Test func whatIsToldHasABound() {
    let members = (0..<5000).map { JSON.Member("unknown\($0)", 1) }
    #expect(
      TaskSchemas.taskPatch.violations(in: .object(members)).count == Schema.mostViolations)
    let long = TaskSchemas.taskPatch.violations(
      in: .object([.init(String(repeating: "x", count: 100_000), 1)]))
    #expect(long.map(\.place) == [.body(pointer: "")])
  }

  @Test(arguments: [
    ("title", String(repeating: "😀", count: 500), true),
    ("title", String(repeating: "😀", count: 501), false),
    ("project", String(repeating: "e\u{301}", count: 50), true),
    ("project", String(repeating: "e\u{301}", count: 51), false),
    ("description", String(repeating: "😀", count: 16_384), true),
    ("description", String(repeating: "a", count: 16_385), false),
    ("description", "", true), ("title", "", false), ("project", "", false),
  ])
  func lengthsAreCountedInScalars(member: String, text: String, isAllowed: Bool) {
    let patch: JSON = .object([.init(member, .string(text))])
    #expect(TaskSchemas.taskPatch.violations(in: patch).isEmpty == isAllowed)
  }

  @Test(
    arguments: [
      ("0", 0), ("1.0", 1), ("1e2", 100), ("-0", 0), ("-0.0", 0), ("120e-1", 12), ("1.5", nil),
      ("1e-1", nil), ("0e999999999999999999999", 0), ("9223372036854775807", Int64.max),
      ("9223372036854775808", nil), ("-9223372036854775808.0", Int64.min), ("1e400", nil),
      ("1e-99999999999999999999", nil), ("true", nil), (#""1""#, nil),
    ] as [(String, Int64?)])
  func aNumberIsWholeByItsValue(text: String, expected: Int64?) throws {
    #expect(try JSONParser.parse(text).wholeNumber == expected)
  }
}
