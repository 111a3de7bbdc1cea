/// The name of one operation: the start of its change's id, and its place in the change.
///
/// Inside its own change an operation is named by its place alone, because the id is not known before the line is
/// written: `:4`.
package struct Dot: Sendable {
  /// Sixteen lowercase hexadecimal digits; nil for the change that the dot stands in.
  package let change: String?
  package let index: Int

  package init(change: String?, index: Int) {
    self.change = change
    self.index = index
  }

  /// Reads `3f2a9c1e7b00aa11:4` or `:4`, in no other form than that.
  package init?(_ text: String) {
    var text = text
    let parts: (change: String?, index: Int)? = text.withUTF8 { bytes in
      guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon == 0 || colon == 16,
        (1...4).contains(bytes.count - colon - 1),
        bytes.count == colon + 2 || bytes[colon + 1] != UInt8(ascii: "0")
      else { return nil }
      for byte in bytes[..<colon] where !Hexadecimal.isLowercase(byte) { return nil }
      var index = 0
      for byte in bytes[(colon + 1)...] {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        index = index * 10 + Int(byte - UInt8(ascii: "0"))
      }
      let change = UnsafeBufferPointer(rebasing: bytes[..<colon])
      return (colon == 0 ? nil : String(decoding: change, as: UTF8.self), index)
    }
    guard let parts else { return nil }
    self.init(change: parts.change, index: parts.index)
  }
}

extension Dot: Hashable, CustomStringConvertible {
  package var description: String { "\(change ?? ""):\(index)" }
}
