package import TasksModel

/// Any JSON value, strings from all of Unicode included.
package enum RandomJSON {
  package static func value(depth: Int, using generator: inout SeededGenerator) -> JSON {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &generator) {
    case 0: .null
    case 1: .bool(Bool.random(using: &generator))
    case 2: .integer(Int64.random(in: .min ... .max, using: &generator))
    case 3: .integer(Int64.random(in: -20...20, using: &generator))
    case 4:
      .number(
        ["-0", "1.0", "0.5e-3", "9223372036854775808", "1E400"].randomElement(
          using: &generator) ?? "-0")
    case 5: .string(string(using: &generator))
    case 6:
      .array(
        (0..<Int.random(in: 0...4, using: &generator)).map { _ in
          value(depth: depth - 1, using: &generator)
        })
    default: .object(members(depth: depth, using: &generator))
    }
  }

  private static func members(depth: Int, using generator: inout SeededGenerator) -> [JSON.Member] {
    var seen: Set<UTF8Key> = []
    var members: [JSON.Member] = []
    for _ in 0..<Int.random(in: 0...20, using: &generator) {
      let key = string(using: &generator)
      guard seen.insert(UTF8Key(key)).inserted else { continue }
      members.append(JSON.Member(key: key, value: value(depth: depth - 1, using: &generator)))
    }
    return members
  }

  package static func string(using generator: inout SeededGenerator) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...24, using: &generator) {
      let limits: [ClosedRange<UInt32>] = [1...0x7F, 0x20...0x7E, 1...0x7FF, 1...0x10FFFF]
      let limit = limits.randomElement(using: &generator) ?? 1...0x7F
      if let scalar = Unicode.Scalar(UInt32.random(in: limit, using: &generator)) {
        scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}
