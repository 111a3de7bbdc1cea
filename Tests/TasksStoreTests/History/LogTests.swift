import TasksFormat
import TasksModel
import Testing

@testable import TasksStore

/// The list of changes.
@Suite struct LogTests {
  private func log(_ desk: Desk, limit: Int? = nil) throws -> [LoggedChange] {
    var changes: [LoggedChange] = []
    try desk.store.forEachChange(limit: limit) { changes.append($0) }
    return changes
  }

  @Test func devicesWithTheSameChangesListThemAlike() throws {
    let laptop = try Desk(name: "laptop")
    let desk = try Desk(name: "desk")
    for round in 0..<90 {
      // Many of one moment: then the ids decide.
      if round % 5 == 0 { laptop.pass() }
      try laptop.add("laptop \(round)")
      try laptop.seal(note: round == 3 ? "the fourth" : nil)
      if round % 3 == 0 { desk.pass(milliseconds: 700) }
      try desk.add("desk \(round)")
      try desk.seal()
    }
    try laptop.take(desk.bundles().reversed())
    try desk.take(laptop.bundles().shuffled())
    let here = try log(laptop)
    #expect(here.count == 180)
    #expect(try here.map(\.id) == log(desk).map(\.id))
    #expect(here.map(\.id) == here.sorted { ($0.at, $0.id) > ($1.at, $1.id) }.map(\.id))
    for limit in [1, 20, 63, 64, 65, 128, 179, 180, 500] {
      #expect(try log(laptop, limit: limit).map(\.id) == here.prefix(limit).map(\.id))
    }
    #expect(here.filter { $0.deviceName == "laptop" }.map(\.sequence).max() == 90)
    #expect(here.compactMap(\.note) == ["the fourth"])
  }

  @Test func nothingIsReadButWhatIsShown() throws {
    let connection = try Desk().store.connection
    for (sql, count) in [(Store.newestChanges, 3), (Store.tasksOfChange, 3)] {
      let plan = try connection.all(
        "EXPLAIN QUERY PLAN " + sql,
        read: { $0.text(3) })
      #expect(plan.count >= count - 1)
      #expect(plan.allSatisfy { !$0.contains("SCAN") }, "\(plan)")
    }
  }

  @Test func theTimeIsThatOfTheClock() throws {
    let laptop = try Desk(name: "laptop")
    let desk = try Desk(name: "desk")
    // A clock that is a day ahead.
    desk.pass(milliseconds: 86_400_000)
    try desk.add("Buy milk")
    try desk.seal()
    try laptop.take(desk.bundles())
    let task = try #require(try laptop.only())
    laptop.pass()
    let now = laptop.now
    try laptop.update(task) { try $0.setTitle("Buy oat milk") }
    try laptop.seal()
    let newest = try #require(try log(laptop).first)
    #expect(newest.deviceName == "laptop")
    #expect(newest.at == desk.now.next)
    #expect(newest.madeAt == now)
    #expect(try laptop.store.devices().first?.lastAt == now)
    try desk.take(laptop.bundles())
    #expect(try log(desk).first?.madeAt == now)
  }

  @Test func aChangeSaysWhatItDidToEveryTask() throws {
    let desk = try Desk()
    let old = try desk.add("old")
    let done = try desk.add("done")
    let back = try desk.add("back")
    try desk.delete(back)
    try desk.seal()
    desk.pass()
    try desk.update(done) { $0.setCompleted(true) }
    try desk.update(done) { try $0.addTag("now") }
    try desk.delete(old)
    let passing = try desk.add("passing")
    try desk.update(passing) { try $0.setTitle("in passing") }
    try desk.delete(passing)
    try desk.delete(back)
    try desk.update(back) { try $0.setTitle("here again") }
    try desk.add("new")
    try desk.seal()
    let changes = try log(desk)
    let (tasks, more) = try desk.store.tasks(of: changes[0])
    #expect(more == 0)
    #expect(tasks.map(\.title) == ["done", "old", "in passing", "here again", "new"])
    #expect(tasks.map(\.isNew) == [false, false, true, false, true])
    #expect(tasks.map(\.isDeleted) == [false, true, true, false, false])
    #expect(tasks[0].fields == [.completed: true, .tag("now"): true])
    #expect(tasks[1].fields == [.isDeleted: true])
    #expect(tasks[3].fields == [.title: "here again", .isDeleted: false])

    let first = try desk.store.tasks(of: changes[0], limit: 2)
    #expect(first.tasks.map(\.title) == ["done", "old"])
    #expect(first.more == 3)
    #expect(
      try desk.store.tasks(of: changes[1]).tasks.map(\.title) == ["old", "done", "here again"])
  }

  @Test func whatIsNotCommittedIsCounted() throws {
    let desk = try Desk()
    #expect(try desk.store.countUncommitted() == 0)
    let task = try desk.add("a")
    try desk.update(task) { try $0.setTitle("b") }
    #expect(try desk.store.countUncommitted() == 2)
    #expect(try log(desk).isEmpty)
    try desk.seal()
    #expect(try desk.store.countUncommitted() == 0)
  }

  @Test func aChangeOfALaterVersionIsListed() throws {
    let line = #"{"device":"9f3c5a1e7b00aa11","name":"new","ops":"?","prev":null,"seq":1,"v":2}"#
    var writer = BundleWriter()
    let change = try SealedChange(reading: Array(line.utf8))
    _ = try writer.append(change)
    let desk = try Desk()
    try desk.add("a")
    try desk.seal()
    try desk.take([writer.finish().bytes])
    let changes = try log(desk)
    #expect(changes.map(\.isKnown) == [true, false])
    #expect(changes[1].madeAt == nil)
    #expect(changes[1].deviceName == "new")
    #expect(try desk.store.tasks(of: changes[1]).tasks.isEmpty)
    #expect(try desk.store.operations(of: changes[1]).isEmpty)
    #expect(try desk.store.change(changes[1].id)?.line == Array(line.utf8))
    #expect(try desk.store.sealed(changes[1]).line == Array(line.utf8))
  }

  @Test func changesAreFoundByTheStartOfTheirIds() throws {
    let desk = try Desk()
    for number in 0..<3 {
      try desk.add("\(number)")
      try desk.seal()
    }
    let ids = [
      "abcd" + String(repeating: "0", count: 60), "abcd" + String(repeating: "0", count: 59) + "1",
      "abce" + String(repeating: "f", count: 60),
    ]
    for (index, id) in ids.enumerated() {
      try desk.store.connection.run(
        "UPDATE changes SET id = ?1, short = substr(?1, 1, 16) WHERE key = ?2", .text(id),
        .integer(Int64(index + 1)))
    }
    #expect(try desk.store.change(idPrefix: "abce").id.text == ids[2])
    #expect(try desk.store.change(idPrefix: "ABCE").id.text == ids[2])
    #expect(try desk.store.change(idPrefix: ids[0]).id.text == ids[0])
    #expect(try desk.store.change(idPrefix: ids[1]).id.text == ids[1])
    #expect(try desk.store.changes(idPrefix: "abcd").map(\.id.text) == Array(ids[..<2]))
    #expect(try desk.store.changes(idPrefix: String(ids[0].prefix(63))).count == 2)
    #expect(try desk.store.changes(idPrefix: "abcf").isEmpty)
    #expect(throws: StoreError.self) { try desk.store.change(idPrefix: "abcd") }
    #expect(throws: StoreError.self) { try desk.store.change(idPrefix: "abcf") }
  }
}
