import TasksModel

/// A line of two texts of many lines that are compared.
enum LinePiece: Equatable {
  case removed(String)
  case added(String)
  /// One that stayed, beside one that did not.
  case kept(String)
  /// Others that stayed.
  case skipped
}

/// What is different between two texts of many lines.
enum LineDiff {
  /// How many lines that stayed are shown before and behind others.
  private static let context = 1

  /// The lines that differ, with a little of what is around them; nil is no text at all.
  static func pieces(from old: String?, to new: String?) -> [LinePiece] {
    let old = lines(old)
    let new = lines(new)
    var numbers: [UTF8Key: Int] = [:]
    func number(_ line: String) -> Int {
      let number = numbers[UTF8Key(line)] ?? numbers.count
      numbers[UTF8Key(line)] = number
      return number
    }
    var pieces: [LinePiece] = []
    var next = 0
    for change in Diff(from: old.map(number), to: new.map(number)).changes {
      pieces += kept(old[next..<change.old.lowerBound], isFirst: next == 0, isLast: false)
      pieces += old[change.old].map(LinePiece.removed) + new[change.new].map(LinePiece.added)
      next = change.old.upperBound
    }
    guard !pieces.isEmpty else { return [] }
    return pieces + kept(old[next...], isFirst: false, isLast: true)
  }

  private static func lines(_ text: String?) -> [String] {
    guard let text else { return [] }
    return text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      .map(String.init)
  }

  private static func kept(
    _ lines: ArraySlice<String>, isFirst: Bool, isLast: Bool
  ) -> [LinePiece] {
    let head = isFirst ? 0 : context
    let tail = isLast ? 0 : context
    guard lines.count > head + tail + 1 else { return lines.map(LinePiece.kept) }
    return lines.prefix(head).map(LinePiece.kept) + [.skipped]
      + lines.suffix(tail).map(LinePiece.kept)
  }
}
