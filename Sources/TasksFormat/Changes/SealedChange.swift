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

  /// Finds a change of this number in a bundle that is what it was when it was checked; nil if it is not there.
  ///
  /// The lines before it are not read. Those that this program writes end in their number, so hardly one of them has to
  /// be hashed; should the change end otherwise, all are.
  package static func find(
    _ id: ChangeID, sequence: Int, in bundle: [UInt8]
  ) throws(FormatError) -> SealedChange? {
    let end = Array(#""seq":\#(sequence),"v":\#(Change.newestVersion)}"#.utf8)
    if let found = try find(id, in: bundle, endingIn: end) { return found }
    return try find(id, in: bundle, endingIn: [])
  }

  private static func find(
    _ id: ChangeID, in bundle: [UInt8], endingIn end: [UInt8]
  ) throws(FormatError) -> SealedChange? {
    var lines = try BundleLines(bundle)
    while let line = try lines.next() {
      guard line.suffix(end.count).elementsEqual(end) else { continue }
      if ChangeLine.id(of: line) == id { return try SealedChange(reading: line) }
    }
    return nil
  }

  /// Reads a line that was sealed once, here or elsewhere.
  package init(reading line: [UInt8]) throws(FormatError) {
    self.init(id: ChangeLine.id(of: line), change: try ChangeLine.decode(line), line: line)
  }
}
