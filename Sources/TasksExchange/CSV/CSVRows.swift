/// The rows of a table in text (RFC 4180), one after the other.
struct CSVRows {
  private let bytes: [UInt8]
  private let separator: UInt8
  /// How far the partner of a quotation mark may be.
  private let longest: Int
  private(set) var index: Int
  /// The line that comes next, from 1.
  private var line = 1

  struct Row {
    /// The line it begins in.
    let line: Int
    let cells: [[UInt8]]
    /// Whether a quotation mark lacks its partner; such a row ends with its line.
    let isOpen: Bool
    let length: Int
  }

  init(_ bytes: [UInt8], from start: Int, separator: UInt8, longest: Int = .max) {
    self.bytes = bytes
    self.longest = longest
    self.separator = separator
    index = start
  }

  private static let quote = UInt8(ascii: "\"")

  mutating func next() -> Row? {
    guard index < bytes.count else { return nil }
    let start = index
    let first = line
    if let cells = cells(mayQuote: true) {
      return Row(line: first, cells: cells, isOpen: false, length: index - start)
    }
    index = start
    line = first
    let cells = cells(mayQuote: false) ?? []
    return Row(line: first, cells: cells, isOpen: true, length: index - start)
  }

  /// The cells up to the end of the row; nil if the file ends within quotation marks.
  private mutating func cells(mayQuote: Bool) -> [[UInt8]]? {
    var cells: [[UInt8]] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var isAtStart = true
    let start = index
    while index < bytes.count {
      if isQuoted, index - start > longest { return nil }
      let byte = bytes[index]
      index += 1
      if byte == 0x0A { line += 1 }
      if isQuoted {
        guard byte == Self.quote else {
          cell.append(byte)
          continue
        }
        if index < bytes.count, bytes[index] == Self.quote {
          cell.append(byte)
          index += 1
        } else {
          isQuoted = false
        }
      } else if byte == Self.quote, isAtStart, mayQuote {
        isQuoted = true
        isAtStart = false
      } else if byte == separator {
        cells.append(cell)
        cell = []
        isAtStart = true
      } else if byte == 0x0A {
        if cell.last == 0x0D { cell.removeLast() }
        cells.append(cell)
        return cells
      } else {
        cell.append(byte)
        isAtStart = false
      }
    }
    guard !isQuoted else { return nil }
    if cell.last == 0x0D { cell.removeLast() }
    cells.append(cell)
    return cells
  }
}
