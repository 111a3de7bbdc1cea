/// The recursive descent behind `JSONParser`; strings are read in `JSONReader+String.swift`.
///
/// A reader of a known format can use it without a tree: see `JSONReader+Pieces.swift`.
package struct JSONReader {
  let bytes: UnsafeBufferPointer<UInt8>
  let end: Int
  /// Where reading has come to.
  package internal(set) var index: Int
  private let maximumDepth: Int
  /// Where strings with escapes are put together.
  var scratch: [UInt8] = []

  /// Up to this many members are compared one by one; from there on a set of keys is kept.
  private static let comparedMembers = 12

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, maximumDepth: Int) {
    self.bytes = bytes
    self.index = range.lowerBound
    self.end = range.upperBound
    self.maximumDepth = maximumDepth
  }

  mutating func document() throws(JSONError) -> JSON {
    skipWhitespace()
    let value = try value(depth: 0)
    skipWhitespace()
    guard index == end else { throw JSONError(.trailingContent, at: index) }
    return value
  }

  /// Reads a value that stands inside `depth` arrays and objects.
  package mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard index < end else { throw JSONError(.unexpectedEnd, at: end) }
    switch bytes[index] {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
    case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
    case UInt8(ascii: "t"):
      try literal("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try literal("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try literal("null")
      return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case let byte: throw JSONError(.unexpectedByte(byte), at: index)
    }
  }

  /// Reads an object whose bracket comes next; `depth` counts itself.
  package mutating func members(depth: Int) throws(JSONError) -> [JSON.Member] {
    try enter(depth)
    if consume(UInt8(ascii: "}")) { return [] }
    var members: [JSON.Member] = []
    members.reserveCapacity(4)
    var seen: Set<UTF8Key> = []
    repeat {
      skipWhitespace()
      let start = index
      guard start < end else { throw JSONError(.unexpectedEnd, at: end) }
      guard bytes[start] == UInt8(ascii: "\"") else {
        throw JSONError(.unexpectedByte(bytes[start]), at: start)
      }
      let key = try string()
      guard isNew(key, members, &seen) else { throw JSONError(.duplicateKey(key), at: start) }
      try expect(UInt8(ascii: ":"))
      skipWhitespace()
      members.append(JSON.Member(key: key, value: try value(depth: depth)))
    } while consume(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
    return members
  }

  private mutating func elements(depth: Int) throws(JSONError) -> [JSON] {
    try enter(depth)
    if consume(UInt8(ascii: "]")) { return [] }
    var elements: [JSON] = []
    repeat {
      skipWhitespace()
      elements.append(try value(depth: depth))
    } while consume(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
    return elements
  }

  mutating func enter(_ depth: Int) throws(JSONError) {
    guard depth <= maximumDepth else {
      throw JSONError(.tooDeep(limit: maximumDepth), at: index)
    }
    index += 1
  }

  /// Whether no member has the key yet.
  ///
  /// Large objects cost a set, whose hash is seeded, so nobody can make it slow.
  private func isNew(
    _ key: String, _ members: [JSON.Member], _ seen: inout Set<UTF8Key>
  ) -> Bool {
    guard members.count >= Self.comparedMembers else {
      // By their places: to look at a key need not copy the value beside it.
      return !members.indices.contains { UTF8Order.areEqual(members[$0].key, key) }
    }
    if seen.isEmpty {
      for member in members { seen.insert(UTF8Key(member.key)) }
    }
    return seen.insert(UTF8Key(key)).inserted
  }

  private mutating func literal(_ word: StaticString) throws(JSONError) {
    for position in 0..<word.utf8CodeUnitCount {
      guard index < end else { throw JSONError(.unexpectedEnd, at: end) }
      guard bytes[index] == word.utf8Start[position] else {
        throw JSONError(.unexpectedByte(bytes[index]), at: index)
      }
      index += 1
    }
  }

  private mutating func number() throws(JSONError) -> JSON {
    let start = index
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    let firstDigit = index
    var magnitude: UInt64 = 0
    var overflows = false
    while let digit = digit() {
      let (product, first) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, second) = product.addingReportingOverflow(UInt64(digit))
      magnitude = sum
      overflows = overflows || first || second
    }
    let digits = index - firstDigit
    guard digits > 0, digits == 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
      throw JSONError(.badNumber, at: start)
    }
    var isInteger = !overflows && !(isNegative && magnitude == 0)
    if index < end, bytes[index] == UInt8(ascii: ".") {
      isInteger = false
      index += 1
      try skipDigits(of: start)
    }
    if index < end, bytes[index] | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      index += 1
      if index < end, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
        index += 1
      }
      try skipDigits(of: start)
    }
    if isInteger {
      if !isNegative, let value = Int64(exactly: magnitude) { return .integer(value) }
      if isNegative, magnitude <= Int64.min.magnitude {
        return .integer(Int64(truncatingIfNeeded: 0 &- magnitude))
      }
    }
    let text = UnsafeBufferPointer(rebasing: bytes[start..<index])
    return .number(String(decoding: text, as: UTF8.self))
  }

  /// Skips the digits, at least one, of a fraction or an exponent.
  private mutating func skipDigits(of start: Int) throws(JSONError) {
    let first = index
    while digit() != nil {}
    guard index > first else { throw JSONError(.badNumber, at: start) }
  }

  private mutating func digit() -> UInt8? {
    guard index < end else { return nil }
    let value = bytes[index] &- UInt8(ascii: "0")
    guard value < 10 else { return nil }
    index += 1
    return value
  }

  mutating func skipWhitespace() {
    while index < end {
      switch bytes[index] {
      case 0x20, 0x0A, 0x0D, 0x09: index += 1
      default: return
      }
    }
  }

  /// Takes the byte if it comes next, after whitespace.
  mutating func consume(_ byte: UInt8) -> Bool {
    skipWhitespace()
    guard index < end, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  mutating func expect(_ byte: UInt8) throws(JSONError) {
    guard !consume(byte) else { return }
    guard index < end else { throw JSONError(.unexpectedEnd, at: end) }
    throw JSONError(.unexpectedByte(bytes[index]), at: index)
  }
}
