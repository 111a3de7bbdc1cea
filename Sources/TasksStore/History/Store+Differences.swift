import TasksModel

extension Store {
  /// What a stretch of the log comes to, task by task; what was changed and changed back is left out.
  package func differences(_ range: LogRange) throws(StoreError) -> [TaskDifference] {
    var gathered = GatheredDifferences(own: try connection.ownDevice())
    switch range {
    case .uncommitted: break
    case .changes(let after, let through):
      try forEachChange(after: after, through: through) { change throws(StoreError) in
        for key in try connection.keys(of: change) { try gathered.take(key, from: connection) }
      }
      guard through == nil else { return try gathered.differences(in: connection) }
    }
    let open = try connection.all(
      "SELECT key FROM operations WHERE change IS NULL ORDER BY key", read: { $0.integer(0) })
    for key in open { try gathered.take(key, from: connection) }
    return try gathered.differences(in: connection)
  }

  /// Calls `body` for each change of a stretch of the log, the oldest first.
  private func forEachChange(
    after: LoggedChange?, through: LoggedChange?,
    _ body: (LoggedChange) throws(StoreError) -> Void
  ) throws(StoreError) {
    var last = after
    while true {
      // "g" sorts after every id.
      let page = try connection.all(
        """
        SELECT \(LoggedChange.columns)
        FROM changes CROSS JOIN devices ON devices.key = device
        WHERE (changes.at, changes.id) > (?, ?) AND (changes.at, changes.id) <= (?, ?)
        ORDER BY changes.at, changes.id LIMIT ?
        """, .integer(last?.at.milliseconds ?? -1), .text(last?.id.text ?? ""),
        .integer(through?.at.milliseconds ?? .max), .text(through?.id.text ?? "g"),
        .integer(Int64(Store.logPage)), read: LoggedChange.init)
      for change in page { try body(change) }
      guard page.count == Store.logPage else { return }
      last = page.last
    }
  }
}
