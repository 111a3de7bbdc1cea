/// One store's identity among all devices: sixteen lowercase hexadecimal digits, drawn at random when it is made.
package struct DeviceID: Hashable, Sendable {
  package let text: String

  /// Takes sixteen lowercase hexadecimal digits; nil if the text is anything else.
  package init?(_ text: String) {
    guard Hexadecimal.isLowercase(text, count: 16) else { return nil }
    self.text = text
  }

  /// Takes text that was checked when it was stored.
  package init(trusted text: String) { self.text = text }

  private init(number: UInt64) { text = Hexadecimal.text(of: number) }

  package static func random() -> DeviceID {
    var generator = SystemRandomNumberGenerator()
    return DeviceID(number: generator.next())
  }
}

extension DeviceID: Comparable {
  package static func < (lhs: Self, rhs: Self) -> Bool { UTF8Order.isLess(lhs.text, rhs.text) }
}
