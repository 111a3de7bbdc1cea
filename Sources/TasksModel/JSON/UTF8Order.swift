/// Equality, order and hash of strings by their UTF-8 bytes, as every key and value of the project compares.
///
/// Swift's operators on `String` follow Unicode's canonical equivalence: "é" in one scalar equals "é" in two. Two
/// devices must agree on what is the same and what comes first whatever tables their Swift was built with.
package enum UTF8Order {
  package static func areEqual(_ lhs: String, _ rhs: String) -> Bool {
    let left = lhs.utf8
    let right = rhs.utf8
    return left.count == right.count && left.elementsEqual(right)
  }

  /// Whether the bytes of `lhs` sort before those of `rhs`.
  package static func isLess(_ lhs: String, _ rhs: String) -> Bool {
    lhs.utf8.lexicographicallyPrecedes(rhs.utf8)
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
