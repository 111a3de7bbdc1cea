/// JSON as bytes.
///
/// Only what RFC 8259 demands is escaped: `"`, `\` and what is below 0x20. What must not reach a terminal is the
/// business of whoever writes to one.
package enum JSONWriter {
  package enum Style: Hashable, Sendable {
    /// On one line, members in their order.
    case compact
    /// On one line, members sorted by the bytes of their keys: one text for one value.
    case canonical
    /// Two spaces a level, a member a line.
    case pretty
  }

  package static func bytes(_ value: JSON, style: Style = .compact) -> [UInt8] {
    var bytes: [UInt8] = []
    append(value, to: &bytes, style: style)
    return bytes
  }

  /// Appends the value.
  ///
  /// `level` is where a pretty value starts, for one that stands inside a document.
  package static func append(
    _ value: JSON, to bytes: inout [UInt8], style: Style = .compact, level: Int = 0
  ) {
    switch value {
    case .null: append("null", to: &bytes)
    case .bool(let value): append(bool: value, to: &bytes)
    case .integer(let value): append(integer: value, to: &bytes)
    case .number(let text): bytes.append(contentsOf: text.utf8)
    case .string(let text): append(string: text, to: &bytes)
    case .array(let values):
      appendList(values, "[", "]", to: &bytes, style: style, level: level) { value, bytes in
        append(value, to: &bytes, style: style, level: level + 1)
      }
    case .object(let members):
      let ordered =
        style == .canonical ? members.sorted { UTF8Order.isLess($0.key, $1.key) } : members
      appendList(ordered, "{", "}", to: &bytes, style: style, level: level) { member, bytes in
        append(key: member.key, to: &bytes)
        if style == .pretty { bytes.append(0x20) }
        append(member.value, to: &bytes, style: style, level: level + 1)
      }
    }
  }

  private static func appendList<Item>(
    _ items: [Item], _ open: StaticString, _ close: StaticString, to bytes: inout [UInt8],
    style: Style, level: Int, each: (Item, inout [UInt8]) -> Void
  ) {
    append(open, to: &bytes)
    for (position, item) in items.enumerated() {
      if position > 0 { bytes.append(UInt8(ascii: ",")) }
      if style == .pretty { appendNewline(level: level + 1, to: &bytes) }
      each(item, &bytes)
    }
    if style == .pretty, !items.isEmpty { appendNewline(level: level, to: &bytes) }
    append(close, to: &bytes)
  }

  /// Appends a line feed and the indentation of a level.
  package static func appendNewline(level: Int, to bytes: inout [UInt8]) {
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * max(level, 0)))
  }
}

// The pieces, for a long document that is written without a tree.
extension JSONWriter {
  /// Appends text of the program as it stands: `{`, `,"due":`, `null`.
  @inline(__always)
  package static func append(_ text: StaticString, to bytes: inout [UInt8]) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends the key and its colon.
  package static func append(key: String, to bytes: inout [UInt8]) {
    append(string: key, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
  }

  package static func append(bool value: Bool, to bytes: inout [UInt8]) {
    append(value ? "true" : "false", to: &bytes)
  }

  package static func append(integer value: Int64, to bytes: inout [UInt8]) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let magnitude = value.magnitude
    var place: UInt64 = 1
    while magnitude / place >= 10 { place *= 10 }
    while place > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude / place % 10))
      place /= 10
    }
  }

  /// Appends the string in quotes, with its escapes.
  package static func append(string: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var string = string
    string.withUTF8 { text in
      var run = 0
      while true {
        let stop = JSONScan.plainEnd(text, from: run, to: text.count).end
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[run..<stop]))
        guard stop < text.count else { break }
        appendEscape(text[stop], to: &bytes)
        run = stop + 1
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func appendEscape(_ byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"", to: &bytes)
    case UInt8(ascii: "\\"): append("\\\\", to: &bytes)
    case 0x08: append("\\b", to: &bytes)
    case 0x09: append("\\t", to: &bytes)
    case 0x0A: append("\\n", to: &bytes)
    case 0x0C: append("\\f", to: &bytes)
    case 0x0D: append("\\r", to: &bytes)
    default:
      append("\\u00", to: &bytes)
      for nibble in [byte >> 4, byte & 0x0F] {
        bytes.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10)
      }
    }
  }
}
