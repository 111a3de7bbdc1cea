import TasksModel
import Testing
import TestSupport

@Suite struct DiffTests {
  /// The new sequence, made of the old one and the changes.
  private func applying(_ diff: Diff, to old: [Int], takingFrom new: [Int]) -> [Int] {
    var result: [Int] = []
    var place = 0
    for change in diff.changes {
      result += old[place..<change.old.lowerBound]
      result += new[change.new]
      place = change.old.upperBound
    }
    return result + old[place...]
  }

  /// How many pieces the longest common subsequence has, by the book.
  private func longestCommon(_ old: [Int], _ new: [Int]) -> Int {
    var row = Array(repeating: 0, count: new.count + 1)
    for piece in old {
      var diagonal = 0
      for (index, other) in new.enumerated() {
        let above = row[index + 1]
        row[index + 1] = piece == other ? diagonal + 1 : max(above, row[index])
        diagonal = above
      }
    }
    return row[new.count]
  }

  @Test(arguments: SeededGenerator.seeds)
  func theShortestScriptIsFoundAndLeadsFromOneToTheOther(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let kinds = Int.random(in: 1...6, using: &generator)
      func sequence() -> [Int] {
        (0..<Int.random(in: 0...14, using: &generator)).map { _ in
          Int.random(in: 0..<kinds, using: &generator)
        }
      }
      let old = sequence()
      let new = sequence()
      let diff = Diff(from: old, to: new)
      #expect(applying(diff, to: old, takingFrom: new) == new)
      let deleted = diff.changes.map(\.old.count).reduce(0, +)
      let inserted = diff.changes.map(\.new.count).reduce(0, +)
      #expect(old.count - deleted == new.count - inserted)
      #expect(old.count - deleted == longestCommon(old, new), "\(old) \(new)")
      for (change, next) in zip(diff.changes, diff.changes.dropFirst()) {
        #expect(change.old.upperBound < next.old.lowerBound)
        #expect(change.new.upperBound < next.new.lowerBound)
      }
    }
  }

  @Test func whatHasTooLittleInCommonIsOneChangeBetweenTheEnds() {
    let middle = Array(1000..<6000)
    // Every second piece is kept, which a patient search would find.
    let other = middle.map { $0.isMultiple(of: 2) ? $0 : -$0 }
    let diff = Diff(from: [1, 2] + middle + [3], to: [1, 2] + other + [3])
    // 1000 is even and belongs to the common start.
    #expect(diff.changes.map(\.old) == [3..<5002])
    #expect(diff.changes.map(\.new) == [3..<5002])
  }
}
