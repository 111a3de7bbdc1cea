package import TasksModel

/// What it takes to make one value of those in a conflict, by hand.
package struct MergeMaterial: Sendable {
  /// One of the values.
  package struct Version: Sendable {
    package let side: Conflict.Side
    /// The last value that it and the versions before it were made of; nil if they have nothing in common.
    package let base: JSON?
  }

  package let conflict: Conflict
  /// The different values, the one shown first.
  package let versions: [Version]
  /// What the task was when this was read.
  let seen: Snapshot
}

extension Store {
  /// The values of an open conflict and what they were made of.
  package func mergeMaterial(idPrefix prefix: String) throws -> MergeMaterial {
    try connection.transaction(writing: false) {
      let conflict = try openConflict(idPrefix: prefix)
      let task = conflict.task.rawValue
      let own = try connection.ownDevice()
      let lineage = Lineage(
        of: conflict.field, in: try connection.history(of: task, own: own))
      var versions: [MergeMaterial.Version] = []
      var before: Set<Int64> = []
      for side in [conflict.winner] + conflict.losers
      where !versions.contains(where: { $0.side.value == side.value }) {
        let ancestors = lineage.ancestors(of: side.key)
        versions.append(.init(side: side, base: lineage.last(of: before.intersection(ancestors))))
        before.formUnion(ancestors)
      }
      return MergeMaterial(
        conflict: conflict, versions: versions, seen: try connection.snapshot(of: conflict.task))
    }
  }
}

/// Which writes of a field were made by somebody who had seen which others.
private struct Lineage {
  private var entries: [Int64: History.Entry] = [:]
  private let field: Field

  init(of field: Field, in history: History) {
    self.field = field
    for entry in history.entries where entry.written[field] != nil { entries[entry.key] = entry }
  }

  /// The writes that the operation replaced, those that they replaced, and so on.
  func ancestors(of operation: Int64) -> Set<Int64> {
    var found: Set<Int64> = []
    var open = [operation]
    while let key = open.popLast() {
      for earlier in entries[key]?.over ?? []
      where entries[earlier] != nil && found.insert(earlier).inserted {
        open.append(earlier)
      }
    }
    return found
  }

  /// The value of the latest of these writes.
  func last(of operations: Set<Int64>) -> JSON? {
    operations.compactMap { entries[$0] }.max { $0.stamp < $1.stamp }?.written[field]
  }
}
