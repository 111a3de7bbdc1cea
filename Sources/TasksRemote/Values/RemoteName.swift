/// The name of a file in a remote's folder, which every file system keeps as it is.
///
/// Only these are ever joined to a path: 1–100 characters of `[0-9a-z.-]`, so no `/`, no NUL and no capitals; `.` and `..`
/// are none. Which of them are bundles is for the caller to know.
package struct RemoteName: Hashable, Sendable {
  package let text: String

  package init?(_ text: String) {
    var text = text
    let name = text.withUTF8 { Self(UnsafeRawBufferPointer($0)) }
    guard let name else { return nil }
    self = name
  }

  /// Looks at the bytes before it makes a text of them: a listing may hold a hundred thousand that are no names.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard (1...100).contains(bytes.count) else { return nil }
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case 0x30...0x39, 0x61...0x7A, 0x2D, 0x2E: index += 1
      default: return nil
      }
    }
    if bytes[0] == 0x2E, bytes.count == 1 || bytes.count == 2 && bytes[1] == 0x2E { return nil }
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// Whether this is the name of a file that somebody is writing, or was when they were cut off.
  package var isDraft: Bool {
    text.utf8.first == UInt8(ascii: ".") && text.utf8.suffix(5).elementsEqual(".part".utf8)
  }

  /// Whether this is a draft by the owner that these digits stand for, who may remove it at once.
  package func isDraft(of owner: String) -> Bool {
    isDraft && text.utf8.dropFirst().starts(with: owner.utf8)
  }

  /// A new name for a draft: `.<owner><random>.part`.
  ///
  /// The owner's digits look as random as the rest.
  static func draft(of owner: String) -> String {
    let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz")
    let random = (0..<16).map { _ in digits[Int.random(in: 0..<digits.count)] }
    return ".\(owner)\(String(random)).part"
  }
}

extension RemoteName: Comparable {
  package static func < (lhs: Self, rhs: Self) -> Bool { lhs.text < rhs.text }
}
