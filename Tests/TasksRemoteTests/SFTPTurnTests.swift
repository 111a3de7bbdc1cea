import Foundation
import TasksFiles
import Testing

@testable import TasksRemote

/// How often a distant server is waited for.
@Suite struct SFTPTurnTests {
  private let shelf: Shelf

  init() throws { shelf = try Shelf() }

  private static func uploads(_ count: Int, size: Int = 412) -> [Upload] {
    (0..<count).map {
      Upload(.numbered($0), RemoteConformanceTests.bytes(size, seed: UInt64($0)))
    }
  }

  @Test(arguments: [1, 2, 100])
  func aPushTakesThreeTurnsHoweverManyFiles(count: Int) throws {
    _ = try shelf.made(at: .openSSH)
    let remote = SFTPRemote(.openSSH(at: shelf.path))
    let uploads = Self.uploads(count)
    #expect(try remote.survey(drafting: uploads).settings != nil)
    #expect(remote.traffic.turns == 2)
    #expect(try remote.publish(uploads) == Array(repeating: .published, count: count))
    #expect(remote.traffic.turns == 3)
  }

  @Test func aPullTakesTwoTurnsAndTwoForTheFiles() throws {
    let made = try shelf.made(at: .openSSH)
    _ = try made.publish(Self.uploads(60))
    let remote = SFTPRemote(.openSSH(at: shelf.path))
    let listing = try #require(try remote.survey(drafting: []).bundles)
    #expect(remote.traffic.turns == 2)
    var count = 0
    try remote.fetch(listing.files, from: .bundles) { _, fetched in
      if case .content = fetched { count += 1 }
      return true
    }
    #expect(count == 60)
    #expect(remote.traffic.turns == 4)
  }

  /// A window of a hundred files, in two turns each, and not one file after the other.
  @Test func fetchingManyTakesTwoTurnsAHundred() throws {
    let made = try shelf.made(at: .openSSH)
    _ = try made.publish(Self.uploads(450))
    let remote = SFTPRemote(.strange(shelf.path, ["delay=0.1"]))
    let listing = try #require(try remote.survey(drafting: []).bundles)
    let before = remote.traffic.turns
    let start = ContinuousClock.now
    var count = 0
    try remote.fetch(listing.files, from: .bundles) { _, fetched in
      if case .content = fetched { count += 1 }
      return true
    }
    #expect(count == 450)
    #expect((2...10).contains(remote.traffic.turns - before))
    #expect(start.duration(to: .now) < .seconds(6))
  }

  @Test func aListingOfTenThousandNamesTakesFourTurns() throws {
    let made = try shelf.made(at: .openSSH)
    for number in 0..<10_000 { try shelf.put([], as: "bundle-\(number).tasks") }
    #expect(try made.list(.bundles)?.files.count == 10_000)
    let remote = SFTPRemote(.openSSH(at: shelf.path))
    #expect(try remote.survey(drafting: []).bundles?.files.count == 10_000)
    #expect(remote.traffic.turns == 4)
  }

  /// The turns that are counted are those that are felt.
  @Test func turnsAreRoundTrips() throws {
    _ = try shelf.made(at: .folder)
    let remote = SFTPRemote(.strange(shelf.path, ["delay=0.4"]))
    let uploads = Self.uploads(100)
    let clock = ContinuousClock()
    let time = try clock.measure {
      _ = try remote.survey(drafting: uploads)
      _ = try remote.publish(uploads)
    }
    #expect(remote.traffic.turns == 3)
    // As slow as a busy machine makes it, but not a turn more.
    #expect(time >= .milliseconds(1200) && time < .milliseconds(1600 + 1000), "\(time)")
    #expect(try shelf.names().count == 100)
  }

  @Test func bytesAreCounted() throws {
    let made = try shelf.made(at: .openSSH)
    let before = made.traffic
    _ = try made.publish(Self.uploads(1, size: 100_000))
    #expect((100_000..<101_500).contains(made.traffic.sent - before.sent))
    _ = try made.fetch([.numbered(0)])
    #expect((100_000..<101_500).contains(made.traffic.received - before.received))
  }
}
