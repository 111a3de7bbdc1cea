import RemoteSupport
import TasksModel
import TasksRemote
import TasksStore
import TasksSync
import Testing

/// Connections that are cut, at each call in turn.
@Suite struct InterruptionTests {
  private static let cut = RemoteError.ended(ServerEnding(ending: nil, hadAnswered: true))

  /// Sends five bundles over a connection that fails, then over good ones, and says how many calls the first took.
  private func push(failingAt call: Int?, afterTheFact: Bool) throws -> Int {
    let rig = try Rig()
    let laptop = try rig.device("laptop")
    for number in 0..<5 { try laptop.add("task \(number)") }
    laptop.disturb = { wire, _ in
      wire.faults.failingCall = call
      wire.faults.afterTheFact = afterTheFact
    }
    let failure = try failing { try laptop.push { $0.batch = 1 } }
    let calls = laptop.wires.first?.calls ?? 0
    guard call != nil else {
      #expect(failure == nil)
      return calls
    }
    guard failure != nil else { return calls }
    #expect(failure == .remote(Self.cut, attempts: 3))
    let through = rig.place.bundleNames().count
    #expect(laptop.report.sent.changes <= through)
    laptop.disturb = { _, _ in }
    let rest = try laptop.push { $0.batch = 1 }
    // What got through before is not sent again.
    #expect(rest.sent.changes == 5 - through)
    #expect(rig.place.bundleNames().count == 5)
    #expect(try laptop.queue() == [])
    #expect(rig.place.names().filter { $0.hasPrefix(".") } == [])
    return calls
  }

  @Test(arguments: [false, true])
  func whatGotThroughAPushStaysWhereverItIsCut(afterTheFact: Bool) throws {
    let calls = try push(failingAt: nil, afterTheFact: false)
    #expect(calls >= 8)
    for call in 1...calls { _ = try push(failingAt: call, afterTheFact: afterTheFact) }
  }

  private func pull(failingAt call: Int?, afterTheFact: Bool) throws -> Int {
    let rig = try Rig()
    let laptop = try rig.device("laptop")
    for number in 0..<5 { try laptop.add("task \(number)") }
    try laptop.push { $0.batch = 1 }
    let desk = try rig.device("desk")
    desk.disturb = { wire, _ in
      wire.faults.failingCall = call
      wire.faults.afterTheFact = afterTheFact
    }
    let failure = try failing { try desk.pull() }
    let calls = desk.wires.first?.calls ?? 0
    guard call != nil, failure != nil else { return calls }
    #expect(failure == .remote(Self.cut, attempts: 3))
    let through = try desk.changes().count
    #expect(through == desk.report.received.changes)
    desk.disturb = { _, _ in }
    #expect(try desk.pull().received.changes == 5 - through)
    #expect(try desk.changes() == laptop.changes())
    return calls
  }

  @Test(arguments: [false, true])
  func whatGotThroughAPullStaysWhereverItIsCut(afterTheFact: Bool) throws {
    let calls = try pull(failingAt: nil, afterTheFact: false)
    #expect(calls >= 6)
    for call in 1...calls { _ = try pull(failingAt: call, afterTheFact: afterTheFact) }
  }

  @Test func aTryThatSucceedsAfterOthersIsASuccess() throws {
    let rig = try Rig()
    let laptop = try rig.device("laptop")
    try laptop.add("a", "b", "c")
    laptop.disturb = { wire, attempt in
      if attempt < 3 { wire.faults.failingCall = attempt == 1 ? 6 : 3 }
    }
    let report = try laptop.push { $0.batch = 1 }
    #expect(report.sent.changes == 3)
    #expect(laptop.wires.count == 3)
    #expect(try laptop.queue() == [])
  }

  @Test func itPausesASecondAndThenTwoWithSomeJitter() throws {
    let rig = try Rig()
    let laptop = try rig.device("laptop")
    try laptop.add("a")
    laptop.disturb = { wire, _ in wire.faults.failingCall = 1 }
    var first: Set<Int> = []
    for _ in 1...8 {
      #expect(try failing { try laptop.push() } == .remote(Self.cut, attempts: 3))
      #expect(laptop.pauses.count == 2)
      #expect((1000...1500).contains(laptop.pauses[0]))
      #expect((2000...3000).contains(laptop.pauses[1]))
      first.insert(laptop.pauses[0])
    }
    #expect(first.count > 1)
  }

  @Test func whatDoesNotPassByItselfIsNotTriedAgain() throws {
    let rig = try Rig()
    let laptop = try rig.device("laptop")
    try laptop.add("a")
    laptop.disturb = { wire, _ in
      wire.faults.failingCall = 1
      wire.faults.error = .refused("there")
    }
    #expect(try failing { try laptop.push() } == .remote(.refused("there"), attempts: 1))
    #expect(laptop.pauses == [])
  }

  @Test func whatIsToBeSentHasFailedAfterThreeTriesUntilItGetsThrough() throws {
    let rig = try Rig()
    let laptop = try rig.device("laptop")
    try laptop.add("a")
    laptop.disturb = { wire, _ in wire.faults.failingCall = 1 }
    #expect(try laptop.queue() == ["pending 0"])
    #expect(try failing { try laptop.push() } != nil)
    #expect(try laptop.queue() == ["failed 3"])
    #expect(try laptop.store.counts().failed == 1)
    #expect(try laptop.store.remote(nil)?.lastError != nil)
    laptop.disturb = { _, _ in }
    try laptop.push()
    #expect(try laptop.queue() == [])
    #expect(try laptop.store.counts().synced == 1)
    #expect(try laptop.store.remote(nil)?.lastError == nil)
  }

  @Test func aFailedPullSaysNothingOfWhatIsToBeSent() throws {
    let rig = try Rig()
    let laptop = try rig.device("laptop")
    try laptop.add("a")
    laptop.disturb = { wire, _ in wire.faults.failingCall = 1 }
    #expect(try failing { try laptop.pull() } != nil)
    #expect(try laptop.queue() == ["pending 0"])
  }
}
