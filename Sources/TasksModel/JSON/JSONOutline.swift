/// Finds where an element of an array ends by its strings and brackets alone.
///
/// For valid JSON that is exact. A broken element must not take the next ones with it, so what cannot be is taken
/// for the place of the damage: a string that runs over a line's end, or that nothing of the grammar follows, had a
/// quote too many, which is then passed over; a bracket that does not match closes those left open in between; an
/// object where an object's key should stand is the next element, whose predecessor was cut off. None of this ever
/// happens inside valid JSON.
struct JSONOutline {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let start: Int
  /// The columns before elements that start a line, if any does.
  private let indentation: Int?
  private var index: Int
  /// The brackets that are open, as they were written.
  private var stack: [UInt8] = []
  private var openObjects = 0
  private var isBroken: Bool
  /// The last byte that was no whitespace.
  private var previous: UInt8 = 0

  /// Whether the next element begins where this one should have gone on.
  private(set) var isCutOff = false
  /// Whether the bytes ended before the element did.
  var isOpen: Bool { !stack.isEmpty }

  private static let quote = UInt8(ascii: "\"")
  private static let openBrace = UInt8(ascii: "{")
  private static let closeBrace = UInt8(ascii: "}")
  private static let openBracket = UInt8(ascii: "[")
  private static let closeBracket = UInt8(ascii: "]")

  /// `isBroken` says that something is known to be missing: an object that starts a line is then the next element.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isBroken: Bool, indentation: Int?) {
    self.bytes = bytes
    self.isBroken = isBroken
    self.start = start
    self.index = start
    self.indentation = indentation
    stack.reserveCapacity(8)
  }

  /// Where the element ends: behind its closing bracket, or before the comma or bracket after it.
  mutating func end() -> Int {
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case Self.quote: passString()
      case Self.openBrace, Self.openBracket:
        if stack.isEmpty, index > start { return index }
        if isNextElement(byte) {
          isCutOff = true
          return index
        }
        stack.append(byte)
        if byte == Self.openBrace { openObjects += 1 }
        index += 1
      case Self.closeBrace, Self.closeBracket:
        if byte == Self.closeBracket, isEndOfArray() { return index }
        index += 1
        if close(byte), stack.isEmpty { return index }
      case UInt8(ascii: ","):
        if stack.isEmpty { return index }
        index += 1
      case UInt8(ascii: "\\"):
        // Left over from a string whose quote was passed over. Its escapes are read as in the string, so that each
        // quote that opens or closes one is looked at once.
        isBroken = true
        let isEscape =
          index + 1 < bytes.count && (bytes[index + 1] == Self.quote || bytes[index + 1] == byte)
        index += isEscape ? 2 : 1
      case 0x20, 0x0A, 0x0D, 0x09:
        index += 1
        continue
      default: index += 1
      }
      previous = byte
    }
    index = bytes.count
    return index
  }

  private mutating func passString() {
    var end = index + 1
    while true {
      end = JSONScan.plainEnd(bytes, from: end, to: bytes.count).end
      guard end < bytes.count, bytes[end] != 0x0A else { break }
      if bytes[end] == Self.quote {
        if isFollowedWell(end + 1) {
          index = end + 1
          return
        }
        break
      }
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    isBroken = true
    index += 1
  }

  /// Whether what the grammar allows after a string comes next.
  private func isFollowedWell(_ position: Int) -> Bool {
    guard let next = significant(from: position) else { return true }
    return next == UInt8(ascii: ",") || next == UInt8(ascii: ":") || next == Self.closeBrace
      || next == Self.closeBracket
  }

  /// The next byte that is no whitespace.
  private func significant(from position: Int) -> UInt8? {
    var position = position
    while position < bytes.count {
      guard JSONScan.isWhitespace(bytes[position]) else { return bytes[position] }
      position += 1
    }
    return nil
  }

  private mutating func isNextElement(_ byte: UInt8) -> Bool {
    guard let top = stack.last else { return false }
    let isExpected =
      top == Self.openBrace
      ? previous == UInt8(ascii: ":")
      : previous == UInt8(ascii: ",") || previous == Self.openBracket
    if !isExpected { isBroken = true }
    guard byte == Self.openBrace else { return false }
    if !isExpected, stack.count == 1, top == Self.openBrace { return true }
    guard isBroken, let indentation, let own = Self.indentation(bytes, at: index) else {
      return false
    }
    return own <= indentation
  }

  /// The columns before a position if it is the first in its line, else nil.
  static func indentation(
    _ bytes: UnsafeBufferPointer<UInt8>, at position: Int
  ) -> Int? {
    var line = position
    while line > 0, bytes[line - 1] == 0x20 || bytes[line - 1] == 0x09 { line -= 1 }
    return line == 0 || bytes[line - 1] == 0x0A ? position - line : nil
  }

  /// Whether this `]` can only be the end of the whole array: none is open in the element, and nothing follows.
  private func isEndOfArray() -> Bool {
    stack.isEmpty || stack.count == openObjects && significant(from: index + 1) == nil
  }

  /// Closes the bracket, and what was left open inside it; false if there is none to close.
  private mutating func close(_ byte: UInt8) -> Bool {
    let opening = byte == Self.closeBrace ? Self.openBrace : Self.openBracket
    let isOpen = opening == Self.openBrace ? openObjects > 0 : stack.count > openObjects
    guard isOpen else {
      isBroken = true
      return false
    }
    while let top = stack.popLast() {
      if top == Self.openBrace { openObjects -= 1 }
      if top == opening { break }
      isBroken = true
    }
    return true
  }
}
