import TasksModel

/// The small numbers that people call tasks by, as one command hands them out.
///
/// An open task always has one. A closed one keeps its number for a day, so that `reopen 3` still means what was just
/// closed; then the number is free for another task. The lowest free number is found in the same time however many
/// tasks there are.
struct Numbers {
  private static let keptAfterClosing: Int64 = 24 * 60 * 60 * 1000

  private let connection: Connection
  private let now: Instant
  /// The number after the highest, once it is known that no lower one is free.
  private var next: Int64?
  /// The highest that was handed out: the row of the task that has it may wait to be written.
  private var highest: Int64 = 0

  init(connection: Connection, now: Instant) {
    self.connection = connection
    self.now = now
  }

  /// Takes the lowest free number.
  mutating func take() throws(StoreError) -> Int {
    if next == nil {
      try release()
      let free = try connection.first("SELECT min(number) FROM free_numbers") {
        $0.optionalInteger(0)
      }
      if case .some(.some(let number)) = free {
        try connection.run("DELETE FROM free_numbers WHERE number = ?", .integer(number))
        highest = max(highest, number)
        return Int(number)
      }
      let stored = try connection.first("SELECT coalesce(max(number), 0) FROM tasks") {
        $0.integer(0)
      }
      let last = max(stored ?? 0, highest)
      next = last < .max ? last + 1 : last
    }
    let number = next ?? 1
    guard number < .max else {
      throw .damaged(path: connection.path, detail: "it has no more numbers for tasks")
    }
    next = number + 1
    return Int(number)
  }

  /// Frees the numbers of tasks that have been closed long enough: some at a time, so that nobody waits.
  private func release() throws(StoreError) {
    let closed = try connection.all(
      """
      SELECT key, number FROM tasks
      WHERE number IS NOT NULL AND closed_at IS NOT NULL AND closed_at <= ? LIMIT 100
      """,
      .integer(now.milliseconds - Numbers.keptAfterClosing)
    ) { (key: $0.integer(0), number: $0.integer(1)) }
    for task in closed {
      try connection.run("UPDATE tasks SET number = NULL WHERE key = ?", .integer(task.key))
      try connection.run(
        "INSERT OR IGNORE INTO free_numbers VALUES (?)", .integer(task.number))
    }
  }
}
