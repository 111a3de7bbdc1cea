import TasksFormat

/// Changes of a bundle that follow one another.
struct ChangePortion: Sendable {
  /// The SHA-256 of the bundle's file.
  let digest: Digest
  var changes: [IncomingChange] = []
  /// The length of their lines.
  var length = 0
}

/// Reads and checks a bundle a portion at a time.
///
/// As with `BundleChanges`, it may turn out bad after changes of it were handed out.
struct ChangePortions: ~Copyable {
  /// The length of the lines of a portion, but for the last of them.
  private static let length = 32 << 10

  private var changes: BundleChanges

  init(_ bytes: [UInt8], hash: String?) throws(FormatError) {
    changes = try BundleChanges(bytes, hash: hash)
  }

  /// The next portion; nil after the last one, when all has been checked.
  mutating func next() throws(FormatError) -> ChangePortion? {
    var portion = ChangePortion(digest: changes.digest)
    while portion.length < Self.length, let change = try changes.next() {
      portion.changes.append(IncomingChange(change))
      portion.length += change.line.count
    }
    return portion.changes.isEmpty ? nil : portion
  }
}
