import MergeSupport
import TasksFormat
import TasksModel
import Testing

/// The oracle itself, on cases that a person can work out.
@Suite struct OracleTests {
  private let task = HistoryScript.task(0)

  private typealias Entry = (kind: String, at: Int64, over: [String], set: FieldValues)

  private func change(
    by device: Int, _ operations: Entry..., after previous: SealedChange? = nil
  ) throws -> SealedChange {
    try SealedChange(
      sealing: Change(
        device: HistoryScript.device(device), name: "d", sequence: previous == nil ? 1 : 2,
        previous: previous?.id, note: nil,
        operations: operations.map { operation in
          Operation(
            task: task, kind: operation.kind, at: Instant(milliseconds: operation.at), clock: nil,
            over: operation.over.compactMap { Dot($0) }, fields: operation.set.members)
        }))
  }

  private func field(_ field: Field, _ oracle: Oracle) -> String? {
    oracle.state[task]?.fields[field]?.text
  }

  @Test func theLaterOfTwoWritesIsShownAndTheOtherIsAConflict() throws {
    let one = try change(by: 0, ("create", 10, [], ["title": "a"]))
    let other = try change(by: 1, ("create", 11, [], ["title": "b"]))
    let oracle = Oracle([other, one, other])
    #expect(field(.title, oracle) == "\"b\"")
    #expect(field(ShownTask.createdAt, oracle) == "10")
    #expect(field(ShownTask.updatedAt, oracle) == "11")
    #expect(oracle.conflicts.map(\.field) == [.title])
    #expect(oracle.conflicts.first?.losers.map(\.value.text) == ["\"a\""])
    #expect(oracle.isMissing == false)
  }

  @Test func whatIsNamedIsReplacedHoweverLateItIs() throws {
    let first = try change(by: 0, ("create", 10, [], ["title": "a", "priority": "H"]))
    let second = try change(by: 1, ("update", 5, ["\(first.id.short):0"], ["title": "b"]))
    #expect(Oracle([second]).isMissing == true)
    let oracle = Oracle([second, first])
    #expect(field(.title, oracle) == "\"b\"")
    #expect(field(.priority, oracle) == "\"H\"")
    #expect(oracle.conflicts.isEmpty)
    #expect(oracle.isMissing == false)
    // The winning write of `is_deleted` is the second, as it replaced the first's.
    #expect(field(ShownTask.updatedAt, oracle) == "5")
  }

  @Test func aDeletionAgainstAnEditIsAConflict() throws {
    let first = try change(by: 0, ("create", 10, [], ["title": "a"]))
    let deletion = try change(
      by: 0, ("delete", 20, ["\(first.id.short):0"], [:]), after: first)
    let edit = try change(by: 1, ("update", 30, ["\(first.id.short):0"], ["completed": true]))
    let oracle = Oracle([first, deletion, edit])
    #expect(field(.isDeleted, oracle) == "false")
    #expect(field(ShownTask.completedAt, oracle) == "30")
    #expect(oracle.conflicts.map(\.field) == [.isDeleted])
  }

  @Test func aDotInsideAChangeNamesAnOperationBefore() throws {
    let first = try change(
      by: 0, ("create", 10, [], ["title": "a"]), ("update", 10, [":0"], ["title": "b"]),
      ("merge", 9, [":1"], ["title": "c"]))
    let oracle = Oracle([first])
    #expect(field(.title, oracle) == "\"c\"")
    #expect(oracle.conflicts.isEmpty)
  }

  @Test func atOneMomentTheGreaterDeviceWins() throws {
    let one = try change(by: 1, ("create", 10, [], ["title": "a"]))
    let other = try change(by: 2, ("create", 10, [], ["title": "b"]))
    #expect(field(.title, Oracle([one, other])) == "\"b\"")
    #expect(field(.title, Oracle([other, one])) == "\"b\"")
  }
}
