import TasksFiles
package import TasksModel

extension Store {
  /// Calls `body` for each task that a query finds, in its order, while another thread reads the next ones.
  ///
  /// For whoever does something with many tasks that takes about as long as reading them. Until this returns nobody
  /// else may use the store.
  package func forEachReadAhead(
    _ query: TaskQuery, clock: Clock, _ body: (TaskRecord) throws -> Void
  ) throws {
    // No other thread has it until the feed has ended.
    nonisolated(unsafe) let store = self
    let feed = Feed<[TaskRecord]>(limit: 4 * Self.portion, isAhead: try hasMany) { give in
      var portion: [TaskRecord] = []
      portion.reserveCapacity(Self.portion)
      try store.forEach(query, clock: clock) { task in
        portion.append(task)
        guard portion.count == Self.portion else { return }
        guard try give(portion, portion.count) else { throw CancellationError() }
        portion.removeAll(keepingCapacity: true)
      }
      _ = try give(portion, portion.count)
    }
    try feed.each { for task in $0 { try body(task) } }
  }

  /// Tasks that are handed over together.
  private static let portion = 128

  /// Whether there are so many tasks that a thread is worth its while.
  private var hasMany: Bool {
    get throws(StoreError) {
      try connection.first("SELECT max(key) FROM tasks", read: { $0.integer(0) }) ?? 0 > 1000
    }
  }
}
