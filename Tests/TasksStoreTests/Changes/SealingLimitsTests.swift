import TasksFormat
import TasksModel
import Testing

@testable import TasksStore

/// Edits that say very much.
@Suite struct SealingLimitsTests {
  @Test func anEditThatReplacesVeryManyWritesCanBeSealed() throws {
    let laptop = try Desk(name: "laptop")
    let desk = try Desk(name: "desk")
    let milk = try laptop.add("Buy milk")
    try laptop.seal()
    try desk.take(laptop.bundles())
    let id = try laptop.record(milk).id
    let stranger = try #require(DeviceID("00000000000000aa"))
    var previous: ChangeID?
    var writer = BundleWriter()
    for sequence in 1...25 {
      let change = try SealedChange(
        sealing: Change(
          device: stranger, name: "stranger", sequence: sequence, previous: previous, note: nil,
          operations: (0..<1000).map { place in
            Operation(
              task: id, kind: "update", at: Instant(milliseconds: Int64(sequence * 1000 + place)),
              clock: nil, over: [], fields: [])
          }))
      previous = change.id
      _ = try writer.append(change)
    }
    try laptop.take([try writer.finish().bytes])
    laptop.pass()
    try laptop.update(milk) { $0.setCompleted(true) }
    #expect(
      try laptop.store.connection.first(
        "SELECT count(*) FROM writes WHERE field = 'is_deleted'", read: { $0.integer(0) }) == 1)
    #expect(try laptop.seal().operations == 3)
    try desk.take(laptop.bundles())
    #expect(try desk.state() == laptop.state())
  }

  @Test func whatFitsIntoNoChangeIsRefusedWhenItIsEdited() throws {
    let desk = try Desk()
    #expect(throws: StoreError.self) {
      try desk.add("Too much") { edits in
        for number in 0..<12_000 {
          try edits.addTag("\(number)" + String(repeating: "x", count: 80))
        }
      }
    }
    try desk.add("Buy milk")
    #expect(try desk.seal().operations == 1)
  }
}
