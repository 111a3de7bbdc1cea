import TasksModel
import Testing

@testable import TasksStore

/// Conflicts that people end by choosing.
@Suite struct ResolvingTests {
  @Test func whatOneTakesEndsTheConflictEverywhere() throws {
    let pair = try Pair()
    let conflict = try pair.disagreeOnTitle()
    #expect(conflict.shortID == String(conflict.id.prefix(8)))
    try pair.laptop.choose(conflict.shortID)
    #expect(try pair.laptop.record(pair.here).title == "Buy oat milk")
    #expect(try pair.laptop.store.conflicts().isEmpty)
    try pair.meet()
    #expect(try pair.desk.store.conflicts().isEmpty)
    let ended = try #require(try pair.desk.store.conflicts(all: true).first)
    #expect(ended.id == conflict.id)
    #expect(ended.ending?.value == "Buy oat milk")
    #expect(ended.ending?.deviceName == "laptop")
    #expect(ended.winner.value == "Buy soy milk")
  }

  @Test func whatOneKeepsEndsTheConflictEverywhere() throws {
    let pair = try Pair()
    let conflict = try pair.disagreeOnTitle()
    try pair.laptop.choose(conflict.id) { $0.winner.value }
    #expect(try pair.laptop.store.conflicts().isEmpty, "keeping is a write, though nothing changes")
    try pair.meet()
    #expect(try pair.desk.store.conflicts().isEmpty)
    #expect(try pair.desk.record(pair.there).title == "Buy soy milk")
  }

  @Test func bothMayChooseAndThatIsANewConflictOrNone() throws {
    let pair = try Pair()
    let conflict = try pair.disagreeOnTitle()
    try pair.laptop.choose(conflict.id)
    try pair.desk.choose(conflict.id) { $0.winner.value }
    try pair.meet()
    let next = try #require(try pair.laptop.store.conflicts().first)
    #expect(next.id != conflict.id)
    try pair.laptop.choose(next.id) { _ in "Buy oat milk" }
    try pair.desk.choose(next.id) { _ in "Buy oat milk" }
    try pair.meet()
    #expect(try pair.laptop.store.conflicts().isEmpty)
  }

