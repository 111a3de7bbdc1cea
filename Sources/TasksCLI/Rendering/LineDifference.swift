import TasksModel

/// What was changed from one text to another, line by line.
struct LineDifference {
  /// A line, and whether it is gone (`-`), new (`+`) or as it was (a blank).
  struct Line: Equatable {
    let mark: String
    let text: String
  }

  private let old: [String]
  private let new: [String]
  private let changes: [Diff.Change]

  init(from old: String, to new: String) {
    var numbers: [UTF8Key: Int] = [:]
    func number(_ lines: [String]) -> [Int] {
      lines.map { line in
        let key = UTF8Key(line)
        let number = numbers[key] ?? numbers.count
        numbers[key] = number
        return number
      }
    }
    self.old = Self.lines(old)
    self.new = Self.lines(new)
    changes = Diff(from: number(self.old), to: number(self.new)).changes
  }

  /// The changed lines with some unchanged ones around them; none where both texts are of one line.
  func lines(around context: Int) -> [Line] {
    guard old.count > 1 || new.count > 1 else { return [] }
    var lines: [Line] = []
    var shown = 0
    for (index, change) in changes.enumerated() {
      let start = max(shown, change.old.lowerBound - context)
      if start > shown { lines.append(Line(mark: " ", text: "…")) }
      lines += old[start..<change.old.lowerBound].map { Line(mark: " ", text: $0) }
      lines += old[change.old].map { Line(mark: "-", text: $0) }
      lines += new[change.new].map { Line(mark: "+", text: $0) }
      let next = index + 1 < changes.count ? changes[index + 1].old.lowerBound : old.count
      shown = min(change.old.upperBound + context, next)
      lines += old[change.old.upperBound..<shown].map { Line(mark: " ", text: $0) }
    }
    if !changes.isEmpty, shown < old.count { lines.append(Line(mark: " ", text: "…")) }
    return lines
  }

  private static func lines(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
  }
}
