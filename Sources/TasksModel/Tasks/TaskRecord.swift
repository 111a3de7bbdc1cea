/// A task as it stands: the current value of every field, and what is known of it locally.
package struct TaskRecord: Sendable {
  package var id: TaskID
  /// Small and local; nil once the task has been closed for a day.
  package var number: Int?
  /// Nil only if the operation that set it has not arrived yet.
  package var title: String?
  package var description: String?
  package var isCompleted = false
  package var completedAt: Instant?
  package var project: String?
  /// `H`, `M` or `L`, or a word that only a later version knows.
  package var priority: String?
  package var due: Moment?
  package var wait: Moment?
  /// Sorted by their bytes.
  package var tags: [String] = []
  /// Oldest first.
  package var notes: [Note] = []
  /// Fields this version does not know, by name: kept, shown to programs and passed on.
  package var otherFields: [JSON.Member] = []
  package var createdAt: Instant
  package var updatedAt: Instant
  package var isDeleted = false
  package var syncStatus = SyncStatus.pending
  package var serverID: String?
  package var lastSyncedAt: Instant?

  package init(id: TaskID, createdAt: Instant, updatedAt: Instant) {
    self.id = id
    self.createdAt = createdAt
    self.updatedAt = updatedAt
  }

  /// Neither done nor deleted.
  package var isOpen: Bool { !isCompleted && !isDeleted }

  /// Whether the task hides until later.
  package func isWaiting(at clock: Clock) -> Bool {
    guard let wait else { return false }
    return wait.start(in: clock.zone) > clock.now
  }
}
