package import TasksModel

/// What came of taking in a bundle.
package struct Intake: Sendable {
  /// How many changes of it were not held before, by device and as the device calls itself.
  package var changes: [DeviceID: Int] = [:]
  package var names: [DeviceID: String] = [:]
  /// How many were held already.
  package var known = 0
  /// How many are of a later version: kept, passed on, and not applied.
  package var newer = 0
  /// The tasks that were written to.
  package var tasks: Set<TaskKey> = []
  /// The conflicts that it brought, by id.
  package var conflicts: [String] = []
  /// Changes that are numbered like another of the same device: somebody used a copy of a store.
  package var forks: [(device: DeviceID, sequence: Int)] = []
  /// Whether this store found out that it is a copy.
  package var newIdentity: NewIdentity?
  /// Edits that were not sealed yet and came back from a copy of this store.
  package var dropped = 0

  package init() {}

  /// How many changes were not held before.
  package var count: Int { changes.values.reduce(0, +) }

  /// Adds what came of another bundle.
  package mutating func add(_ other: Intake) {
    changes.merge(other.changes, uniquingKeysWith: +)
    names.merge(other.names) { $1 }
    known += other.known
    newer += other.newer
    tasks.formUnion(other.tasks)
    conflicts += other.conflicts.filter { !conflicts.contains($0) }
    forks += other.forks
    newIdentity = other.newIdentity ?? newIdentity
    dropped += other.dropped
  }
}
