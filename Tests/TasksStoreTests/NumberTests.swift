import Testing
import TasksModel

@testable import TasksStore

@Suite struct NumberTests {
  private let day: Int64 = 24 * 60 * 60 * 1000

  private func complete(_ task: TaskKey, _ desk: Desk) throws {
    try desk.update(task) { $0.setCompleted(true) }
  }

  @Test func aClosedTaskKeepsItsNumberForADay() throws {
    let desk = try Desk()
    let first = try desk.add("one")
    try desk.add("two")
    try complete(first, desk)
    #expect(try desk.record(try desk.add("three")).number == 3)
    desk.pass(milliseconds: day - 1)
    #expect(try desk.record(try desk.add("four")).number == 4)
    #expect(try desk.record(first).number == 1)
    desk.pass(milliseconds: 2)
    #expect(try desk.record(try desk.add("five")).number == 1)
    #expect(try desk.record(first).number == nil)
  }

  @Test func theLowestFreeNumberIsTaken() throws {
    let desk = try Desk()
    let tasks = try (1...6).map { try desk.add("task \($0)") }
    for place in [4, 1, 2] { try complete(tasks[place], desk) }
    desk.pass(milliseconds: day + 1)
    let numbers = try (1...4).map { _ in try desk.record(try desk.add("new")).number }
    #expect(numbers == [2, 3, 5, 7])
  }

  @Test func aTaskThatIsReopenedLateGetsANewNumber() throws {
    let desk = try Desk()
    let first = try desk.add("one")
    try complete(first, desk)
    desk.pass(milliseconds: day + 1)
    try desk.add("two")
    try desk.update(first) { $0.setCompleted(false) }
    #expect(try desk.record(first).number == 2)
  }

  @Test func aNumberThatSomebodyMadeUpIsNoCrash() throws {
    let desk = try Desk()
    try desk.add("one")
    try desk.store.connection.execute("UPDATE tasks SET number = 9223372036854775807")
    #expect(throws: StoreError.self) { try desk.add("two") }
  }

  @Test func deletedTasksFreeTheirNumbersToo() throws {
    let desk = try Desk()
    try desk.delete(try desk.add("one"))
    desk.pass(milliseconds: day + 1)
    #expect(try desk.record(try desk.add("two")).number == 1)
  }
}
