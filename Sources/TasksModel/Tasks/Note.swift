/// A dated remark on a task.
package struct Note: Hashable, Sendable {
  package let id: String
  package let at: Instant
  package let text: String

  /// A remark made at that moment.
  ///
  /// The id follows from the moment and the text, so that the same remark imported twice, or on two devices, is one.
  package init(at: Instant, text: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a, 64 bits
    for byte in "\(at.milliseconds) \(text)".utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    id = Hexadecimal.text(of: hash)
    self.at = at
    self.text = text
  }

  /// Reads what a note's register holds; nil if the note was removed or is of a form unknown here.
  package init?(id: String, value: JSON) {
    guard let text = value["text"]?.stringValue, let at = value["at"]?.integerValue,
      Instant.writtenRange.contains(Instant(milliseconds: at))
    else { return nil }
    self.id = id
    self.at = Instant(milliseconds: at)
    self.text = text
  }

  /// What the note's register holds.
  package var value: JSON {
    .object([
      .init(key: "at", value: .integer(at.milliseconds)), .init(key: "text", value: .string(text)),
    ])
  }
}
