import Foundation
import TestSupport
import Testing

/// `kill -9` in the middle of a conversation: everything goes on, and nothing is lost.
@Suite struct KilledSyncTests {
  private static let seeds: [UInt64] = [1, 2, 3]

  /// Runs the command again and again, killing it a little later each time, until one gets through.
  private func insist(
    _ machine: Machine, _ words: [String], _ random: inout SeededGenerator
  ) throws -> Int {
    var kills = 0
    var patience = 0
    while true {
      patience += Int.random(in: 2_000...25_000, using: &random)
      let child = try machine.start(
        words.map { Array($0.utf8) }, with: ["TASKS_BATCH_SIZE": "1"])
      usleep(UInt32(patience))
      child.kill()
      let status = child.outcome().status
      if status == 0 { return kills }
      #expect(status == 137)
      kills += 1
    }
  }

  @Test(arguments: seeds, Meeting.Way.all)
  func whatIsKilledGoesOn(seed: UInt64, way: Meeting.Way) throws {
    var random = SeededGenerator(seed: seed)
    let meeting = try Meeting(over: way)
    let (laptop, desk) = (meeting.laptop, meeting.desk)
    for index in 1...12 {
      try laptop.run("add", "task \(index)").succeeded()
      try laptop.run("commit").succeeded()
    }
    try laptop.run("remote", "add", meeting.address).succeeded()
    try desk.run("remote", "add", meeting.address).succeeded()
    let pushed = try insist(laptop, ["push"], &random)
    try laptop.run("fsck", "--remote", "origin").succeeded()
    let pulled = try insist(desk, ["pull"], &random)
    try desk.run("edit", "1-3", "+edited").succeeded()
    _ = try insist(desk, ["sync"], &random)
    _ = try insist(laptop, ["sync"], &random)
    #expect(pushed + pulled > 0, "nothing was killed")
    for machine in [laptop, desk] {
      #expect(
        try machine.run("fsck").succeeded().output.hasSuffix("as it should be.\n"))
    }
    #expect(try laptop.contents().count == 12)
    #expect(try laptop.contents() == desk.contents())
    #expect(try laptop.object("status")["unpushed"] as? Int == 0)
    let found = try laptop.object("fsck", "--remote", "origin")
    #expect(found["lacking"] as? Int == 0 && found["unheld"] as? Int == 0)
  }

  @Test func severalAtOnceSendEverythingOnce() throws {
    let meeting = try Meeting()
    try meeting.begin()
    for index in 1...5 { try meeting.laptop.run("add", "\(index)").succeeded() }
    let children = try (0..<4).map { index in
      try (index < 3 ? meeting.laptop : meeting.desk).start([Array("sync".utf8)])
    }
    // Nobody who edits is kept waiting.
    try meeting.laptop.run("add", "meanwhile").succeeded()
    for child in children { child.outcome().succeeded() }
    for machine in [meeting.laptop, meeting.desk] { try machine.run("sync").succeeded() }
    #expect(try meeting.laptop.contents() == meeting.desk.contents())
    #expect(try meeting.laptop.titles().count == 7)
    for machine in [meeting.laptop, meeting.desk] { try machine.run("fsck").succeeded() }
  }

  @Test func aStopWithTheKeyboardEndsItWithoutAWord() throws {
    let meeting = try Meeting()
    try meeting.laptop.run("add", "x").succeeded()
    try meeting.laptop.run("remote", "add", "command:echo > started; exec cat > /dev/null")
      .succeeded()
    let child = try meeting.laptop.start([Array("sync".utf8)])
    while !Machine.isThere("\(meeting.laptop.home)/started") { usleep(2000) }
    _ = kill(child.process, SIGINT)
    let outcome = child.outcome()
    #expect(outcome.status == 130 && outcome.output == "" && outcome.errors == "", "\(outcome)")
    try meeting.laptop.run("fsck").succeeded()
  }
}
