import TasksModel

/// Reads a bundle's changes one after the other, in memory that does not depend on how many there are.
///
/// It checks as it goes, in this order, so that nothing is used before it was checked: size, hash, frame, header,
/// each change, and at the end whether header and changes agree. So a bundle can turn out bad after changes of it
/// were handed out. From `Bundle.changes()` it cannot, that has been through once; who makes one directly, to read
/// everything once and not twice, must be able to take all of it back, as a transaction is.
package struct BundleChanges: ~Copyable {
  package let header: BundleHeader
  /// The file's SHA-256.
  package let digest: Digest
  /// How many changes have been read.
  package private(set) var count = 0
  private var lines: BundleLines
  private var check: HeaderCheck

  /// Starts to read a file that is in memory.
  ///
  /// `hash` is what its name states: its SHA-256 or the start of it; nil where names mean nothing, as on a stick.
  package init(_ bytes: [UInt8], hash: String? = nil) throws(FormatError) {
    guard bytes.count <= FormatLimits.bundle else {
      throw .bundle(.tooLarge(limit: FormatLimits.bundle))
    }
    guard !bytes.isEmpty else { throw .bundle(.empty) }
    let digest = Digest(of: bytes)
    if let hash, !digest.text.utf8.starts(with: hash.utf8) {
      throw .bundle(.wrongHash(expected: hash, found: digest))
    }
    var lines = try BundleLines(bytes)
    let header = try BundleHeader(reading: try lines.next() ?? [])
    self.init(digest: digest, header: header, lines: lines)
  }

  private init(digest: Digest, header: BundleHeader, lines: BundleLines) {
    self.digest = digest
    self.header = header
    self.lines = lines
    check = HeaderCheck(header)
  }

  /// Returns the next change, or nil after the last one, when all has been checked.
  package mutating func next() throws(FormatError) -> SealedChange? {
    guard let line = try lines.next() else {
      try check.finish()
      return nil
    }
    let change = try decode(line)
    let id = ChangeLine.id(of: line)
    try check.take(change, id: id, number: lines.number)
    count += 1
    return SealedChange(id: id, change: change, line: line)
  }

  /// Checks the next change without handing it out; false after the last one.
  ///
  /// Ids that nothing is compared with are not worked out, which is half of the work.
  mutating func skip() throws(FormatError) -> Bool {
    guard let line = try lines.next() else {
      try check.finish()
      return false
    }
    let change = try decode(line)
    let id = check.needsIdentifier(of: change) ? ChangeLine.id(of: line) : nil
    try check.take(change, id: id, number: lines.number)
    count += 1
    return true
  }

  private func decode(_ line: [UInt8]) throws(FormatError) -> Change {
    do throws(FormatError) {
      return try ChangeLine.decode(line)
    } catch {
      guard case .line(let fault, nil, let offset) = error else { throw error }
      throw .line(fault, number: lines.number, offset: offset)
    }
  }
}
