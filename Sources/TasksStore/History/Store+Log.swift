import TasksModel

extension Store {
  /// How many changes are read at a time.
  static let logPage = 64

  /// The changes before one, the newest first.
  ///
  /// A cross join goes through its left side in order.
  static let newestChanges = """
    SELECT \(LoggedChange.columns)
    FROM changes CROSS JOIN devices ON devices.key = device
    WHERE (changes.at, changes.id) < (?, ?)
    ORDER BY changes.at DESC, changes.id DESC LIMIT ?
    """

  /// What a change did to its tasks, in the order of its operations.
  static let tasksOfChange = """
    SELECT task, kind, fields, tasks.id, number, title
    FROM operations CROSS JOIN tasks ON tasks.key = task
    WHERE operations.key >= ? AND operations.key < ? AND change = ? ORDER BY operations.key
    """

  /// Calls `body` for each change held, the newest first, without holding more than a few of them.
  ///
  /// The order is one of the changes themselves, so devices that hold the same changes list them alike. However many
  /// there are, only those are read that are handed over.
  package func forEachChange(
    limit: Int? = nil, _ body: (LoggedChange) throws -> Void
  ) throws {
    var rest = limit ?? .max
    var last: LoggedChange?
    while rest > 0 {
      let page = try connection.all(
        Store.newestChanges, .integer(last?.at.milliseconds ?? .max), .text(last?.id.text ?? ""),
        .integer(Int64(min(rest, Store.logPage))), read: LoggedChange.init)
      for change in page { try body(change) }
      guard page.count == Store.logPage else { return }
      rest -= page.count
      last = page.last
    }
  }

  /// The tasks that a change wrote to, in the order of its operations; what it did to them only for the first few.
  package func tasks(
    of change: LoggedChange, limit: Int? = nil
  ) throws(StoreError) -> (tasks: [LoggedTask], more: Int) {
    var tasks: [LoggedTask] = []
    var places: [Int64: Int] = [:]
    try connection.each(
      Store.tasksOfChange,
      [.integer(change.first), .integer(change.first + Int64(change.count)), .integer(change.key)]
    ) { row in
      let task = row.integer(0)
      let place = places[task] ?? places.count
      places[task] = place
      guard place < limit ?? .max else { return }
      if place == tasks.count {
        tasks.append(
          LoggedTask(
            id: TaskID(stored: row.text(3)), number: row.optionalInteger(4).map { Int($0) },
            title: row.optionalText(5)))
      }
      tasks[place].take(row.text(1), JSON(canonicalText: row.text(2)))
    }
    return (tasks, places.count - tasks.count)
  }

  /// How many operations no change holds yet.
  package func countUncommitted() throws(StoreError) -> Int {
    try connection.first(
      "SELECT count(*) FROM operations WHERE change IS NULL", read: { Int($0.integer(0)) }) ?? 0
  }
}
