import TasksModel
import Testing

@testable import TasksStore

/// What another thread reads ahead is what is there.
@Suite struct ReadingAheadTests {
  private struct Enough: Error {}

  private func desk(_ count: Int) throws -> Desk {
    let desk = try Desk()
    try desk.store.edit("add", at: desk.now) { editor in
      for number in 0..<count {
        var edits = Edits()
        try edits.setTitle("task \(number * 7919 % count)")
        _ = try editor.create(edits)
      }
    }
    return desk
  }

  @Test(arguments: [0, 1, 1000, 1001, 1024, 1500])
  func theTasksAreThoseOfTheQuery(count: Int) throws {
    let desk = try desk(count)
    let query = TaskQuery(.all([]), order: [SortKey(.title)], detail: .full)
    var found: [TaskID] = []
    try desk.store.forEachReadAhead(query, clock: desk.clock) { found.append($0.id) }
    #expect(found == (try desk.store.tasks(query, clock: desk.clock).map(\.id)))
    #expect(found.count == count)
  }

  @Test func whoHasEnoughGoesOnAtOnce() throws {
    let desk = try desk(1500)
    for enough in [1, 200, 1500] {
      var count = 0
      #expect(throws: Enough.self) {
        try desk.store.forEachReadAhead(TaskQuery(.all([])), clock: desk.clock) { _ in
          count += 1
          if count == enough { throw Enough() }
        }
      }
      // The store is nobody else's any more.
      try desk.add("after \(enough)")
    }
    #expect(try desk.store.count(.all([]), clock: desk.clock) == 1503)
  }
}
