/// Reading piece by piece, for formats that are read often enough for a tree to cost too much.
///
/// What is accepted is what `JSONParser` accepts, because strings, numbers and whole values are read by the same code.
///
/// ```swift
/// var keys = JSONKeys()
/// while let key = try reader.nextKey(&keys) {
///   if key == "at" { at = try reader.value(depth: 1) } else { _ = try reader.value(depth: 1) }
/// }
/// try reader.finish()
/// ```
extension JSONReader {
  package init(_ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
    self.init(bytes, 0..<bytes.count, maximumDepth: maximumDepth)
  }

  /// Whether the next value starts with this bracket, which is then taken; `depth` counts its own.
  package mutating func enter(_ bracket: UInt8, depth: Int) throws(JSONError) -> Bool {
    skipWhitespace()
    guard index < end, bytes[index] == bracket else { return false }
    try enter(depth)
    return true
  }

  /// The next key of the object that was entered, the reader standing before its value; nil at the object's end.
  package mutating func nextKey(_ keys: inout JSONKeys) throws(JSONError) -> String? {
    if consume(UInt8(ascii: "}")) { return nil }
    if !keys.isEmpty { try expect(UInt8(ascii: ",")) }
    skipWhitespace()
    let start = index
    guard start < end else { throw JSONError(.unexpectedEnd, at: end) }
    guard bytes[start] == UInt8(ascii: "\"") else {
      throw JSONError(.unexpectedByte(bytes[start]), at: start)
    }
    let key = try string()
    guard keys.insert(key) else { throw JSONError(.duplicateKey(key), at: start) }
    try expect(UInt8(ascii: ":"))
    skipWhitespace()
    return key
  }

  /// Whether the array that was entered has another element, the reader then standing before it.
  package mutating func nextElement(isFirst: Bool) throws(JSONError) -> Bool {
    if consume(UInt8(ascii: "]")) { return false }
    if !isFirst { try expect(UInt8(ascii: ",")) }
    skipWhitespace()
    return true
  }

  /// Checks that nothing follows.
  package mutating func finish() throws(JSONError) {
    skipWhitespace()
    guard index == end else { throw JSONError(.trailingContent, at: index) }
  }
}

/// The keys that one object has had, to find the same one twice.
package struct JSONKeys {
  /// The first few, which need no memory of their own.
  private var few = InlineArray<8, String>(repeating: "")
  private var count = 0
  /// All of them, once they are more than a few.
  ///
  /// The hash of a set is seeded, so nobody can make it slow.
  private var many: Set<UTF8Key> = []

  package init() {}

  var isEmpty: Bool { count == 0 }

  /// Returns false if the key was there, byte for byte.
  mutating func insert(_ key: String) -> Bool {
    if count < few.count {
      for index in 0..<count where UTF8Order.areEqual(few[index], key) { return false }
      few[count] = key
    } else {
      if many.isEmpty {
        for index in few.indices { many.insert(UTF8Key(few[index])) }
      }
      guard many.insert(UTF8Key(key)).inserted else { return false }
    }
    count += 1
    return true
  }
}
