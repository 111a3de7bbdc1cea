import TestSupport
import TasksModel
import Testing

@testable import TasksStore

/// What edits come to together.
@Suite struct DifferenceTests {
  private func differences(_ desk: Desk, _ range: LogRange = .uncommitted) throws -> [String] {
    try desk.store.differences(range).map { difference in
      let fields = difference.fields.map {
        "\($0.field.name): \($0.from?.canonicalText ?? "?") > \($0.to.canonicalText)"
      }
      return (difference.isNew ? "+ " : "* ") + (difference.title ?? "-") + " "
        + fields.joined(separator: ", ")
    }
  }

  private func change(_ outcome: SealOutcome, of desk: Desk) throws -> LoggedChange {
    try desk.store.change(idPrefix: try #require(outcome.changes.last).id.text)
  }

  @Test func whatIsNotCommittedIsShownAsOneEdit() throws {
    let desk = try Desk()
    let milk = try desk.add("Buy milk") { try $0.addTag("shop") }
    let gone = try desk.add("Call Ann")
    try desk.seal()
    #expect(try differences(desk).isEmpty)
    for title in ["Buy oat milk", "Buy soy milk"] {
      desk.pass()
      try desk.update(milk) { try $0.setTitle(title) }
    }
    // There and back.
    try desk.update(milk) { try $0.removeTag("shop") }
    try desk.update(milk) { try $0.addTag("shop") }
    try desk.delete(gone)
    let passing = try desk.add("in passing")
    try desk.delete(passing)
    try desk.add("new")
    #expect(
      try differences(desk) == [
        #"* Buy soy milk title: "Buy milk" > "Buy soy milk""#,
        "* Call Ann is_deleted: false > true",
        #"+ in passing is_deleted: false > true, title: null > "in passing""#,
        #"+ new title: null > "new""#,
      ])
    try desk.seal()
    #expect(try differences(desk).isEmpty)
  }

  @Test func editsThatComeToNothingAreLeftOut() throws {
    let desk = try Desk()
    let task = try desk.add("a")
    try desk.seal()
    desk.pass()
    try desk.update(task) { try $0.setTitle("b") }
    try desk.delete(task)
    _ = try desk.store.undo(at: desk.now)
    _ = try desk.store.undo(at: desk.now)
    #expect(try desk.store.countUncommitted() == 4)
    #expect(try differences(desk).isEmpty)
  }

  @Test func aStretchOfTheLogIsShownAsOneEdit() throws {
    let laptop = try Desk(name: "laptop")
    let desk = try Desk(name: "desk")
    let task = try laptop.add("one")
    let first = try change(laptop.seal(), of: laptop)
    try desk.take(laptop.bundles())
    desk.pass()
    try desk.update(try #require(try desk.only())) { try $0.setTitle("two") }
    let second = try change(desk.seal(), of: desk)
    try laptop.take(desk.bundles())
    laptop.pass(milliseconds: 5000)
    try laptop.update(task) { try $0.setTitle("three") }
    let third = try change(laptop.seal(), of: laptop)
    try laptop.update(task) { try $0.setTitle("four") }
    func between(_ after: LoggedChange?, _ through: LoggedChange?) throws -> [String] {
      try differences(laptop, .changes(after: after, through: through))
    }
    #expect(try between(first, second) == [#"* four title: "one" > "two""#])
    #expect(try between(first, third) == [#"* four title: "one" > "three""#])
    #expect(try between(first, nil) == [#"* four title: "one" > "four""#])
    #expect(try between(nil, second) == [#"+ four title: null > "two""#])
    #expect(try between(third, nil) == differences(laptop))
    #expect(try between(third, first).isEmpty)
    #expect(try between(second, second).isEmpty)
  }

  /// From the beginning to the end every field comes to the value that the task shows.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func allOfTheLogComesToWhatIsShown(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let desks = [try Desk(name: "laptop"), try Desk(name: "desk")]
    for _ in 0..<80 {
      let desk = desks[Int.random(in: 0..<2, using: &random)]
      desk.pass(milliseconds: Int64.random(in: 0...3000, using: &random))
      let tasks = try desk.store.connection.all(
        "SELECT key FROM tasks ORDER BY id", read: { TaskKey(rawValue: $0.integer(0)) })
      switch Int.random(in: 0..<10, using: &random) {
      case 0, 1: try desk.add("task \(tasks.count)")
      case 2:
        try desk.seal()
        for other in desks where other !== desk { try other.take(desk.bundles()) }
      case 3: if let task = tasks.randomElement(using: &random) { try desk.delete(task) }
      default:
        guard let task = tasks.randomElement(using: &random) else { continue }
        let number = Int.random(in: 0..<4, using: &random)
        try desk.update(task) { edits in
          if number == 0 { edits.setCompleted(Bool.random(using: &random)) }
          if number == 1 { try edits.setProject("p\(Int.random(in: 0..<3, using: &random))") }
          if number > 1 { try edits.setTitle("title \(Int.random(in: 0..<3, using: &random))") }
        }
      }
    }
    for desk in desks {
      var expected: Set<String> = []
      try desk.store.connection.each(
        "SELECT tasks.id, field, value FROM writes JOIN tasks ON tasks.key = task WHERE wins"
      ) { row in
        let field = Field(row.text(1))
        if row.text(2) == field.absentValue.canonicalText { return }
        expected.insert("\(row.text(0)) \(field.name) \(row.text(2))")
      }
      let found = try desk.store.differences(.changes(after: nil, through: nil))
        .flatMap { task in
          task.fields.map { "\(task.task.text) \($0.field.name) \($0.to.canonicalText)" }
        }
      #expect(Set(found) == expected, "seed \(seed)")
    }
  }
}
