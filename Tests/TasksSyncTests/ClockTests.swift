import RemoteSupport
import TasksModel
import TasksRemote
import TasksStore
import TasksSync
import Testing

/// Clocks that are wrong.
@Suite struct ClockTests {
  private let rig: Rig
  private let laptop: Device

  init() throws {
    rig = try Rig()
    laptop = try rig.device("laptop")
    laptop.serverNow = laptop.now
  }

  /// Where this device's clock is, so many minutes after the server's.
  private func beAhead(_ device: Device, minutes: Int64) {
    device.serverNow = Device.start.adding(milliseconds: 10_000)
    device.now = Device.start.adding(milliseconds: minutes * 60_000)
  }

  @Test func aDeviceWhoseClockIsAheadSendsNothing() throws {
    try laptop.add("a")
    try laptop.push()
    beAhead(laptop, minutes: 6)
    try laptop.add("b")
    for _ in 1...2 { #expect(try failing { try laptop.push() } == .clockAhead) }
    #expect(try failing { try laptop.sync() } == .clockAhead)
    #expect(rig.place.changes().count == 1)
    #expect(try laptop.queue().count == 1)
    #expect(rig.place.names().filter { $0.hasPrefix(".") } == [])
  }

  @Test func itIsSeenOnTheFirstPushToo() throws {
    beAhead(laptop, minutes: 6)
    try laptop.add("a")
    #expect(try failing { try laptop.push() } == .clockAhead)
    #expect(rig.place.names() == [])
    #expect(try failing { try laptop.push() } == .clockAhead)
  }

  @Test func aPersonMaySendItAllTheSame() throws {
    beAhead(laptop, minutes: 60)
    try laptop.add("a")
    #expect(try laptop.push { $0.allowsFuture = true }.sent.changes == 1)
    try laptop.push()
  }

  @Test func aFewMinutesAreNothing() throws {
    beAhead(laptop, minutes: 5)
    try laptop.add("a")
    #expect(try laptop.push().sent.changes == 1)
  }

  @Test func aClockThatIsBehindIsNoneOfTheServersBusiness() throws {
    laptop.now = Instant(milliseconds: 1000)
    try laptop.add("a")
    #expect(try laptop.push().sent.changes == 1)
  }

  @Test func theClockOfAnotherDeviceStopsNobody() throws {
    let desk = try rig.device("desk")
    beAhead(desk, minutes: 60)
    try desk.add("a")
    try laptop.take(from: desk)
    #expect(try laptop.push().sent.changes == 1)
  }

  @Test func editsThatLieInTheFutureCountAndAreTold() throws {
    let desk = try rig.device("desk")
    beAhead(desk, minutes: 60)
    try desk.add("a", "b")
    try desk.push { $0.allowsFuture = true }
    try laptop.pull()
    #expect(laptop.report.future.map(\.name) == ["desk"])
    #expect(laptop.report.future.map(\.count) == [2])
    #expect(try laptop.titles() == ["a", "b"])
    try laptop.pull()
    #expect(laptop.report.future.isEmpty)
  }

  /// Such an edit lies in the future, too, but the clock behind it does not.
  @Test func whoReplacesAnEditFromTheFutureIsNotSaidToBeThere() throws {
    let desk = try rig.device("desk")
    beAhead(laptop, minutes: 60)
    try laptop.add("a")
    try laptop.push { $0.allowsFuture = true }
    try desk.pull()
    #expect(desk.report.future.map(\.name) == ["laptop"])
    try desk.rename("a", to: "b")
    try desk.push()
    laptop.now = Device.start
    try laptop.pull()
    #expect(laptop.report.future.isEmpty)
    #expect(try laptop.titles() == ["b"])
  }

  @Test func whatLiesInTheFutureIsToldThoughAnotherTryWasNeeded() throws {
    let desk = try rig.device("desk")
    beAhead(desk, minutes: 60)
    for number in 0..<20 { try desk.add("\(number)") }
    try desk.push {
      $0.allowsFuture = true
      $0.batch = 1
    }
    laptop.disturb = { wire, attempt in if attempt == 1 { wire.faults.failingCall = 20 } }
    try laptop.pull()
    #expect(laptop.wires.count == 2)
    #expect(laptop.report.future.map(\.count) == [20])
  }
}
