import TasksModel

/// Which writes of a task's fields somebody has seen.
///
/// An edit replaces what its author saw when making it. For somebody who works in an editor for an hour that is
/// what the store showed an hour ago, and a write that came in between stays beside theirs as a conflict.
package struct Snapshot: Sendable {
  fileprivate var writes: [Field: [Write]] = [:]

  /// The writes of a field that were current then.
  func writes(of field: Field) -> [Write] { writes[field] ?? [] }

  /// Forgets those writes of a field of which this is not true.
  mutating func keep(_ field: Field, where isKept: (Write) -> Bool) {
    writes[field]?.removeAll { !isKept($0) }
  }
}

extension Store {
  /// What the store shows of a task now.
  package func snapshot(of task: TaskKey) throws(StoreError) -> Snapshot {
    try connection.snapshot(of: task)
  }
}

extension Connection {
  func snapshot(of task: TaskKey) throws(StoreError) -> Snapshot {
    var snapshot = Snapshot()
    try each(
      "SELECT operation, at, value, wins, field FROM writes WHERE task = ?",
      [.integer(task.rawValue)]
    ) { row in
      snapshot.writes[Field(row.text(4)), default: []].append(Write(row))
    }
    return snapshot
  }
}
