import Foundation
import TestSupport
import Testing

/// Devices with the built program, remotes between them, and everything that people and machines do to these, at random.
///
/// A seed repeats which commands are given; at which call a program is killed depends on the machine.
final class SpawnedSystem {
  private var random: SeededGenerator
  private let devices: [Machine]
  /// The disks that the remotes are on, and how each device reaches them.
  private let disks: [Machine]
  private(set) var log: [String] = []
  /// Every task that a command acknowledged.
  private var acknowledged: Set<String> = []

  init(seed: UInt64) throws {
    random = SeededGenerator(seed: seed)
    devices = try (0..<Int.random(in: 2...4, using: &random)).map { _ in try Machine() }
    disks = try (0..<Int.random(in: 1...2, using: &random)).map { _ in try Machine() }
    for disk in disks { try disk.shell("mkdir remote").succeeded() }
    for (number, device) in devices.enumerated() {
      try device.run("init", "--name", "device\(number)").succeeded()
      for (place, disk) in disks.enumerated() {
        let folder = "\(disk.home)/remote"
        let isServed = Machine.isThere(Meeting.Way.program) && Bool.random(using: &random)
        try device.run(
          "remote", "add", "r\(place)",
          isServed ? "command:\(Meeting.Way.program) -d '\(folder)'" : folder
        ).succeeded()
      }
    }
  }

  /// One thing that happens.
  func step(_ number: Int) throws {
    let index = Int.random(in: devices.indices, using: &random)
    let device = devices[index]
    let remote = "r\(Int.random(in: disks.indices, using: &random))"
    switch Int.random(in: 0..<16, using: &random) {
    case 0...3:
      let added = try run(index, ["add", "title \(number)", "--json"])
      if added.status == 0 { acknowledged.insert(try added.task().id) }
    case 4...6: _ = try edit(index, number)
    case 7...9:
      _ = try run(
        index, [["sync", "push", "pull"].randomElement(using: &random) ?? "sync", remote])
    case 10...12: try killed(index, remote)
    case 13: _ = try run(index, ["undo"])
    case 14: try disturb(remote, device)
    default: _ = try run(index, ["commit"])
    }
  }

  private func edit(_ index: Int, _ number: Int) throws -> Outcome? {
    let tasks = try devices[index].run("list", "--all", "--json").tasks().sorted { $0.id < $1.id }
    guard let task = tasks.randomElement(using: &random) else { return nil }
    let words: [[String]] = [
      ["edit", task.id, "--title", "title \(number)"], ["done", task.id], ["reopen", task.id],
      ["edit", task.id, "+tag\(number % 3)"], ["note", task.id, "note \(number)"],
      ["delete", task.id], ["restore", task.id],
    ]
    return try run(index, words.randomElement(using: &random) ?? [])
  }

  private func run(_ index: Int, _ words: [String]) throws -> Outcome {
    let outcome = try devices[index].run(words)
    log.append("device\(index)$ \(words.joined(separator: " ")) => \(outcome.status)")
    // Nothing to undo, done already, gone, a conflict found, a remote that was disturbed.
    #expect([0, 1, 3, 10, 12, 14].contains(outcome.status), "\(outcome)\n\(story)")
    return outcome
  }

  /// A sync that is killed at some moment.
  private func killed(_ index: Int, _ remote: String) throws {
    let child = try devices[index].start(
      ["sync", remote].map { Array($0.utf8) }, with: ["TASKS_BATCH_SIZE": "1"])
    usleep(UInt32.random(in: 0...120_000, using: &random))
    child.kill()
    log.append("device\(index)$ sync \(remote), killed => \(child.outcome().status)")
  }

  /// What a disk does by itself: a file is cut off, or goes.
  private func disturb(_ remote: String, _ device: Machine) throws {
    guard let place = Int(remote.dropFirst()) else { return }
    let folder = "\(disks[place].home)/remote/bundles"
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
      .filter { $0.hasSuffix(".tasks") }
    guard let name = names.randomElement(using: &random) else { return }
    if Bool.random(using: &random) {
      try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    } else {
      // Half copied, and taken away again as no time passes here.
      try device.shell("truncate -s -5 \"$1\"", "\(folder)/\(name)").succeeded()
      _ = try device.run("pull", remote)
      try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
    log.append("\(remote): \(name) is gone")
  }

  /// Connects everything and compares.
  func end() throws {
    // The second time the other way round: after that every remote has everything, and everybody.
    for places in [Array(disks.indices), disks.indices.reversed()] {
      for index in devices.indices {
        for place in places {
          let outcome = try devices[index].run("sync", "r\(place)")
          #expect([0, 3].contains(outcome.status), "\(outcome)\n\(story)")
        }
      }
    }
    let expected = try devices[0].contents()
    let conflicts = try devices[0].conflicts().map(\.id).sorted()
    for (index, device) in devices.enumerated() {
      #expect(try device.contents() == expected, "device\(index) shows something else\n\(story)")
      #expect(try device.conflicts().map(\.id).sorted() == conflicts, "\(story)")
      #expect(try device.run("fsck").status == 0, "\(story)")
      let status = try device.object("status")
      #expect(status["missing"] as? Int == 0 && status["unpushed"] as? Int == 0, "\(story)")
    }
    let lost = acknowledged.subtracting(expected.map(\.id))
    #expect(lost.isEmpty, "\(story)")
    for place in disks.indices {
      try devices[0].run("fsck", "--remote", "r\(place)").succeeded()
    }
  }

  var story: String { log.joined(separator: "\n") }
}
