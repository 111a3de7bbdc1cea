package import TasksModel

/// A change and the line that it is, byte for byte: what its id is the hash of, and what is kept and passed on.
package struct SealedChange: Hashable, Sendable {
  package let id: ChangeID
  package let change: Change
  /// Without its line feed.
  package let line: [UInt8]

  init(id: ChangeID, change: Change, line: [UInt8]) {
    self.id = id
    self.change = change
    self.line = line
  }

  /// Writes a change down for good.
  package init(sealing change: Change) throws(FormatError) {
    let (line, change) = try ChangeLine.write(change)
    self.init(id: ChangeLine.id(of: line), change: change, line: line)
  }

  /// Finds a change in a bundle that was checked when it came; nil if it is not there.
  ///
  /// The lines before it are hashed and not read.
  package static func find(
    _ id: ChangeID, in bundle: [UInt8], hash: String
  ) throws(FormatError) -> SealedChange? {
    let digest = Digest(of: bundle)
    guard digest.text.utf8.starts(with: hash.utf8) else {
      throw .bundle(.wrongHash(expected: hash, found: digest))
    }
    var lines = try BundleLines(bundle)
    while let line = try lines.next() {
      if ChangeLine.id(of: line) == id { return try SealedChange(reading: line) }
    }
    return nil
  }

  /// Reads a line that was sealed once, here or elsewhere.
  package init(reading line: [UInt8]) throws(FormatError) {
    self.init(id: ChangeLine.id(of: line), change: try ChangeLine.decode(line), line: line)
  }
}
