/// What was changed from one sequence of numbers to another: Myers' shortest edit script.
///
/// Myers' greedy algorithm (An O(ND) Difference Algorithm and Its Variations, 1986) needs no tuning, treats frequent
/// and rare pieces alike, and takes time by the number of *changes*, which for two edits of one description is small.
/// For texts that have little in common it would take the square of their size. They are not worth that: when the
/// search has taken `effort` steps for every piece, all between the common start and the common end counts as changed.
/// A merge is then more cautious than it had to be, never wrong.
package struct Diff: Sendable {
  /// One place, where the pieces `old` became the pieces `new`; one of the two may be empty.
  package struct Change: Hashable, Sendable {
    package let old: Range<Int>
    package let new: Range<Int>
  }

  /// The changes in order; between two of them is at least one piece that stayed.
  package let changes: [Change]

  /// Steps of the search for every piece: enough for any two sequences of fifty pieces.
  ///
  /// Of a thousand words two hundred may be replaced.
  private static let effort = 64
  /// Steps of the search at most, each remembered in four bytes.
  private static let mostSteps = 1 << 20

  package init(from old: [Int], to new: [Int]) {
    let shorter = min(old.count, new.count)
    var head = 0
    while head < shorter, old[head] == new[head] { head += 1 }
    var tail = 0
    while tail < shorter - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] {
      tail += 1
    }
    let oldMiddle = head..<(old.count - tail)
    let newMiddle = head..<(new.count - tail)
    if oldMiddle.isEmpty && newMiddle.isEmpty {
      changes = []
    } else if !oldMiddle.isEmpty && !newMiddle.isEmpty,
      let found = EditSearch(Array(old[oldMiddle]), Array(new[newMiddle])).changes(
        within: min((oldMiddle.count + newMiddle.count) * Self.effort, Self.mostSteps))
    {
      changes = found.map { $0.moved(by: head) }
    } else {
      changes = [Change(old: oldMiddle, new: newMiddle)]
    }
  }
}

extension Diff.Change {
  fileprivate func moved(by distance: Int) -> Self {
    Self(
      old: (old.lowerBound + distance)..<(old.upperBound + distance),
      new: (new.lowerBound + distance)..<(new.upperBound + distance))
  }
}

/// The search for the shortest way from one sequence to the other.
///
/// A way goes through a grid, from the start of both sequences to the end of both: one right deletes a piece, one down
/// inserts a piece, one along a diagonal keeps a piece and costs nothing. After `cost` deletions and insertions it is
/// on one of `cost + 1` diagonals; the `index`th of them lies `2 * index - cost` to the right of the start's.
private struct EditSearch {
  private let old: [Int]
  private let new: [Int]

  /// How far right one gets at each cost on each diagonal: a row of one for cost 0, then of two for cost 1, and so on.
  private typealias Rows = [Int32]

  init(_ old: [Int], _ new: [Int]) {
    self.old = old
    self.new = new
  }

  /// Returns the changes, nil if they are not found in that many steps.
  func changes(within limit: Int) -> [Diff.Change]? {
    var rows: Rows = []
    var steps = 0
    for cost in 0...(old.count + new.count) {
      let lastRow = Self.row(cost - 1)
      var below = Self.nowhere
      for index in 0...cost {
        let above = index < cost ? rows[lastRow + index] : Self.nowhere
        let start = Int(max(below + 1, above))
        below = above
        var right = start
        var down = right - (2 * index - cost)
        while right < old.count, down < new.count, old[right] == new[down] {
          right += 1
          down += 1
        }
        rows.append(Int32(truncatingIfNeeded: right))
        if right >= old.count, down >= new.count { return wayBack(rows, from: cost, index) }
        steps += 1 + right - start
        if steps > limit { return nil }
      }
    }
    return nil
  }

  private func wayBack(_ rows: Rows, from cost: Int, _ index: Int) -> [Diff.Change] {
    var index = index
    var changes: [Diff.Change] = []
    for cost in stride(from: cost, to: 0, by: -1) {
      let lastRow = Self.row(cost - 1)
      let below = index > 0 ? rows[lastRow + index - 1] : Self.nowhere
      let above = index < cost ? rows[lastRow + index] : Self.nowhere
      let isDeletion = below + 1 > above
      if isDeletion { index -= 1 }
      let oldStart = Int(isDeletion ? below : above)
      let newStart = oldStart - (2 * index - (cost - 1))
      var oldEnd = oldStart + (isDeletion ? 1 : 0)
      var newEnd = newStart + (isDeletion ? 0 : 1)
      if let next = changes.last, next.old.lowerBound == oldEnd, next.new.lowerBound == newEnd {
        oldEnd = next.old.upperBound
        newEnd = next.new.upperBound
        changes.removeLast()
      }
      changes.append(Diff.Change(old: oldStart..<oldEnd, new: newStart..<newEnd))
    }
    return changes.reversed()
  }

  /// What a diagonal that is not in the row would have: less than any.
  private static let nowhere: Int32 = -1

  /// Where the row of a cost starts.
  private static func row(_ cost: Int) -> Int {
    cost * (cost + 1) / 2
  }
}
