/// Equality, order and hash of strings by their UTF-8 bytes, as every key and value of the project compares.
///
/// Swift's operators on `String` follow Unicode's canonical equivalence: "é" in one scalar equals "é" in two. Two
/// devices must agree on what is the same and what comes first whatever tables their Swift was built with.
package enum UTF8Order {
  package static func areEqual(_ lhs: String, _ rhs: String) -> Bool {
    guard lhs.utf8.count == rhs.utf8.count else { return false }
    return withBytes(lhs, rhs) { $0.elementsEqual($1) }
  }

  /// Whether the bytes of `lhs` sort before those of `rhs`.
  package static func isLess(_ lhs: String, _ rhs: String) -> Bool {
    withBytes(lhs, rhs) { $0.lexicographicallyPrecedes($1) }
  }

  /// The bytes in one piece are compared much faster than the views of the strings.
  @inline(__always)
  private static func withBytes(
    _ lhs: String, _ rhs: String,
    _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool {
    var lhs = lhs
    var rhs = rhs
    return lhs.withUTF8 { left in rhs.withUTF8 { right in body(left, right) } }
  }

  package static func hash(_ text: String, into hasher: inout Hasher) {
    var text = text
    let count = text.withUTF8 { bytes in
      hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
      return bytes.count
    }
    hasher.combine(count)
  }
}

/// A string that equals another, and hashes, by its bytes; for sets and dictionaries.
package struct UTF8Key: Hashable, Comparable, Sendable {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  package static func == (lhs: Self, rhs: Self) -> Bool {
    UTF8Order.areEqual(lhs.text, rhs.text)
  }

  package static func < (lhs: Self, rhs: Self) -> Bool {
    UTF8Order.isLess(lhs.text, rhs.text)
  }

  package func hash(into hasher: inout Hasher) {
    UTF8Order.hash(text, into: &hasher)
  }
}
