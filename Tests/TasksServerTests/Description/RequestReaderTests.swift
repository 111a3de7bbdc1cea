import TasksModel
import Testing

@testable import TasksServer

@Suite struct RequestReaderTests {
  private static let id = "6f2a1c9e-0b57-4d3a-9c41-2a5d8e7f1b60"

  private func read(
    _ operation: OperationID, values: [String: String] = [:],
    query: [(name: String, value: String)] = [], headers: [String: String] = [:],
    body: String = ""
  ) throws(Problem) -> RequestValues {
    let route = APIRoutes.all.first { $0.operation == operation }
    guard let route else { throw Problem(.internal, "no such route") }
    let reader = try RequestReader(route) { headers[$0.lowercased()] }
    return try reader.read(values: values, query: query, body: Array(body.utf8))
  }

  private func problem(_ body: () throws(Problem) -> RequestValues) -> Problem? {
    do {
      _ = try body()
      return nil
    } catch { return error }
  }

  @Test func parametersHaveTheirTypes() throws {
    let values = try read(
      .listTasks,
      query: [
        ("completed", "false"), ("limit", "10"), ("due_before", "2025-12-01"),
        ("due_after", "2025-11-21T13:00:00+01:00"), ("updated_since", "2025-11-21T12:00:00Z"),
        ("sort", "due,-priority"), ("q", "plants & co"), ("priority", "H"),
      ])
    #expect(values.bool("completed") == false && values.integer("limit") == 10)
    #expect(values.moment("due_before") == Moment(text: "2025-12-01"))
    #expect(values.moment("due_after") == Moment(text: "2025-11-21T12:00:00.000Z"))
    #expect(values.instant("updated_since") == Instant(iso: "2025-11-21T12:00:00Z"))
    #expect(values.sortKeys() == [SortKey(.due), SortKey(.priority, descending: true)])
    #expect(values.text("q") == "plants & co" && values.text("tag") == nil)
  }

