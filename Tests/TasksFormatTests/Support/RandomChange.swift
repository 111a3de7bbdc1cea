import TestSupport
import TasksFormat
import TasksModel

/// Changes of every shape that the format allows.
enum RandomChange {
  static func change(
    device: DeviceID, sequence: Int, previous: ChangeID?, operations limit: Int = 4,
    using generator: inout SeededGenerator
  ) -> Change {
    let count = Int.random(in: 0...limit, using: &generator)
    return Change(
      device: device, name: RandomJSON.string(using: &generator), sequence: sequence,
      previous: previous,
      note: Bool.random(using: &generator) ? RandomJSON.string(using: &generator) : nil,
      operations: (0..<count).map { operation(at: $0, using: &generator) })
  }

  /// A chain of changes by one device, sealed.
  static func chain(
    of count: Int, operations limit: Int = 4, using generator: inout SeededGenerator
  ) throws -> [SealedChange] {
    let device = device(using: &generator)
    var changes: [SealedChange] = []
    for sequence in 1...count {
      let change = change(
        device: device, sequence: sequence, previous: changes.last?.id, operations: limit,
        using: &generator)
      changes.append(try SealedChange(sealing: change))
    }
    return changes
  }

  static func device(using generator: inout SeededGenerator) -> DeviceID {
    DeviceID(Hexadecimal.text(of: generator.next())) ?? .random()
  }

  private static func operation(
    at position: Int, using generator: inout SeededGenerator
  ) -> Operation {
    let kind = ["create", "update", "delete", "archive"].randomElement(using: &generator) ?? ""
    let hasFields = kind != "archive" || Bool.random(using: &generator)
    return Operation(
      task: task(using: &generator), kind: kind, at: instant(using: &generator),
      clock: Bool.random(using: &generator) ? instant(using: &generator) : nil,
      over: (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        dot(before: position, using: &generator)
      }, fields: hasFields ? fields(using: &generator) : nil)
  }

  private static func dot(before position: Int, using generator: inout SeededGenerator) -> Dot {
    if position > 0, Bool.random(using: &generator) {
      return Dot(change: nil, index: Int.random(in: 0..<position, using: &generator))
    }
    return Dot(
      change: Hexadecimal.text(of: generator.next()),
      index: Int.random(in: 0...9999, using: &generator))
  }

  /// Sorted as they are written, so that what is read can be compared.
  private static func fields(using generator: inout SeededGenerator) -> [JSON.Member] {
    var fields: [UTF8Key: JSON] = [:]
    for _ in 0..<Int.random(in: 0...4, using: &generator) {
      let key = ["title", "completed", "tag:home", RandomJSON.string(using: &generator)]
        .randomElement(using: &generator)
      let value = RandomJSON.value(depth: 2, using: &generator)
      // A value goes through its own canonical text, which sorts what is inside it.
      fields[UTF8Key(key ?? "")] = JSON(canonicalText: value.canonicalText)
    }
    return fields.sorted { $0.key < $1.key }.map { JSON.Member(key: $0.key.text, value: $0.value) }
  }

  private static func instant(using generator: inout SeededGenerator) -> Instant {
    let range = Instant.validRange
    let ends = range.lowerBound.milliseconds...range.upperBound.milliseconds
    return Instant(milliseconds: Int64.random(in: ends, using: &generator))
  }

  private static func task(using generator: inout SeededGenerator) -> TaskID {
    let digits = Hexadecimal.text(of: generator.next()) + Hexadecimal.text(of: generator.next())
    var text = ""
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { text += "-" }
      text.append(digit)
    }
    return TaskID(stored: text)
  }
}
