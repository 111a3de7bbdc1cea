/// The name of one operation: the start of its change's id, and its place in the change.
///
/// Inside its own change an operation is named by its place alone, because the id is not known before the line is
/// written: `:4`.
package struct Dot: Hashable, Sendable {
  /// What the sixteen digits stand for; nil for the change that the dot stands in.
  package let prefix: UInt64?
  package let index: Int

  package init(prefix: UInt64?, index: Int) {
    self.prefix = prefix
    self.index = index
  }

  /// Takes sixteen lowercase hexadecimal digits that are known to be some.
  package init(change: String?, index: Int) {
    self.init(prefix: change.map { Hexadecimal.number($0.utf8) ?? 0 }, index: index)
  }

  /// Reads `3f2a9c1e7b00aa11:4` or `:4`, in no other form than that.
  package init?(_ text: String) {
    var text = text
    let dot: Dot? = text.withUTF8 { bytes in
      guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon == 0 || colon == 16,
        (1...4).contains(bytes.count - colon - 1),
        bytes.count == colon + 2 || bytes[colon + 1] != UInt8(ascii: "0")
      else { return nil }
      var index = 0
      for byte in bytes[(colon + 1)...] {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        index = index * 10 + Int(byte - UInt8(ascii: "0"))
      }
      guard colon > 0 else { return Dot(prefix: nil, index: index) }
      guard let prefix = Hexadecimal.number(bytes[..<colon]) else { return nil }
      return Dot(prefix: prefix, index: index)
    }
    guard let dot else { return nil }
    self = dot
  }

  /// The sixteen digits.
  package var change: String? { prefix.map(Hexadecimal.text) }
}

extension Dot: CustomStringConvertible {
  package var description: String { "\(change ?? ""):\(index)" }
}
