import TasksFormat
import TasksModel
import Testing

@testable import TasksStore

/// The life of one task: who did what, and from what to what.
@Suite struct TaskLifeTests {
  private func life(_ task: TaskKey, of desk: Desk, limit: Int? = nil) throws -> [LoggedOperation] {
    var operations: [LoggedOperation] = []
    try desk.store.forEachOperation(on: task, limit: limit) { operations.append($0) }
    return operations
  }

  /// The fields of an operation as text: `title: "a" > "b"`.
  private func fields(_ operation: LoggedOperation) -> [String] {
    operation.fields.map {
      "\($0.field.name): \($0.from?.canonicalText ?? "?") > \($0.to.canonicalText)"
    }
  }

  @Test func everyOperationSaysWhatWasThereBefore() throws {
    let desk = try Desk(name: "desk")
    let task = try desk.add("Buy milk") { try $0.addTag("shop") }
    desk.pass()
    try desk.update(task) {
      try $0.setTitle("Buy oat milk")
      try $0.removeTag("shop")
    }
    try desk.seal()
    desk.pass()
    try desk.update(task) { $0.setCompleted(true) }
    desk.pass()
    try desk.delete(task)
    desk.pass()
    try desk.update(task) { try $0.setTitle("Buy soy milk") }

    let life = try life(task, of: desk)
    #expect(life.map(\.kind) == ["update", "delete", "update", "update", "create"])
    #expect(life.map { $0.change == nil } == [true, true, true, false, false])
    #expect(life.map(\.deviceName) == [nil, nil, nil, "desk", "desk"])
    #expect(
      life.map(fields) == [
        // That the task is there again is said, though the edit did not say it.
        [#"is_deleted: true > false"#, #"title: "Buy oat milk" > "Buy soy milk""#],
        ["is_deleted: false > true"],
        ["completed: false > true"],
        ["tag:shop: true > null", #"title: "Buy milk" > "Buy oat milk""#],
        ["tag:shop: null > true", #"title: null > "Buy milk""#],
      ])
    #expect(try self.life(task, of: desk, limit: 2).map(fields) == life.prefix(2).map(fields))
  }

  @Test func ofSeveralReplacedValuesTheGreatestCounts() throws {
    let laptop = try Desk(name: "laptop")
    let desk = try Desk(name: "desk")
    try laptop.add("Buy milk")
    try laptop.seal()
    try desk.take(laptop.bundles())
    let here = try #require(try laptop.only())
    let there = try #require(try desk.only())
    laptop.pass()
    try laptop.update(here) { try $0.setTitle("Buy oat milk") }
    desk.pass(milliseconds: 5000)
    try desk.update(there) { try $0.setTitle("Buy soy milk") }
    try laptop.seal()
    try desk.seal()
    try laptop.take(desk.bundles())
    laptop.pass()
    try laptop.update(here) { try $0.setTitle("Buy rice milk") }
    try laptop.seal()
    try desk.take(laptop.bundles())
    for (desk, task) in [(laptop, here), (desk, there)] {
      let life = try life(task, of: desk)
      #expect(life.map(\.deviceName) == ["laptop", "desk", "laptop", "laptop"])
      #expect(
        life.flatMap(fields) == [
          #"title: "Buy soy milk" > "Buy rice milk""#, #"title: "Buy milk" > "Buy soy milk""#,
          #"title: "Buy milk" > "Buy oat milk""#, #"title: null > "Buy milk""#,
        ])
    }
  }

  @Test func aValueThatArrivesLateIsFoundThen() throws {
    let laptop = try Desk(name: "laptop")
    let desk = try Desk(name: "desk")
    let task = try laptop.add("Buy milk")
    try laptop.seal()
    laptop.pass()
    try laptop.update(task) { try $0.setTitle("Buy oat milk") }
    try laptop.seal()
    let bundles = try laptop.bundles()
    try desk.take([bundles[1]])
    let there = try #require(try desk.only())
    #expect(try life(there, of: desk).map(fields) == [[#"title: ? > "Buy oat milk""#]])
    try desk.take([bundles[0]])
    #expect(try life(there, of: desk).map(fields) == life(task, of: laptop).map(fields))
    #expect(try life(there, of: desk).first.map(fields) == [#"title: "Buy milk" > "Buy oat milk""#])
  }

  @Test func aChangeHasItsOperationsWithWhatTheyReplaced() throws {
    let desk = try Desk()
    let task = try desk.add("a")
    try desk.add("b")
    try desk.update(task) { try $0.setTitle("c") }
    let id = try #require(try desk.seal().changes.first?.id)
    let change = try desk.store.change(idPrefix: id.text)
    let operations = try desk.store.operations(of: change)
    #expect(operations.map(\.place) == [0, 1, 2])
    #expect(operations.map { fields($0.operation) }[2] == [#"title: "a" > "c""#])
    let sealed = try #require(try desk.store.change(id))
    #expect(sealed.change.operations.map(\.task) == operations.map(\.operation.task))
    #expect(try desk.store.bundlePath(of: change).hasSuffix(".tasks"))
  }
}
