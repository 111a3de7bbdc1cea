/// Strict JSON (RFC 8259) from bytes.
///
/// It refuses what the RFC leaves to the reader and what makes two readers disagree: duplicate keys, invalid
/// UTF-8, lone surrogates, U+0000. Nothing outside the grammar is accepted, a byte order mark included.
package enum JSONParser {
  package static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits = JSONLimits()
  ) throws(JSONError) -> JSON {
    try parse(bytes, in: 0..<bytes.count, limits: limits)
  }

  /// Parses a part of the bytes; offsets in errors count from the start of `bytes`.
  package static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>, limits: JSONLimits = JSONLimits()
  ) throws(JSONError) -> JSON {
    let range = range.clamped(to: 0..<bytes.count)
    guard range.count <= limits.maximumBytes else {
      throw JSONError(.tooLarge(limit: limits.maximumBytes), at: range.lowerBound)
    }
    var reader = JSONReader(bytes, range, maximumDepth: limits.maximumDepth)
    return try reader.document()
  }

  package static func parse(
    _ bytes: [UInt8], limits: JSONLimits = JSONLimits()
  ) throws(JSONError) -> JSON {
    try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) -> JSON in
      try parse(buffer, limits: limits)
    }
  }

  package static func parse(
    _ bytes: [UInt8], in range: Range<Int>, limits: JSONLimits = JSONLimits()
  ) throws(JSONError) -> JSON {
    try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) -> JSON in
      try parse(buffer, in: range, limits: limits)
    }
  }

  package static func parse(
    _ text: String, limits: JSONLimits = JSONLimits()
  ) throws(JSONError) -> JSON {
    try parse(Array(text.utf8), limits: limits)
  }
}
