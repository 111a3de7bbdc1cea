import TasksFormat
import TasksModel
import Testing

@testable import TasksStore

/// Desks that give each other bundles.
@Suite struct ExchangeTests {
  @Test func whatIsSealedHereIsTheSameThere() throws {
    let laptop = try Desk(name: "laptop")
    let desk = try Desk(name: "desk")
    let milk = try laptop.add("Buy milk") { try $0.addTag("shop") }
    laptop.pass()
    try laptop.update(milk) { $0.setCompleted(true) }

    #expect(try laptop.seal().operations == 2)
    #expect(try laptop.store.counts().uncommitted == 0)
    let intake = try desk.take(laptop.bundles())
    #expect(intake.count == 1)
    #expect(intake.conflicts.isEmpty)
    #expect(try desk.state() == laptop.state())
    #expect(try desk.take(laptop.bundles()).count == 0)
  }

  @Test func nothingToSealSealsNothing() throws {
    let laptop = try Desk(name: "laptop")
    #expect(try laptop.seal().changes.isEmpty)
    try laptop.add("Buy milk")
    #expect(try laptop.seal().changes.map(\.sequence) == [1])
    #expect(try laptop.seal().changes.isEmpty)
    try laptop.add("Buy bread")
    #expect(try laptop.seal().changes.map(\.sequence) == [2])
  }

  @Test func valuesWrittenWithoutKnowingOfEachOtherAreAConflictEverywhere() throws {
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
    let found = try laptop.take(desk.bundles())
    #expect(found.conflicts.count == 1)
    try desk.take(laptop.bundles())
    #expect(try laptop.state() == desk.state())
    #expect(try laptop.record(here).title == "Buy soy milk")

    let conflict = try #require(try laptop.store.conflicts().first)
    #expect(try desk.store.conflicts().map(\.id) == [conflict.id])
    #expect(conflict.winner.value == "Buy soy milk")
    #expect(conflict.losers.map(\.value) == ["Buy oat milk"])
    #expect(conflict.losers.first?.deviceName == "laptop")

    // An edit by somebody who sees both ends it everywhere.
    try laptop.update(here) { try $0.setTitle("Buy oat milk") }
    #expect(try laptop.store.conflicts().isEmpty)
    try laptop.seal()
    try desk.take(laptop.bundles())
    #expect(try desk.store.conflicts().isEmpty)
    #expect(try desk.store.conflicts(all: true).first?.ending?.value == "Buy oat milk")
    #expect(try desk.state() == laptop.state())
  }

  @Test func aWriteThatWasReplacedBeforeItCameIsDroppedWhenItComes() throws {
    let laptop = try Desk(name: "laptop")
    let desk = try Desk(name: "desk")
    let milk = try laptop.add("Buy milk")
    try laptop.seal()
    laptop.pass()
    try laptop.update(milk) { try $0.setTitle("Buy oat milk") }
    try laptop.seal()
    let bundles = try laptop.bundles()
    #expect(bundles.count == 2)

    try desk.take([bundles[1]])
    #expect(try desk.store.missing().gaps.map(\.numbers) == [1...1])
    #expect(try desk.store.missing().count == 1)
    try desk.take([bundles[0]])
    #expect(try desk.store.missing().count == 0)
    #expect(try desk.state() == laptop.state())
    #expect(try desk.store.conflicts(all: true).isEmpty)
  }

  @Test func deletingAgainstEditingIsAConflict() throws {
    let laptop = try Desk(name: "laptop")
    let desk = try Desk(name: "desk")
    try laptop.add("Buy milk")
    try laptop.seal()
    try desk.take(laptop.bundles())
    desk.pass()
    try desk.delete(try #require(try desk.only()))
    laptop.pass(milliseconds: 9000)
    try laptop.update(try #require(try laptop.only())) { $0.setPriority(.high) }
    try laptop.seal()
    try desk.seal()
    try laptop.take(desk.bundles())
    try desk.take(laptop.bundles())
    #expect(try laptop.state() == desk.state())
    #expect(try laptop.store.conflicts().map(\.field) == [.isDeleted])
    #expect(try laptop.record(try #require(try laptop.only())).isDeleted == false)
  }

  /// A large one is read by a thread of its own.
  @Test(arguments: [1, 13]) func aBundleThatIsBadAtItsEndChangesNothing(length: Int) throws {
    let laptop = try Desk(name: "laptop")
    let desk = try Desk(name: "desk")
    for _ in 0..<300 {
      try laptop.add((0..<length).map { _ in TaskID.random().text }.joined(separator: " "))
    }
    try laptop.seal()
    let sound = try #require(try laptop.bundles().first)
    var bytes = sound
    bytes[bytes.count - 1] ^= 1
    #expect(throws: FormatError.self) { try desk.store.takeIn(bytes, at: desk.now) }
    #expect(try desk.store.counts().open == 0)
    #expect(try desk.store.devices().count == 1)
    let taken = try desk.store.takeIn(2, at: desk.now) { IncomingBundle([bytes, sound][$0]) }
    #expect(taken.failures.map(\.index) == [0])
    #expect(try desk.state() == laptop.state())
  }

  @Test func changesThatStandBeforeThoseTheyReplaceDoTheSame() throws {
    let laptop = try Desk(name: "laptop")
    let milk = try laptop.add("Buy milk")
    for title in ["Buy oat milk", "Buy soy milk", "Buy almond milk"] {
      try laptop.seal()
      laptop.pass()
      try laptop.update(milk) { try $0.setTitle(title) }
    }
    try laptop.seal()
    var changes: [SealedChange] = []
    for bundle in try laptop.bundles() {
      var reader = try Bundle(bundle).changes()
      while let change = try reader.next() { changes.append(change) }
    }
    #expect(changes.count == 4)
    for order in [[3, 2, 1, 0], [2, 3, 0, 1], [1, 3, 2, 0]] {
      let desk = try Desk(name: "desk")
      var writer = BundleWriter()
      for place in order { _ = try writer.append(changes[place]) }
      try desk.take([writer.finish().bytes])
      #expect(try desk.state() == laptop.state())
      #expect(try desk.store.conflicts(all: true).isEmpty)
      #expect(try desk.store.missing().count == 0)
    }
  }

  @Test func whatComesInBetweenBeginsANewChange() throws {
    let laptop = try Desk(name: "laptop")
    let desk = try Desk(name: "desk")
    try laptop.add("Buy milk")
    try desk.add("Buy bread")
    try desk.seal()
    try laptop.take(desk.bundles())
    try laptop.add("Buy butter")
    let outcome = try laptop.seal()
    #expect(outcome.changes.map(\.operations) == [1, 1])
    try desk.take(laptop.bundles())
    #expect(try desk.state() == laptop.state())
  }

  @Test func aLargeCommitBecomesSeveralChanges() throws {
    let laptop = try Desk(name: "laptop")
    let desk = try Desk(name: "desk")
    let text = String(repeating: "x", count: 60_000)
    try laptop.store.edit("add", at: laptop.now) { editor in
      for number in 0..<2500 {
        var edits = Edits()
        try edits.setTitle("Task \(number)")
        if number % 100 == 0 { try edits.setDescription(text) }
        try editor.create(edits)
      }
    }
    let outcome = try laptop.seal()
    #expect(outcome.changes.count >= 3)
    #expect(outcome.operations == 2500)
    try desk.take(laptop.bundles())
    #expect(try desk.state() == laptop.state())
  }
}
