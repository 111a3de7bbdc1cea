package import TasksModel

/// The name of a bundle among a device's own files: `<sha256>.tasks`, in a folder of its first two digits.
package struct LocalBundleName: Hashable, Sendable {
  package let digest: Digest

  package init(_ digest: Digest) { self.digest = digest }

  /// Reads a file name, in no other form than the one written; nil for any other file.
  package init?(_ name: String) {
    guard let stem = name.removing(suffix: BundleName.suffix), let digest = Digest(stem) else {
      return nil
    }
    self.init(digest)
  }

  package var text: String { digest.text + BundleName.suffix }
  /// The folder it belongs in, so that no folder holds very many.
  package var folder: String { String(digest.text.prefix(2)) }
  /// `ab/<sha256>.tasks`.
  package var path: String { "\(folder)/\(text)" }
}

/// The name of a bundle on a remote: `<device16>-<first>-<last>-<tip16>-<hash32>.tasks`.
///
/// It tells what is inside without fetching it. At most 98 characters of `[0-9a-f.-]` and `tasks`, which every file
/// system keeps as they are.
package struct BundleName: Hashable, Sendable {
  static let suffix = ".tasks"

  /// On an encrypted remote, a keyed hash of the device's id in its form.
  package let device: DeviceID
  package let first: Int
  package let last: Int
  /// The start of the last change's id: sixteen digits; on an encrypted remote a keyed hash.
  package let tip: String
  /// The start of the file's SHA-256: 32 digits.
  package let hash: String

  /// Nil if a part is outside what a name can say.
  package init?(device: DeviceID, first: Int, last: Int, tip: String, hash: String) {
    guard 1 <= first, first <= last, last <= FormatLimits.sequence,
      Hexadecimal.isLowercase(tip, count: 16), Hexadecimal.isLowercase(hash, count: 32)
    else { return nil }
    self.device = device
    self.first = first
    self.last = last
    self.tip = tip
    self.hash = hash
  }

  /// The name of a bundle that holds one device's changes; nil for any other.
  package init?(of bundle: Bundle) {
    guard bundle.header.devices.count == 1, let span = bundle.header.devices.first else {
      return nil
    }
    self.init(
      device: span.device, first: span.first, last: span.last, tip: span.tip.short,
      hash: bundle.digest.short)
  }

  /// Reads a file name, in no other form than the one written; nil for any other file.
  package init?(_ name: String) {
    // There may be a hundred thousand of them in a listing.
    var name = name
    let parsed = name.withUTF8 { bytes -> Self? in
      let suffix = Self.suffix.utf8
      guard bytes.count > suffix.count, bytes.suffix(suffix.count).elementsEqual(suffix) else {
        return nil
      }
      let parts = bytes.dropLast(suffix.count).split(
        separator: UInt8(ascii: "-"), maxSplits: 5, omittingEmptySubsequences: false)
      guard parts.count == 5, let device = DeviceID(String(decoding: parts[0], as: UTF8.self)),
        let first = Self.sequence(parts[1]), let last = Self.sequence(parts[2])
      else { return nil }
      return Self(
        device: device, first: first, last: last, tip: String(decoding: parts[3], as: UTF8.self),
        hash: String(decoding: parts[4], as: UTF8.self))
    }
    guard let parsed else { return nil }
    self = parsed
  }

  package var text: String { "\(device.text)-\(first)-\(last)-\(tip)-\(hash)\(Self.suffix)" }

  /// Whether the bundle holds what the name says.
  package func fits(_ bundle: Bundle) -> Bool { BundleName(of: bundle) == self }

  private static func sequence(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard (1...12).contains(digits.count), digits.first != UInt8(ascii: "0") else { return nil }
    var number = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      number = number * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return number
  }
}

extension String {
  /// What stands before a suffix, compared by bytes; nil without it.
  func removing(suffix: String) -> String? {
    guard utf8.count >= suffix.utf8.count, utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    else { return nil }
    return String(Substring(utf8.dropLast(suffix.utf8.count)))
  }
}
