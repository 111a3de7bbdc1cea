/// A task's name everywhere: a UUID in lowercase, the same on every device.
package struct TaskID: Sendable {
  /// 36 characters, `8-4-4-4-12` lowercase hexadecimal digits.
  package let text: String

  /// Reads a UUID in either case; nil if it is none.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 36 else { return nil }
    for (index, byte) in bytes.enumerated() {
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
      } else {
        guard Hexadecimal.value(of: byte) != nil else { return nil }
      }
    }
    self.text = text.lowercased()
  }

  /// Reads a UUID as files have it, in lowercase: one task has one name.
  package init?(canonical text: String) {
    var text = text
    let isCanonical = text.withUTF8 { bytes in
      guard bytes.count == 36 else { return false }
      for (index, byte) in bytes.enumerated() {
        let isHyphen = index == 8 || index == 13 || index == 18 || index == 23
        guard isHyphen ? byte == UInt8(ascii: "-") : Hexadecimal.isLowercase(byte) else {
          return false
        }
      }
      return true
    }
    guard isCanonical else { return nil }
    self.init(unchecked: text)
  }

  /// Takes text from the store, which was checked when it was written.
  ///
  /// Should the store have been tampered with, what is no id becomes one that no task has.
  package init(stored text: String) {
    self = TaskID(canonical: text) ?? TaskID(unchecked: "00000000-0000-0000-0000-000000000000")
  }

  private init(unchecked text: String) { self.text = text }

  /// Returns a new random (version 4) UUID.
  ///
  /// Random and not ordered by time, because people name tasks by the first few digits.
  package static func random() -> TaskID {
    var generator = SystemRandomNumberGenerator()
    let high = generator.next() & 0xffff_ffff_ffff_0fff | 0x4000
    let low = generator.next() & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
    var bytes: [UInt8] = []
    bytes.reserveCapacity(36)
    for (index, digit) in (Hexadecimal.digits(of: high) + Hexadecimal.digits(of: low)).enumerated()
    {
      if index == 8 || index == 12 || index == 16 || index == 20 {
        bytes.append(UInt8(ascii: "-"))
      }
      bytes.append(digit)
    }
    return TaskID(unchecked: String(decoding: bytes, as: UTF8.self))
  }

  /// The first eight digits: what people are shown.
  package var short: String { String(text.prefix(8)) }
}

extension TaskID: Hashable, Comparable {
  package static func == (lhs: Self, rhs: Self) -> Bool { UTF8Order.areEqual(lhs.text, rhs.text) }
  package static func < (lhs: Self, rhs: Self) -> Bool { UTF8Order.isLess(lhs.text, rhs.text) }
  package func hash(into hasher: inout Hasher) { UTF8Order.hash(text, into: &hasher) }
}
