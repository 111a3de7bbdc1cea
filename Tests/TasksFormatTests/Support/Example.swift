import TestSupport
import TasksFormat
import TasksModel

/// The changes that `docs/format.md` shows, and lines made from their parts.
enum Example {
  static let device = DeviceID("9f3c5a1e7b00aa11") ?? .random()
  static let task = "3f2a9c1e-7b00-4a11-8b1f-2d6f0c9a5e77"

  static let operation = Operation(
    task: TaskID(stored: task), kind: "create", at: Instant(milliseconds: 1_763_721_131_001),
    clock: nil, over: [],
    fields: [JSON.Member("tag:shop", true), JSON.Member("title", "Buy milk")])

  /// One device's first two changes.
  static let changes: [Change] = {
    let first = Change(
      device: device, name: "laptop", sequence: 1, previous: nil, note: nil,
      operations: [operation])
    let id = (try? ChangeLine.encode(first)).map { ChangeLine.id(of: $0) }
    let second = Change(
      device: device, name: "laptop", sequence: 2, previous: id, note: "evening",
      operations: [
        Operation(
          task: operation.task, kind: "update", at: Instant(milliseconds: 1_763_750_000_000),
          clock: nil, over: [Dot(change: id?.short, index: 0)],
          fields: [JSON.Member("completed", true), JSON.Member("tag:shop", nil)]),
        Operation(
          task: operation.task, kind: "update", at: Instant(milliseconds: 1_763_750_000_001),
          clock: Instant(milliseconds: 1_763_740_000_000), over: [Dot(change: nil, index: 0)],
          fields: [JSON.Member("completed", false)]),
      ])
    return [first, second]
  }()

  static let secondLine =
    #"{"device":"9f3c5a1e7b00aa11","name":"laptop","note":"evening","ops":[{"at":1763750000000,"kind":"update","over":["4a67384a9c8efe3d:0"],"set":{"completed":true,"tag:shop":null},"task":"3f2a9c1e-7b00-4a11-8b1f-2d6f0c9a5e77"},{"at":1763750000001,"clock":1763740000000,"kind":"update","over":[":0"],"set":{"completed":false},"task":"3f2a9c1e-7b00-4a11-8b1f-2d6f0c9a5e77"}],"prev":"4a67384a9c8efe3da68261c01807238ff7cb98aec30a287a99ef61df93f621a8","seq":2,"v":1}"#

  static func line(operation: String) -> [UInt8] {
    Array(
      #"{"device":"9f3c5a1e7b00aa11","name":"x","ops":[\#(operation)],"prev":null,"seq":1,"v":1}"#
        .utf8)
  }

  /// Where a text stands in a line.
  static func place(of text: String, in line: [UInt8]) -> Int? {
    let text = Array(text.utf8)
    return line.indices.first { line[$0...].starts(with: text) }
  }

  /// A line of exactly so many bytes, in its device's chain at the given place.
  static func sealed(bytes: Int, sequence: Int, previous: ChangeID?) throws -> SealedChange {
    func change(_ note: String) -> Change {
      Change(
        device: device, name: "x", sequence: sequence, previous: previous, note: note,
        operations: [])
    }
    let rest = try ChangeLine.encode(change("")).count
    // Letters that do not compress well, from a generator that repeats them.
    var generator = SeededGenerator(seed: UInt64(sequence))
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".utf8)
    let note = (0..<(bytes - rest)).map { _ in letters[Int(generator.next() & 63)] }
    return try SealedChange(sealing: change(String(decoding: note, as: UTF8.self)))
  }
}

/// How much more than usual the random tests shall try.
enum Thoroughness {
  static let factor: Int = {
    guard let text = environment("TASKS_THOROUGH") else { return 1 }
    return Int(text) ?? 1
  }()
}
