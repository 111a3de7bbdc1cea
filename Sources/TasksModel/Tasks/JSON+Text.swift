extension JSON {
  /// The one text of this value: what the store keeps, and what values are compared by.
  package var canonicalText: String {
    String(decoding: JSONWriter.bytes(self, style: .canonical), as: UTF8.self)
  }

  /// Reads text that the store keeps; null if it is no JSON.
  package init(canonicalText text: String) {
    var text = text
    self = text.withUTF8 { try? JSONParser.parse($0) } ?? .null
  }
}
