import TasksModel
import TestSupport
import Testing

@testable import TasksStore

/// Pages go on where the last one ended.
@Suite struct PageTests {
  /// All pages together are the list, whatever it is sorted by.
  @Test(arguments: 0..<30 as Range<UInt64>)
  func pagesTogetherAreTheList(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let desk = try Desk(zone: QueryTests.zone)
    for index in 0..<40 { try QueryTests.addAny(index, desk, &random) }
    let order = SortField.allCases.shuffled(using: &random).prefix(Int(seed % 4)).map {
      SortKey($0, descending: Bool.random(using: &random))
    }
    let filter = Filter.not(.deleted)
    let size = Int.random(in: 1...9, using: &random)
    var pages: [TaskID] = []
    var place: PagePlace?
    repeat {
      let page = try desk.page(
        filter, order: order, after: place, limit: size)
      #expect(page.tasks.count <= size)
      pages += page.tasks.map(\.id)
      // A place may know its values, or leave them to be looked up.
      place = page.next.map {
        Bool.random(using: &random) ? $0 : PagePlace(values: nil, key: $0.key)
      }
    } while place != nil
    let all = try desk.store.tasks(TaskQuery(filter, order: order), clock: desk.clock)
    #expect(pages == all.map(\.id), "seed \(seed): \(order)")
  }

  @Test func whatIsAddedOrRemovedMeanwhileShiftsNothing() throws {
    let desk = try Desk()
    let keys = try (1...6).map { try desk.add("task \($0)") }
    let first = try desk.page(
      .not(.deleted), order: [SortKey(.title)], after: nil, limit: 3)
    try desk.delete(keys[0])
    try desk.add("task 0")
    let second = try desk.page(
      .not(.deleted), order: [SortKey(.title)], after: first.next, limit: 3)
    #expect(second.tasks.compactMap(\.title) == ["task 4", "task 5", "task 6"])
    #expect(second.next == nil)
  }

  @Test func aTaskIsReadWithItsNotes() throws {
    let desk = try Desk()
    let task = try desk.add("a") { edits in
      try edits.addNote("one", at: desk.now)
      edits.set(Field("recur"), to: ["every": "day \"x\""])
    }
    let page = try desk.page(.all([]), order: [], after: nil, limit: 9)
    let record = try #require(page.tasks.first)
    #expect(record.notes.map(\.text) == ["one"])
    #expect(record.otherFields == [.init(key: "recur", value: ["every": "day \"x\""])])
    #expect(try desk.record(task).otherFields == record.otherFields)
  }

  /// However many tasks there are before.
  @Test func aPageIsFoundByKey() throws {
    let desk = try Desk()
    let condition = SQLCondition(.not(.deleted), clock: desk.clock)
    let plan = try desk.store.connection.all(
      """
      EXPLAIN QUERY PLAN SELECT key FROM tasks WHERE \(condition.sql) AND key > 5 ORDER BY key LIMIT 9
      """, read: { $0.text(3) })
    #expect(plan == ["SEARCH tasks USING INTEGER PRIMARY KEY (rowid>?)"])
  }
}

extension Desk {
  /// A page of a list.
  fileprivate func page(
    _ filter: Filter, order: [SortKey], after place: PagePlace?, limit: Int
  ) throws -> (tasks: [TaskRecord], next: PagePlace?) {
    var tasks: [TaskRecord] = []
    let next = try store.forEach(filter, order: order, after: place, limit: limit, clock: clock) {
      tasks.append($0)
    }
    return (tasks, next)
  }
}