  @Test func everyWrongParameterIsNamed() {
    let problem = problem { () throws(Problem) in
      try read(
        .listTasks,
        query: [
          ("limit", "0"), ("completed", "yes"), ("Sort", "due"), ("q", " "), ("tag", "a"),
          ("tag", "a"), ("sort", "age"),
        ])
    }
    #expect(problem?.kind == .validation)
    #expect(
      problem?.violations.map(\.place)
        == ["limit", "completed", "Sort", "q", "tag", "sort"].map {
          .parameter($0)
        })
  }

  @Test(arguments: ["01", "+1", "1.0", " 1", "", "1001", "99999999999999999999"])
  func aNumberHasOneText(text: String) {
    #expect(
      problem { () throws(Problem) in try read(.listTasks, query: [("limit", text)]) } != nil)
  }

  @Test func parametersAndBodyAreToldTogether() {
    let problem = problem { () throws(Problem) in
      try read(
        .replaceTask, values: ["id": Self.id], query: [("x", "1")],
        headers: ["content-type": "application/json", "if-match": "*"], body: #"{"colour":1}"#)
    }
    #expect(
      problem?.violations.map(\.place) == [
        .parameter("x"), .body(pointer: "/title"),
        .body(pointer: "/colour"),
      ])
  }

  @Test func anIdentifierIsTakenInEitherCase() throws {
    let values = try read(.getTask, values: ["id": Self.id.uppercased()])
    #expect(values.taskID()?.text == Self.id)
    #expect(
      problem { () throws(Problem) in try read(.getTask, values: ["id": "7"]) }?.kind == .notFound)
  }

  @Test(
    arguments: [
      ("application/json", nil), ("Application/JSON; charset=UTF-8", nil),
      (#"application/json;charset="utf-8""#, nil), ("application/json; ", nil),
      ("application/json; charset=latin1", ProblemKind.mediaType), ("text/plain", .mediaType),
      ("application/merge-patch+json", .mediaType), ("", .mediaType), ("json", .mediaType),
    ] as [(String, ProblemKind?)])
  func theMediaTypeOfABodyIsChecked(type: String, expected: ProblemKind?) {
    let problem = problem { () throws(Problem) in
      try read(.createTask, headers: ["content-type": type], body: #"{"title":"x"}"#)
    }
    #expect(problem?.kind == expected)
  }

  @Test func aPatchMayCallItselfOne() throws {
    for type in ["application/json", "application/merge-patch+json"] {
      let values = try read(
        .patchTask, values: ["id": Self.id], headers: ["content-type": type], body: #"{"due":null}"#
      )
      #expect(values.body?["due"] == JSON.null)
    }
  }

  @Test func whatIsNoEntityTagNamesNone() throws {
    let values = try read(.deleteTask, values: ["id": Self.id], headers: ["if-match": "abc"])
    #expect(values.entityTags("If-Match")?.matchesStrongly("abc") == false)
    #expect(values.entityTags("If-None-Match") == nil)
  }

  @Test func aBodyIsNeededOnlyWhereItIsSaid() throws {
    #expect(try read(.syncOrTrigger, query: [("wait", "true")]).body == nil)
    let problem = problem { () throws(Problem) in try read(.createTask) }
    #expect(problem?.violations == [Violation(.body(pointer: ""), "must be there")])
  }

  @Test(arguments: [
    (#"{"title":"#, "it ends too early, at line 1, byte 10"),
    (#"{"title":"a","title":"b"}"#, "'title' stands in it twice, at line 1, byte 14"),
    ("{\"title\":\n\"a\\u0000\"}", "it has a character U+0000, at line 2, byte 3"),
    (
      #"{"\#(String(repeating: "x", count: 999))":1,"\#(String(repeating: "x", count: 999))":1}"#,
      "a member with a long name stands in it twice, at line 1, byte 1006"
    ),
    (String(repeating: "[", count: 33), "it is nested more than 32 deep, at line 1, byte 33"),
  ])
  func whatIsNoJSONIsToldWithItsPlace(body: String, detail: String) {
    let problem = problem { () throws(Problem) in
      try read(.createTask, headers: ["content-type": "application/json"], body: body)
    }
    #expect(
      problem?.kind == .malformed
        && problem?.violations.map(\.detail) == ["cannot be read: \(detail)"]
    )
  }

  @Test func aBodyHasABound() throws {
    let route = try #require(APIRoutes.all.first { $0.operation == .createTask })
    let reader = try RequestReader(route) { _ in "application/json" }
    #expect(throws: Problem(.tooLarge, "The body may have 10 bytes.")) {
      try reader.read(
        values: [:], query: [], body: Array(repeating: 0x20, count: 11), largestBody: 10)
    }
  }

  @Test(
    arguments: [
      (nil, true), ("", true), ("*/*", true), ("application/*", true), ("application/json", true),
      ("text/html, application/json;q=0.1", true), ("APPLICATION/JSON", true), ("rubbish", true),
      (#"text/plain;x="a,b", */*"#, true), ("text/html", false), ("application/json;q=0", false),
      ("*/*, application/json;q=0", false), ("*/*;q=0.000", false),
      ("*/*;q=0, application/*", true),
      ("application/problem+json", false), ("text/*;q=0.5", false), ("*/*;q=7", true),
    ] as [(String?, Bool)])
  func anAnswerMustBeAcceptable(header: String?, isAllowed: Bool) {
    #expect(AcceptHeader(header).allows(.json) == isAllowed)
  }

  @Test func whatHasNoBodyIsAlwaysAcceptable() throws {
    _ = try read(.deleteTask, values: ["id": Self.id], headers: ["accept": "text/html"])
    _ = try read(.followEvents, headers: ["accept": "text/event-stream"])
    #expect(
      problem { () throws(Problem) in try read(.followEvents, headers: ["accept": "text/html"]) }?
        .kind == .notAcceptable)
  }
}
