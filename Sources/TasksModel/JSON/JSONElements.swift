/// The values of a file that is one JSON array, or has one value a line (JSON lines), one after the other.
///
/// Each is found first and parsed by itself, so that a bad one can be skipped and the rest goes on, and no tree of a
/// whole file is ever held. A byte order mark is skipped, blank lines and CRLF are allowed.
///
/// ```swift
/// let elements = JSONElements(bytes)
/// for element in elements {
///   do { try use(elements.value(of: element)) } catch { report(element.line, error) }
/// }
/// ```
package struct JSONElements: Sequence, Sendable {
  package let bytes: [UInt8]
  /// Whether the file is one array; else a value a line.
  package let isArray: Bool
  private let start: Int

  package struct Element: Hashable, Sendable {
    /// The line it starts in, from 1.
    package let line: Int
    package let range: Range<Int>
    /// What is wrong between elements: a comma too many or missing, no end.
    ///
    /// Such a one has an empty range, and no element of the file is lost by skipping it.
    package let fault: JSONError?
  }

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    isArray = bytes.dropFirst(start).first { !JSONScan.isWhitespace($0) } == UInt8(ascii: "[")
  }

  /// Parses an element; offsets in errors count from the start of the file.
  package func value(
    of element: Element, limits: JSONLimits = JSONLimits()
  ) throws(JSONError) -> JSON {
    if let fault = element.fault { throw fault }
    return try JSONParser.parse(bytes, in: element.range, limits: limits)
  }

  package func makeIterator() -> Iterator {
    Iterator(bytes: bytes, isArray: isArray, cursor: JSONCursor(index: start))
  }

  package struct Iterator: IteratorProtocol, Sendable {
    private let bytes: [UInt8]
    private let isArray: Bool
    private var cursor: JSONCursor
    private var line = 1
    /// Up to where the line feeds have been counted.
    private var counted = 0

    fileprivate init(bytes: [UInt8], isArray: Bool, cursor: JSONCursor) {
      self.bytes = bytes
      self.isArray = isArray
      self.cursor = cursor
    }

    package mutating func next() -> Element? {
      let bytes = bytes
      return bytes.withUnsafeBufferPointer { buffer in
        guard let found = isArray ? cursor.nextInArray(buffer) : cursor.nextLine(buffer) else {
          return nil
        }
        for index in counted..<found.range.lowerBound where buffer[index] == 0x0A { line += 1 }
        counted = found.range.lowerBound
        return Element(line: line, range: found.range, fault: found.fault)
      }
    }
  }
}

/// Where in a file the search for elements has come to.
struct JSONCursor {
  typealias Found = (range: Range<Int>, fault: JSONError?)

  private var index: Int
  private var isFinished = false
  /// Whether the array's closing bracket has been seen.
  private var hasEnded = false
  /// Whether an element took all the rest of the file, for want of a closing bracket.
  private var lacksBracket = false
  /// The columns before the last element that was the first in its line.
  private var indentation: Int?
  private var place = Place.beforeArray

  private enum Place {
    case beforeArray
    /// After `[`: an element or the end.
    case atStart
    /// After a comma: an element.
    case afterComma
    /// After an element: a comma or the end.
    case afterElement
  }

  init(index: Int) {
    self.index = index
  }

  mutating func nextLine(_ bytes: UnsafeBufferPointer<UInt8>) -> Found? {
    while index < bytes.count {
      let end = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
      var range = index..<end
      index = min(end + 1, bytes.count)
      while let byte = bytes[range].first, JSONScan.isWhitespace(byte) {
        range = range.dropFirst()
      }
      while let byte = bytes[range].last, JSONScan.isWhitespace(byte) { range = range.dropLast() }
      if !range.isEmpty { return (range, nil) }
    }
    return nil
  }

  mutating func nextInArray(_ bytes: UnsafeBufferPointer<UInt8>) -> Found? {
    while !isFinished {
      while index < bytes.count, JSONScan.isWhitespace(bytes[index]) { index += 1 }
      guard index < bytes.count else {
        isFinished = true
        return hasEnded ? nil : fault(.unexpectedEnd)
      }
      switch (bytes[index], place) {
      case (_, .beforeArray):
        index += 1
        place = .atStart
      case (UInt8(ascii: ","), .afterElement):
        index += 1
        place = .afterComma
      case (UInt8(ascii: ","), _):
        defer { index += 1 }
        return fault(.unexpectedByte(UInt8(ascii: ",")))
      case (UInt8(ascii: "]"), .afterComma):
        place = .afterElement
        return fault(.unexpectedByte(UInt8(ascii: "]")))
      case (UInt8(ascii: "]"), _):
        return end(bytes)
      case (UInt8(ascii: "{"), .afterElement):
        place = .afterComma
        return fault(.unexpectedByte(UInt8(ascii: "{")))
      case (UInt8(ascii: "["), .afterElement):
        // Taken for a comma gone wrong: as an array it would hold all that follows.
        defer { index += 1 }
        place = .afterComma
        return fault(.unexpectedByte(UInt8(ascii: "[")))
      default:
        return (element(bytes), nil)
      }
    }
    return nil
  }

  private mutating func element(_ bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    indentation = JSONOutline.indentation(bytes, at: index) ?? indentation
    var outline = JSONOutline(
      bytes, from: index, isBroken: lacksBracket, indentation: indentation)
    var end = outline.end()
    if end == bytes.count, outline.isOpen, !lacksBracket {
      // Once in a file, so that a file of nothing but open brackets is not read over and over.
      lacksBracket = true
      outline = JSONOutline(bytes, from: index, isBroken: true, indentation: indentation)
      end = outline.end()
    }
    defer { index = end }
    place = outline.isCutOff ? .afterComma : .afterElement
    // A file that stops inside an element is one error, which parsing the element reports.
    isFinished = end == bytes.count && outline.isOpen
    return index..<end
  }

  /// Passes a `]`: the end of the array if nothing follows.
  ///
  /// What does follow is an error, but perhaps of that bracket, so it is searched for elements all the same.
  private mutating func end(_ bytes: UnsafeBufferPointer<UInt8>) -> Found? {
    hasEnded = true
    index += 1
    while index < bytes.count, JSONScan.isWhitespace(bytes[index]) { index += 1 }
    isFinished = index == bytes.count
    return isFinished ? nil : fault(.trailingContent)
  }

  private func fault(_ kind: JSONError.Kind) -> Found {
    (index..<index, JSONError(kind, at: index))
  }
}

extension JSONScan {
  @inline(__always)
  static func isWhitespace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
