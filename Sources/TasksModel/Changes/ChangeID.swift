/// A change's name everywhere: the SHA-256 of its line, as 64 lowercase hexadecimal digits.
package struct ChangeID: Sendable {
  package let text: String

  /// Takes 64 lowercase hexadecimal digits; nil if the text is anything else.
  package init?(_ text: String) {
    guard Hexadecimal.isLowercase(text, count: 64) else { return nil }
    self.text = text
  }

  /// Takes text that was checked when it was stored.
  package init(trusted text: String) { self.text = text }

  /// The first sixteen digits: what operations are named by.
  package var short: String { String(Substring(text.utf8.prefix(16))) }
}

extension ChangeID: Hashable, Comparable {
  package static func == (lhs: Self, rhs: Self) -> Bool { UTF8Order.areEqual(lhs.text, rhs.text) }
  package static func < (lhs: Self, rhs: Self) -> Bool { UTF8Order.isLess(lhs.text, rhs.text) }
  package func hash(into hasher: inout Hasher) { UTF8Order.hash(text, into: &hasher) }
}
