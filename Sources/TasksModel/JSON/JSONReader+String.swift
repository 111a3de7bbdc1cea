extension JSONReader {
  /// Reads the string whose opening quote is at `index`.
  ///
  /// Almost every string has no escape: its end is found eight bytes at a time and its bytes are copied once.
  mutating func string() throws(JSONError) -> String {
    let start = index + 1
    let plain = JSONScan.plainEnd(bytes, from: start, to: end)
    index = plain.end
    guard index < end else { throw JSONError(.unexpectedEnd, at: end) }
    if bytes[index] == UInt8(ascii: "\"") {
      let text = UnsafeBufferPointer(rebasing: bytes[start..<index])
      index += 1
      if plain.isASCII { return String(decoding: text, as: UTF8.self) }
      guard let string = String(validating: text, as: UTF8.self) else {
        throw JSONError(.invalidUTF8, at: start + invalidOffset(text))
      }
      return string
    }
    return try stringWithEscapes(from: start)
  }

  private mutating func stringWithEscapes(from start: Int) throws(JSONError) -> String {
    scratch.removeAll(keepingCapacity: true)
    var run = start
    while true {
      index = JSONScan.plainEnd(bytes, from: index, to: end).end
      guard index < end else { throw JSONError(.unexpectedEnd, at: end) }
      try appendRun(run..<index)
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index += 1
        // Each run was valid by itself, and escapes add whole scalars.
        return String(decoding: scratch, as: UTF8.self)
      case UInt8(ascii: "\\"):
        try escape()
        run = index
      case 0:
        throw JSONError(.nullCharacter, at: index)
      case let byte:
        throw JSONError(.controlCharacter(byte), at: index)
      }
    }
  }

  private mutating func appendRun(_ range: Range<Int>) throws(JSONError) {
    let run = UnsafeBufferPointer(rebasing: bytes[range])
    guard run.allSatisfy({ $0 < 0x80 }) || String(validating: run, as: UTF8.self) != nil else {
      throw JSONError(.invalidUTF8, at: range.lowerBound + invalidOffset(run))
    }
    scratch.append(contentsOf: run)
  }

  private mutating func escape() throws(JSONError) {
    let start = index
    guard index + 1 < end else { throw JSONError(.unexpectedEnd, at: end) }
    let letter = bytes[index + 1]
    index += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(letter)
    case UInt8(ascii: "b"): scratch.append(0x08)
    case UInt8(ascii: "f"): scratch.append(0x0C)
    case UInt8(ascii: "n"): scratch.append(0x0A)
    case UInt8(ascii: "r"): scratch.append(0x0D)
    case UInt8(ascii: "t"): scratch.append(0x09)
    case UInt8(ascii: "u"): try appendScalar(escapedAt: start)
    default: throw JSONError(.badEscape, at: start)
    }
  }

  /// Reads what follows `\u`, a second escape included where the first is half of a pair.
  private mutating func appendScalar(escapedAt start: Int) throws(JSONError) {
    var code = try hexadecimal(of: start)
    guard code != 0 else { throw JSONError(.nullCharacter, at: start) }
    if (0xD800..<0xDC00).contains(code) {
      guard index + 1 < end, bytes[index] == UInt8(ascii: "\\"),
        bytes[index + 1] == UInt8(ascii: "u")
      else { throw JSONError(.loneSurrogate, at: start) }
      let second = index
      index += 2
      let low = try hexadecimal(of: second)
      guard (0xDC00..<0xE000).contains(low) else { throw JSONError(.loneSurrogate, at: start) }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw JSONError(.loneSurrogate, at: start) }
    scratch.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private mutating func hexadecimal(of start: Int) throws(JSONError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard index < end else { throw JSONError(.unexpectedEnd, at: end) }
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): code = code << 4 | UInt32(byte & 0x0F)
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        code = code << 4 | UInt32(byte & 0x0F + 9)
      default: throw JSONError(.badEscape, at: start)
      }
      index += 1
    }
    return code
  }

  /// Where the first sequence starts that is no UTF-8; only called for bytes that are not valid.
  private func invalidOffset(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let scalar): offset += scalar.count
      case .error, .emptyInput: return offset
      }
    }
  }
}

/// Byte searches that look at eight bytes at a time.
enum JSONScan {
  /// Where the run of string bytes that need no care ends: at `"`, `\`, a control character, or `end`.
  @inline(__always)
  static func plainEnd(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) -> (end: Int, isASCII: Bool) {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = start
    var union: UInt64 = 0
    while end - index >= 8 {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let special = specials(word)
      guard special == 0 else {
        let plain = special.trailingZeroBitCount >> 3
        // Shifts out the special byte and what follows it; `<<` by 64 gives 0.
        union |= word << UInt64(64 - plain * 8)
        return (index + plain, union & highBits == 0)
      }
      union |= word
      index += 8
    }
    while index < end {
      let byte = bytes[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      union |= UInt64(byte)
      index += 1
    }
    return (index, union & highBits == 0)
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// Has the high bit of the lowest byte that is `"`, `\` or below 0x20 set; bits above that one mean nothing.
  @inline(__always)
  private static func specials(_ word: UInt64) -> UInt64 {
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    return
      ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash
      | (word &- ones &* 0x20) & ~word) & highBits
  }
}
