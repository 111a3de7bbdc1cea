import Foundation
import Testing

@Suite struct ImportTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  private static func id(_ number: Int) -> String { "aaaaaaaa-0000-4000-8000-00000000000\(number)" }

  /// One of everything that Taskwarrior exports.
  private static let records = [
    #"""
    {"id":1,"description":"Everything","due":"20310501T123000Z","entry":"20250101T080000Z",
    "modified":"20250102T090000Z","priority":"H","project":"home.garden","status":"pending",
    "tags":["garden","next"],"uuid":"\#(id(1))","wait":"20300101T000000Z","urgency":12.5,
    "depends":["\#(id(2))"],"estimate":"2h","points":3,
    "annotations":[{"entry":"20250101T100000Z","description":"first remark"},
    {"entry":"20250101T110000Z","description":"second\nremark"}]}
    """#,
    #"{"description":"Done","entry":"20250101T080000Z","end":"20250103T080000Z","modified":"20250103T080001Z","status":"completed","uuid":"\#(id(2))"}"#,
    #"{"description":"Deleted","entry":"20250101T080000Z","end":"20250104T080000Z","status":"deleted","uuid":"\#(id(3))"}"#,
    #"{"description":"Waiting","entry":"20250101T080000Z","status":"waiting","wait":"20900101T000000Z","uuid":"\#(id(4))"}"#,
    #"{"description":"Recurring","entry":"20250101T080000Z","status":"recurring","recur":"weekly","mask":"--","due":"20310101T000000Z","uuid":"\#(id(5))"}"#,
  ].map { $0.replacing("\n", with: "") }

  private static let array = "[\n" + records.joined(separator: ",\n") + "\n]\n"
  private static let lines = records.joined(separator: "\n")

  private func byTitle() throws -> [String: TaskDocument] {
    Dictionary(uniqueKeysWithValues: try machine.allTasks().map { ($0.title ?? "", $0) })
  }

  @Test(arguments: [array, lines, "\u{feff}" + array, lines.replacing("\n", with: "\r\n\r\n")])
  func everyFieldIsBroughtIn(text: String) throws {
    let outcome = try machine.run("import", input: text).succeeded()
    #expect(outcome.output == "Imported 5 tasks: 5 new, 0 changed, 0 as they were.\n")
    #expect(outcome.errors == "")
    let tasks = try byTitle()
    let all = try #require(tasks["Everything"])
    #expect(all.id == Self.id(1) && all.number == 1)
    #expect(all.due == "2031-05-01T12:30:00.000Z")
    #expect(all.wait == "2030-01-01", "midnight is a date")
    #expect(all.priority == "H" && all.project == "home.garden" && all.tags == ["garden", "next"])
    #expect(all.createdAt == "2025-01-01T08:00:00.000Z")
    #expect(all.updatedAt == "2025-01-02T09:00:00.000Z")
    #expect(all.notes.map(\.text) == ["first remark", "second\nremark"])
    #expect(all.notes.map(\.at) == ["2025-01-01T10:00:00.000Z", "2025-01-01T11:00:00.000Z"])
    #expect(all.fields == #"{"depends:\#(Self.id(2))":true,"estimate":"2h","points":3}"#)
    let done = try #require(tasks["Done"])
    #expect(done.completed && done.completedAt == "2025-01-03T08:00:00.000Z" && done.number == nil)
    let deleted = try #require(tasks["Deleted"])
    #expect(deleted.isDeleted && deleted.updatedAt == "2025-01-04T08:00:00.000Z")
    #expect(tasks["Waiting"]?.wait == "2090-01-01")
    #expect(try machine.titles() == ["Recurring"])
    #expect(try machine.titles("--waiting", "--sort", "title") == ["Everything", "Waiting"])
    let recurring = try #require(tasks["Recurring"])
    #expect(recurring.fields == #"{"mask":"--","recur":"weekly","status":"recurring"}"#)
    #expect(recurring.due == "2031-01-01")
    try machine.expectSound()
  }

  @Test func midnightIsADateInTheZoneOfTheExport() throws {
    let record =
      #"{"description":"x","entry":"20250101T000000Z","due":"20310430T220000Z","uuid":"\#(Self.id(1))"}"#
    try machine.run("import", input: record, with: ["TZ": "Europe/Berlin"]).succeeded()
    #expect(try machine.task("1").due == "2031-05-01")
  }

  @Test func aSecondImportChangesNothing() throws {
    try machine.run("import", input: Self.array).succeeded()
    let before = try machine.dump()
    let outcome = try machine.run("import", input: Self.lines).succeeded()
    #expect(outcome.output == "Imported 5 tasks: 0 new, 0 changed, 5 as they were.\n")
    #expect(try machine.dump() == before)
  }

  @Test func aLaterExportUpdatesWhatChanged() throws {
    try machine.run("import", input: Self.array).succeeded()
    let later = Self.array.replacing("Everything", with: "Everything new")
      .replacing("20250102T090000Z", with: "20250105T090000Z")
    let outcome = try machine.run("import", input: later).succeeded()
    #expect(outcome.output == "Imported 5 tasks: 0 new, 1 changed, 4 as they were.\n")
    #expect(try machine.task("1").title == "Everything new")
    #expect(try machine.task("1").updatedAt == "2025-01-05T09:00:00.000Z")
  }

  @Test func anOlderImportNeverBeatsANewerEdit() throws {
    try machine.run("import", input: Self.array).succeeded()
    try machine.run("edit", "1", "--title", "Mine", "due:none").succeeded()
    let later = Self.array.replacing("\"H\"", with: "\"L\"")
      .replacing("20250102T090000Z", with: "20250105T090000Z")
    let outcome = try machine.run("import", input: later).succeeded()
    #expect(outcome.output == "Imported 5 tasks: 0 new, 1 changed, 4 as they were.\n")
    #expect(outcome.errors == "Of 1 task something is newer here, and was kept.\n")
    let task = try machine.task("1")
    #expect(task.title == "Mine" && task.due == nil && task.priority == "L")
  }

  @Test func anImportDoesNotReopenOrReviveWhatWasClosedHere() throws {
    try machine.run("import", input: Self.array).succeeded()
    try machine.run("done", "1").succeeded()
    try machine.run("delete", Self.id(4)).succeeded()
    try machine.run(
      "import", input: Self.array.replacing("20250102T090000Z", with: "20250105T090000Z")
    )
    .succeeded()
    #expect(try machine.task(Self.id(1)).completed)
    #expect(try machine.task(Self.id(4)).isDeleted)
  }

  @Test func aTaskReopenedThereIsOpenHere() throws {
    try machine.run("import", input: Self.array).succeeded()
    let reopened =
      #"{"description":"Done","entry":"20250101T080000Z","modified":"20250110T080001Z","status":"pending","uuid":"\#(Self.id(2))"}"#
    try machine.run("import", input: reopened).succeeded()
    #expect(try !machine.task(Self.id(2)).completed)
  }

  @Test func aRehearsalChangesNothing() throws {
    let outcome = try machine.run("import", "--dry-run", input: Self.array).succeeded()
    #expect(outcome.output == "Would import 5 tasks: 5 new, 0 changed, 0 as they were.\n")
    #expect(!FileManager.default.fileExists(atPath: machine.store))
    try machine.add("a")
    let before = try machine.dump()
    try machine.run("import", "--dry-run", input: Self.array).succeeded()
    #expect(try machine.dump() == before)
  }

  @Test(arguments: [
    ("nonsense", "not JSON: 'o' is not expected there"),
    ("{\"description\":\"x\"", "not JSON: it ends too early"), ("42", "a JSON object is expected"),
    (#"{"description":"x","entry":"20250101T080000Z"}"#, "no valid uuid"),
    (#"{"description":"x","entry":"20250101T080000Z","uuid":"123"}"#, "no valid uuid"),
    (
      #"{"entry":"20250101T080000Z","uuid":"aaaaaaaa-0000-4000-8000-000000000009"}"#,
      "no description"
    ),
    (#"{"description":"x","uuid":"aaaaaaaa-0000-4000-8000-000000000009"}"#, "no entry"),
    (
      #"{"description":"x","entry":"yesterday","uuid":"aaaaaaaa-0000-4000-8000-000000000009"}"#,
      "entry is no time: yesterday"
    ),
    (
      #"{"description":"x","entry":"20250101T080000Z","due":"20251301T000000Z","uuid":"aaaaaaaa-0000-4000-8000-000000000009"}"#,
      "due is no time: 20251301T000000Z"
    ),
    (
      #"{"description":7,"entry":"20250101T080000Z","uuid":"aaaaaaaa-0000-4000-8000-000000000009"}"#,
      "description is not of the kind expected"
    ),
    (
      #"{"description":"x","entry":"20250101T080000Z","tags":{},"uuid":"aaaaaaaa-0000-4000-8000-000000000009"}"#,
      "tags is not of the kind expected"
    ),
    (
      #"{"description":"x","description":"y","entry":"20250101T080000Z","uuid":"aaaaaaaa-0000-4000-8000-000000000009"}"#,
      "not JSON: 'description' stands in it twice"
    ),
    (
      #"{"description":"a\u0000b","entry":"20250101T080000Z","uuid":"aaaaaaaa-0000-4000-8000-000000000009"}"#,
      "not JSON: it has a character U+0000"
    ),
    (String(repeating: "[", count: 99), "not JSON"),
  ])
  func aBadRecordIsNamedAndTheOthersComeIn(bad: String, reason: String) throws {
    let text = [Self.records[1], "", bad, Self.records[2]].joined(separator: "\n")
    let outcome = try machine.run("import", input: text)
    #expect(outcome.status == 3, "\(outcome)")
    #expect(outcome.output == "Imported 2 tasks: 2 new, 0 changed, 0 as they were.\n")
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.hasPrefix("Not imported: line 3: "), "\(outcome)")
    #expect(outcome.errors.contains(reason), "\(outcome)")
  }

  /// So many that a second thread reads them ahead.
  @Test func amongManyRecordsBadOnesAreNamedInTheirOrder() throws {
    let text = (1...2000).map { number in
      number % 400 == 0
        ? "{\"description\":\(number)}"
        : #"{"description":"Task \#(number)","entry":"20250101T080000Z","uuid":"\#(String(format: "aaaaaaaa-0000-4000-8000-%012d", number))"}"#
    }.joined(separator: "\n")
    let outcome = try machine.run("import", input: text)
    #expect(outcome.status == 3)
    #expect(outcome.output == "Imported 1995 tasks: 1995 new, 0 changed, 0 as they were.\n")
    #expect(
      outcome.errorLines.map { $0.split(separator: ":")[1] }
        == [400, 800, 1200, 1600, 2000].map { " line \($0)" })
    #expect(try machine.task("1995").title == "Task 1999")
    let again = try machine.run("import", input: text)
    #expect(again.output == "Imported 1995 tasks: 0 new, 0 changed, 1995 as they were.\n")
    try machine.expectSound()
  }

  @Test func aRecordThatIsNoTextIsNamed() throws {
    let bad = Array(#"{"description":""#.utf8) + [0xff] + Array(#""}"#.utf8)
    let bytes = Array((Self.records[1] + "\n").utf8) + bad + Array(("\n" + Self.records[2]).utf8)
    let outcome = try machine.run(["import"], input: bytes)
    #expect(outcome.status == 3)
    #expect(outcome.errors == "Not imported: line 2: not JSON: it is not valid UTF-8\n")
    #expect(try machine.allTasks().count == 2)
  }

  @Test func aBadRecordInAnArrayIsNamedByItsLine() throws {
    let text = "[\n\(Self.records[1]),\n{\"description\":\"x\"},\n\(Self.records[2])\n]"
    let outcome = try machine.run("import", "--json", input: text)
    #expect(outcome.status == 3)
    let object = try outcome.object()
    #expect(
      Set(object.keys) == [
        "created", "updated", "unchanged", "kept_newer", "deleted_here", "refused",
      ])
    #expect(object["created"] as? Int == 2)
    let refused = try #require(object["refused"] as? [[String: Any]])
    #expect(refused.map { $0["line"] as? Int } == [3])
    #expect(refused.first?["reason"] as? String == "it has no valid uuid")
  }

  @Test func anArrayThatIsCutOffBringsInWhatIsWhole() throws {
    let outcome = try machine.run("import", input: String(Self.array.dropLast(40)))
    #expect(outcome.status == 3)
    #expect(outcome.output == "Imported 4 tasks: 4 new, 0 changed, 0 as they were.\n")
  }

  @Test(arguments: ["", "[]", "\n\n", "[ ]\n"])
  func nothingToImportIsNoFailure(text: String) throws {
    #expect(
      try machine.run("import", input: text).succeeded().output
        == "Imported 0 tasks: 0 new, 0 changed, 0 as they were.\n")
  }

  @Test func aLongDescriptionIsCutIntoATitleAndKeptWhole() throws {
    let long = String(repeating: "é", count: 600)
    let record = #"{"description":"\#(long)","entry":"20250101T080000Z","uuid":"\#(Self.id(1))"}"#
    try machine.run("import", input: record).succeeded()
    let task = try machine.task("1")
    #expect(task.title == String(long.prefix(500)))
    #expect(task.description == long)
  }

  @Test func filesCanBeNamed() throws {
    let path = try machine.file("export.json", Self.array)
    try machine.run("import", path).succeeded()
    try machine.run("import", "-", input: Self.array).succeeded()
    try machine.run("import", "\(machine.home)/none").failed(1)
    try machine.run("import", machine.home).failed(1)
  }

  @Test func tagsThatNobodyCouldEnterCanBeKeptAndTakenAway() throws {
    let record =
      #"{"description":"one","entry":"20250101T080000Z","uuid":"\#(Self.id(1))","tags":["a,b","none","+x","c\u0007d"]}"#
    try machine.run("import", input: record).succeeded()
    let editor = try machine.file("ed", "sed -i 's/^tags:.*/& more/' \"$1\"\n")
    try machine.run(["edit", "1"], with: ["EDITOR": "/bin/sh '\(editor)'"]).succeeded()
    #expect(try machine.task("1").tags == ["+x", "a,b", "c\u{7}d", "more", "none"])
    try machine.run("tag", "1", "-a,b", "-none", "-+x").succeeded()
    #expect(try machine.task("1").tags == ["c\u{7}d", "more"])
  }

  @Test func undoTakesAnImportBack() throws {
    try machine.add("mine")
    try machine.run("import", input: Self.array).succeeded()
    #expect(try machine.run("undo").succeeded().output == "Undid import of 5 tasks.\n")
    #expect(try machine.titles("--all") == ["mine"])
    try machine.expectSound()
  }

  /// Any text could be todo.txt.
  @Test func whatOnlyMayBeTodoTxtIsSaidToBeTakenForIt() throws {
    let machine = try Machine()
    for (name, isSaid) in [("config", true), ("todo.txt", false)] {
      try machine.file(name, "Host nas\n")
      let outcome = try machine.run("import", name).succeeded()
      let said = "config was taken for todo.txt, as every text is; if it is none: tasks undo"
      #expect(outcome.errorLines.contains(said) == isSaid)
      #expect(
        try !machine.run("import", "--format", "todo.txt", name).errors.contains("was taken"))
    }
  }
}