  @Test func anEndedConflictIsRefused() throws {
    let pair = try Pair()
    let conflict = try pair.disagreeOnTitle()
    try pair.laptop.choose(conflict.id)
    #expect {
      try pair.laptop.choose(conflict.id)
    } throws: { error in
      guard case StoreError.endedConflict(let ended, since: nil) = error else { return false }
      return ended.id == conflict.id && ended.ending?.value == "Buy oat milk"
    }
  }

  @Test func aConflictThatGrewIsRefused() throws {
    let pair = try Pair()
    let phone = try Desk(name: "phone")
    try phone.take(pair.laptop.bundles())
    let conflict = try pair.disagreeOnTitle()
    phone.pass(milliseconds: 9000)
    try phone.update(try #require(try phone.only())) { try $0.setTitle("Buy rice milk") }
    try phone.seal()
    try pair.laptop.take(phone.bundles())
    let grown = try #require(try pair.laptop.store.conflicts().first)
    #expect(grown.losers.map(\.value) == ["Buy soy milk", "Buy oat milk"], "the latest first")
    #expect {
      try pair.laptop.choose(conflict.id)
    } throws: { error in
      guard case StoreError.endedConflict(_, let since?) = error else { return false }
      return since.id == grown.id
    }
    #expect(try pair.laptop.record(pair.here).title == "Buy rice milk", "nothing was written")
    try pair.laptop.choose(grown.id) { $0.losers[1].value }
    try phone.take(pair.desk.bundles())
    try pair.meet()
    #expect(try pair.desk.store.conflicts().isEmpty)
    #expect(try pair.desk.record(pair.there).title == "Buy oat milk")
  }

  @Test func anIDMustBeKnown() throws {
    let pair = try Pair()
    _ = try pair.disagreeOnTitle()
    #expect {
      try pair.laptop.choose("0123")
    } throws: { error in
      if case StoreError.noSuchConflict("0123") = error { true } else { false }
    }
  }

  @Test func anIDThatBeginsLikeAnotherIsAmbiguous() throws {
    let pair = try Pair()
    try pair.disagree(
      {
        try $0.setTitle("a")
        $0.setPriority(.high)
      },
      {
        try $0.setTitle("b")
        $0.setPriority(.low)
      })
    #expect(throws: StoreError.self) { try pair.laptop.choose("") }
    // Of conflicts that begin alike more digits are shown, and the open one is meant.
    let connection = pair.laptop.store.connection
    try connection.run(
      """
      INSERT INTO conflicts (id, task, field, sides, found_at, ended_at)
      SELECT substr(id, 1, 10) || iif(substr(id, 11, 1) = '0', '111111', '000000'), task, field,
        sides, found_at, 1
      FROM conflicts
      """)
    let conflict = try #require(try pair.laptop.store.conflicts().first)
    #expect(conflict.shortID == String(conflict.id.prefix(11)))
    try pair.laptop.choose(String(conflict.id.prefix(8)))
    #expect(try pair.laptop.store.conflicts().count == 1)
  }

  @Test func aTitleNeverBecomesNothing() throws {
    let pair = try Pair()
    try pair.disagree({ $0.set(.title, to: .null) }, { try $0.setTitle("Buy soy milk") })
    let conflict = try #require(try pair.laptop.store.conflicts().first)
    #expect {
      try pair.laptop.choose(conflict.id)
    } throws: { error in
      if case StoreError.noTitle = error { true } else { false }
    }
    #expect(try pair.laptop.record(pair.here).title == "Buy soy milk")
    #expect(try pair.laptop.store.conflicts().count == 1)
  }

  @Test func valuesOfEveryKindCanBeTaken() throws {
    let pair = try Pair {
      try $0.addTag("shop")
      $0.setPriority(.low)
    }
    try pair.disagree(
      {
        try $0.removeTag("shop")
        $0.setCompleted(true)
        $0.setPriority(nil)
        $0.set(Field("later"), to: ["a": 1])
      },
      {
        $0.set(.tag("shop"), to: "x")
        $0.set(.completed, to: 7)
        $0.setPriority(.high)
        $0.set(Field("later"), to: .null)
      })
    for conflict in try pair.laptop.store.conflicts() { try pair.laptop.choose(conflict.id) }
    try pair.meet()
    #expect(try pair.desk.store.conflicts().isEmpty)
    let task = try pair.desk.record(pair.there)
    #expect(task.tags.isEmpty && task.isCompleted && task.priority == nil)
    #expect(task.otherFields.first?.value == ["a": 1])
  }

  @Test func aResolutionCanBeUndone() throws {
    let pair = try Pair()
    let conflict = try pair.disagreeOnTitle()
    try pair.laptop.choose(conflict.id)
    pair.laptop.pass()
    let undone = try pair.laptop.store.undo(at: pair.laptop.now)
    #expect(undone.isChanged && undone.name == "conflicts take")
    #expect(try pair.laptop.record(pair.here).title == "Buy soy milk")
    try pair.meet()
    #expect(try pair.desk.store.conflicts().isEmpty, "the conflict stays ended")
  }

  /// Which of two writes of one moment is shown, their devices decide; undoing brings back that one.
  @Test(arguments: 0..<8) func aResolutionOfATieCanBeUndone(_: Int) throws {
    let pair = try Pair()
    pair.desk.now = pair.laptop.now
    try pair.laptop.update(pair.here) { try $0.setTitle("Buy oat milk") }
    try pair.desk.update(pair.there) { try $0.setTitle("Buy soy milk") }
    try pair.meet()
    let shown = try pair.laptop.record(pair.here).title
    let conflict = try #require(try pair.laptop.store.conflicts().first)
    try pair.laptop.choose(conflict.id)
    #expect(try pair.laptop.record(pair.here).title != shown)
    _ = try pair.laptop.store.undo(at: pair.laptop.now)
    #expect(try pair.laptop.record(pair.here).title == shown)
  }
}
