import TasksModel

/// The name of a key slot on a remote: `<hash32>.json`, in the folder `keys`.
package struct KeySlotName: Hashable, Sendable {
  static let suffix = ".json"

  /// The start of the file's SHA-256: 32 digits.
  package let hash: String

  /// Reads a file name, in no other form than the one written; nil for any other file.
  package init?(_ name: String) {
    guard let stem = name.removing(suffix: Self.suffix),
      Hexadecimal.isLowercase(stem, count: 32)
    else { return nil }
    hash = stem
  }

  /// The name that a file must have.
  package init(of bytes: [UInt8]) { hash = Digest(of: bytes).short }

  package var text: String { hash + Self.suffix }
}

extension KeySlotName: Comparable {
  package static func < (lhs: Self, rhs: Self) -> Bool { lhs.hash < rhs.hash }
}
