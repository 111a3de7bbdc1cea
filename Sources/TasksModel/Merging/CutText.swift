/// A text as a sequence of pieces, with numbers in their place that are quick to compare.
struct CutText {
  /// What the pieces are; put together they are the text, byte for byte.
  enum Unit {
    /// Lines, each with the line feed at its end. A carriage return is a byte like any other.
    case lines
    /// Words and what stands between them: runs of white space, and runs of everything else.
    ///
    /// White space is that of ASCII, so no piece begins or ends inside a character.
    case words
  }

  /// The numbers given to pieces: equal bytes have equal numbers, in all the texts that are compared.
  typealias Numbers = [ArraySlice<UInt8>: Int]

  static let lineFeed = UInt8(ascii: "\n")

  /// The number of every piece.
  let numbers: [Int]
  private let unit: Unit
  private let bytes: ArraySlice<UInt8>
  /// Where every piece starts, and the end of the text.
  private let starts: [Int]

  init(_ bytes: ArraySlice<UInt8>, into unit: Unit, numbers known: inout Numbers) {
    self.unit = unit
    self.bytes = bytes
    var numbers: [Int] = []
    var starts = [bytes.startIndex]
    var start = bytes.startIndex
    for next in (bytes.startIndex...bytes.endIndex).dropFirst() {
      let isEnd =
        switch unit {
        case _ where next == bytes.endIndex: true
        case .lines: bytes[next - 1] == Self.lineFeed
        case .words: Self.isBlank(bytes[next - 1]) != Self.isBlank(bytes[next])
        }
      guard isEnd else { continue }
      let piece = bytes[start..<next]
      let number = known[piece] ?? known.count
      if number == known.count { known[piece] = number }
      numbers.append(number)
      starts.append(next)
      start = next
    }
    self.numbers = numbers
    self.starts = starts
  }

  func bytes(of pieces: Range<Int>) -> ArraySlice<UInt8> {
    bytes[starts[pieces.lowerBound]..<starts[pieces.upperBound]]
  }

  /// Returns what was changed from this text to another, in pieces.
  ///
  /// Landmarks are compared first, then what lies between those that stayed. Were spaces compared together with the
  /// words, an edit would seem shortest that keeps every space and changes most words.
  func changes(to edit: CutText) -> [Diff.Change] {
    let marks = landmarks
    let editMarks = edit.landmarks
    let diff = Diff(from: marks.map { numbers[$0] }, to: editMarks.map { edit.numbers[$0] })
    var changes: [Diff.Change] = []
    var old = 0
    var new = 0
    func compare(upTo oldEnd: Int, _ newEnd: Int) {
      if let change = change(from: old..<oldEnd, to: new..<newEnd, of: edit) {
        changes.append(change)
      }
      old = oldEnd + 1
      new = newEnd + 1
    }
    var mark = 0
    var editMark = 0
    let end = Diff.Change(
      old: marks.count..<marks.count, new: editMarks.count..<editMarks.count)
    for change in diff.changes + [end] {
      while mark < change.old.lowerBound {
        compare(upTo: marks[mark], editMarks[editMark])
        mark += 1
        editMark += 1
      }
      mark = change.old.upperBound
      editMark = change.new.upperBound
    }
    compare(upTo: numbers.count, edit.numbers.count)
    return changes
  }

  /// Returns the change between two landmarks, without what is the same at its start and its end; nil if all is.
  private func change(from old: Range<Int>, to new: Range<Int>, of edit: CutText) -> Diff.Change? {
    var old = numbers[old]
    var new = edit.numbers[new]
    while let piece = old.first, piece == new.first {
      old.removeFirst()
      new.removeFirst()
    }
    while let piece = old.last, piece == new.last {
      old.removeLast()
      new.removeLast()
    }
    return old.isEmpty && new.isEmpty ? nil : Diff.Change(old: old.indices, new: new.indices)
  }

  /// Whether the edits before and after these unchanged pieces have nothing to do with each other.
  ///
  /// White space is no reason to think so: who makes "3 May" into "4 May" has not seen that somebody else makes it
  /// "3 June".
  func keepApart(_ pieces: Range<Int>) -> Bool {
    pieces.contains(where: isLandmark)
  }

  private var landmarks: [Int] {
    numbers.indices.filter(isLandmark)
  }

  /// Whether a piece tells one place from another: any line does, but of runs only words.
  private func isLandmark(_ piece: Int) -> Bool {
    unit == .lines || !Self.isBlank(bytes[starts[piece]])
  }

  /// Whether the byte is a space, or one of ASCII's tab, line feed, vertical tab, form feed and carriage return.
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}
