/// One store's identity among all devices: sixteen lowercase hexadecimal digits, drawn at random when it is made.
///
/// Kept as the number that the digits stand for, whose order is that of the digits.
package struct DeviceID: Hashable, Sendable {
  private let number: UInt64

  /// Takes sixteen lowercase hexadecimal digits; nil if the text is anything else.
  package init?(_ text: String) {
    var text = text
    guard let number = text.withUTF8({ $0.count == 16 ? Hexadecimal.number($0) : nil }) else {
      return nil
    }
    self.init(number: number)
  }

  /// Takes text that was checked when it was stored.
  ///
  /// Should the store have been tampered with, what is no id becomes one that no device has.
  package init(trusted text: String) { self = DeviceID(text) ?? DeviceID(number: 0) }

  private init(number: UInt64) { self.number = number }

  package static func random() -> DeviceID {
    var generator = SystemRandomNumberGenerator()
    return DeviceID(number: generator.next())
  }

  package var text: String { Hexadecimal.text(of: number) }
}

extension DeviceID: Comparable {
  package static func < (lhs: Self, rhs: Self) -> Bool { lhs.number < rhs.number }
}
