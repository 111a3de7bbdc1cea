import Testing

@testable import TasksServer

/// When the server syncs.
@Suite struct SyncScheduleTests {
  private func schedule() -> SyncSchedule {
    var schedule = SyncSchedule(now: 0, interval: 300_000)
    schedule.began()
    schedule.succeeded(at: 0)
    return schedule
  }

  @Test func itSyncsAtTheStart() {
    #expect(SyncSchedule(now: 7, interval: 300_000).due == 7)
  }

  @Test func anEditIsSentSoonAndMoreOfThemDoNotDelayIt() {
    var schedule = schedule()
    schedule.edited(at: 10_000)
    schedule.edited(at: 11_000)
    #expect(schedule.due == 12_000)
  }

  @Test func withoutAReasonItSyncsNowAndThen() {
    #expect(schedule().due == 300_000)
    var never = SyncSchedule(now: 0, interval: 0)
    never.began()
    never.succeeded(at: 5)
    #expect(never.due == nil)
  }

  @Test(arguments: [Int64(0), 300_000])
  func whatComesUpDuringASyncIsDueAfterIt(interval: Int64) {
    var schedule = SyncSchedule(now: 0, interval: interval)
    schedule.began()
    schedule.edited(at: 1_000)
    schedule.succeeded(at: 2_000)
    #expect(schedule.due == 3_000)
    schedule.began()
    schedule.triggered(at: 4_000)
    schedule.failed(at: 5_000)
    #expect(schedule.due == 4_000)
    for _ in 0..<3 {
      schedule.began()
      schedule.triggered(at: 6_000)
      schedule.failed(at: 7_000)
    }
    #expect(schedule.due == 6_000)
  }

  @Test func addressesThatComeAndGoDoNotHalfOpenItAgainAndAgain() {
    var schedule = schedule()
    for _ in 0..<3 { schedule.failed(at: 0) }
    schedule.reconnected(at: 100)
    schedule.began()
    schedule.failed(at: 200)
    schedule.reconnected(at: 300)
    #expect(schedule.breaker == .open && schedule.due == 120_200)
    schedule.reconnected(at: 60_200)
    #expect(schedule.breaker == .halfOpen && schedule.due == 61_200)
  }

  @Test func afterThreeFailuresTheBreakerOpensAndPausesGrow() {
    var schedule = schedule()
    var pauses: [Int64] = []
    for index in 0..<10 {
      schedule.began()
      schedule.failed(at: 0)
      #expect(schedule.breaker == (index < 2 ? .closed : .open))
      pauses.append((schedule.due ?? 0) / 1000)
    }
    #expect(pauses == [15, 15, 60, 120, 240, 480, 960, 1800, 1800, 1800])
  }

  @Test func whileItIsOpenEditsDoNotMatter() {
    var schedule = schedule()
    for _ in 0..<3 { schedule.failed(at: 0) }
    schedule.edited(at: 1000)
    schedule.arrived(at: 1000)
    #expect(schedule.due == 60_000)
  }

  @Test(arguments: [true, false])
  func theNetworkOrSomebodyHalfOpensIt(asked: Bool) {
    var schedule = schedule()
    for _ in 0..<3 { schedule.failed(at: 0) }
    if asked { schedule.triggered(at: 5_000) } else { schedule.reconnected(at: 5_000) }
    #expect(schedule.breaker == .halfOpen)
    #expect(schedule.due == (asked ? 5_000 : 6_000))
    schedule.began()
    schedule.failed(at: 6_000)
    #expect(schedule.breaker == .open && schedule.due == 126_000)
    schedule.triggered(at: 7_000)
    schedule.began()
    schedule.succeeded(at: 8_000)
    #expect(schedule.breaker == .closed)
  }

  /// Whoever asked while a sync was under way waited for the next one, which could be never.
  @Test(arguments: [0, 300_000] as [Int64], [true, false])
  func whatHappensDuringASyncIsNotForgotten(interval: Int64, succeeds: Bool) {
    var schedule = SyncSchedule(now: 0, interval: interval)
    schedule.began()
    schedule.edited(at: 1000)
    if succeeds { schedule.succeeded(at: 2000) } else { schedule.failed(at: 2000) }
    #expect(schedule.due == 3000)
    schedule.began()
    schedule.triggered(at: 4000)
    if succeeds { schedule.succeeded(at: 5000) } else { schedule.failed(at: 5000) }
    #expect(schedule.due == 4000)
  }

  @Test func whoAsksDuringTheLastFailureGetsOneMoreTry() {
    var schedule = schedule()
    for _ in 0..<2 {
      schedule.began()
      schedule.failed(at: 0)
    }
    schedule.began()
    schedule.edited(at: 10)
    schedule.triggered(at: 20)
    schedule.failed(at: 30)
    #expect(schedule.breaker == .halfOpen && schedule.due == 20)
    schedule.began()
    schedule.edited(at: 40)
    schedule.failed(at: 50)
    #expect(schedule.breaker == .open && schedule.due == 50 + 120_000)
  }
}
