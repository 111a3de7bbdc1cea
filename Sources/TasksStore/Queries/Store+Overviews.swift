package import TasksModel

/// A project or tag, and how many open tasks carry it.
package struct NamedCount: Sendable {
  package let name: String
  package let open: Int
  package let completed: Int
}

/// What the store holds, in numbers.
package struct StoreCounts: Sendable {
  package var open = 0
  package var completed = 0
  package var deleted = 0
  /// Operations that no change holds yet.
  package var uncommitted = 0
  /// Operations not yet known to be on the default remote.
  package var unpushed = 0
  /// Tasks by sync status.
  package var pending = 0
  package var synced = 0
  package var failed = 0
  /// Conflicts that are open.
  package var conflicts = 0
  /// Changes known to exist that have not arrived.
  package var missing = 0
}

/// An operation that waits to be sent.
package struct QueuedOperation: Sendable {
  package let id: Int64
  package let task: TaskID
  package let number: Int?
  package let title: String?
  package let kind: String
  package let at: Instant
  /// The fields as they were written.
  package let fields: JSON
  /// The queue's ids of the operations whose writes it replaces.
  package let over: JSON
  package let state: String
  package let attempts: Int
  package let attemptedAt: Instant?
  package let lastError: String?
}

extension Store {
  /// All projects of tasks that are not deleted, by name.
  package func projects() throws(StoreError) -> [NamedCount] {
    try connection.all(
      """
      SELECT project, sum(NOT completed), sum(completed) FROM tasks
      WHERE project IS NOT NULL AND NOT is_deleted GROUP BY project ORDER BY project
      """, read: Store.namedCount)
  }

  /// All tags of tasks that are not deleted, by name.
  package func tags() throws(StoreError) -> [NamedCount] {
    // Tasks with the same tags are counted together before the tags are taken apart.
    let counted = try connection.all(
      """
      SELECT tags, sum(NOT completed), sum(completed) FROM tasks
      WHERE tags IS NOT NULL AND NOT is_deleted GROUP BY tags
      """, read: Store.namedCount)
    var counts: [UTF8Key: (open: Int, completed: Int)] = [:]
    for group in counted {
      for tag in group.name.utf8.split(separator: UInt8(ascii: " ")) {
        let key = UTF8Key(String(Substring(tag)))
        counts[key, default: (0, 0)].open += group.open
        counts[key, default: (0, 0)].completed += group.completed
      }
    }
    return counts.sorted { $0.key < $1.key }.map {
      NamedCount(name: $0.key.text, open: $0.value.open, completed: $0.value.completed)
    }
  }

  /// Whether any task was ever given the tag.
  package func knows(tag: String) throws(StoreError) -> Bool {
    try connection.first(
      "SELECT 1 FROM writes WHERE field = ? AND field >= 'tag:' AND field < 'tag;' LIMIT 1",
      .text(Field.tag(tag).name), read: { _ in true }) ?? false
  }

  private static func namedCount(_ row: Row) -> NamedCount {
    NamedCount(
      name: row.text(0), open: Int(row.integer(1)), completed: Int(row.integer(2)))
  }

  package func counts() throws -> StoreCounts {
    try connection.transaction(writing: false) {
      var counts = StoreCounts()
      try connection.each(
        """
        SELECT sum(NOT completed AND NOT is_deleted), sum(completed AND NOT is_deleted),
          sum(is_deleted), count(*) FROM tasks
        """
      ) { row in
        counts.open = Int(row.integer(0))
        counts.completed = Int(row.integer(1))
        counts.deleted = Int(row.integer(2))
        counts.synced = Int(row.integer(3))
      }
      try connection.each(
        """
        SELECT count(*), count(DISTINCT task),
          (SELECT count(DISTINCT task) FROM operations WHERE queued = 'failed')
        FROM operations WHERE queued IS NOT NULL
        """
      ) { row in
        counts.unpushed = Int(row.integer(0))
        counts.failed = Int(row.integer(2))
        counts.pending = Int(row.integer(1)) - counts.failed
        counts.synced -= Int(row.integer(1))
      }
      try connection.each(
        """
        SELECT (SELECT count(*) FROM conflicts WHERE ended_at IS NULL),
          (SELECT count(*) FROM operations WHERE change IS NULL)
        """
      ) { row in
        counts.conflicts = Int(row.integer(0))
        counts.uncommitted = Int(row.integer(1))
      }
      counts.missing = try missing().count
      return counts
    }
  }

  /// The operations that wait to be sent, oldest first.
  package func queue(limit: Int? = nil) throws(StoreError) -> [QueuedOperation] {
    var queue: [QueuedOperation] = []
    try forEachQueued(limit: limit) { queue.append($0) }
    return queue
  }

  /// Calls `body` for the operations that wait to be sent, oldest first.
  ///
  /// In the order of their keys SQLite would go through all that were ever made.
  package func forEachQueued(
    limit: Int? = nil, _ body: (QueuedOperation) -> Void
  ) throws(StoreError) {
    try connection.each(
      """
      SELECT operations.key, id, number, title, kind, at, fields, over, queued, attempts,
        attempted_at, last_error
      FROM operations INDEXED BY operations_queued JOIN tasks ON tasks.key = task
      WHERE queued IS NOT NULL ORDER BY operations.key LIMIT ?
      """, [.integer(Int64(limit ?? -1))]
    ) { row in
      body(
        QueuedOperation(
          id: row.integer(0), task: TaskID(stored: row.text(1)),
          number: row.optionalInteger(2).map { Int($0) }, title: row.optionalText(3),
          kind: row.text(4), at: Instant(milliseconds: row.integer(5)),
          fields: JSON(canonicalText: row.text(6)), over: JSON(canonicalText: row.text(7)),
          state: row.text(8), attempts: Int(row.integer(9)),
          attemptedAt: row.optionalInteger(10).map { Instant(milliseconds: $0) },
          lastError: row.optionalText(11)))
    }
  }

  /// The key of the newest operation that the default remote is not known to have; nil if it has everything.
  ///
  /// An operation that is added has another. The index holds only what is queued; by key all that was ever sent would be
  /// gone through.
  package var newestUnsent: Int64? {
    get throws(StoreError) {
      try connection.first(
        """
        SELECT max(key) FROM operations INDEXED BY operations_queued WHERE queued IS NOT NULL
        """, read: { $0.optionalInteger(0) }) ?? nil
    }
  }
}
