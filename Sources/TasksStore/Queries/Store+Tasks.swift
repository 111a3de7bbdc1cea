package import TasksModel

/// How much of each task a caller needs.
package enum Detail: Sendable {
  /// What stands in one line of a list: no notes and no unknown fields.
  case line
  case full
}

/// Which tasks, in what order, and how many.
package struct TaskQuery: Sendable {
  package var filter: Filter
  package var order: [SortKey]
  package var limit: Int?
  package var detail: Detail
  /// Whether what matches the words of the filter best comes first, and `order` only decides between equals.
  package var isRanked: Bool

  package init(
    _ filter: Filter, order: [SortKey] = SortKey.everyday, limit: Int? = nil,
    detail: Detail = .line, isRanked: Bool = false
  ) {
    self.filter = filter
    self.order = order
    self.limit = limit
    self.detail = detail
    self.isRanked = isRanked
  }
}

extension Store {
  /// The tasks that a query finds, in its order.
  package func tasks(_ query: TaskQuery, clock: Clock) throws -> [TaskRecord] {
    var records: [TaskRecord] = []
    try forEach(query, clock: clock) { records.append($0) }
    return records
  }

  /// Calls `body` for each task that a query finds, in its order, without holding more than one of them.
  package func forEach(
    _ query: TaskQuery, clock: Clock, _ body: (TaskRecord) throws -> Void
  ) throws {
    let condition = SQLCondition(query.filter, clock: clock)
    var values = condition.values
    var order = query.order.map(Store.orderTerm)
    let matches = query.isRanked ? query.filter.searches.compactMap { SearchWords($0).match } : []
    if !matches.isEmpty {
      // The title counts most. bm25 is smaller for the better match.
      order.insert(
        """
        (SELECT bm25(search, 10.0, 2.0, 1.0) FROM search WHERE search MATCH ? AND rowid = tasks.key)
        NULLS LAST
        """, at: 0)
      values.append(.text(matches.map { "(\($0))" }.joined(separator: " OR ")))
    }
    let ordered = "\(condition.sql) ORDER BY \((order + ["key"]).joined(separator: ", "))"
    guard let limit = query.limit else {
      try forEach(
        "SELECT \(RecordReader.columns(query.detail)) FROM tasks WHERE \(ordered)", values,
        detail: query.detail, body)
      return
    }
    // Only the few that are wanted are read whole. A cross join goes through its left side in order.
    // https://www.sqlite.org/optoverview.html#manual_control_of_query_plans_using_cross_join
    try forEach(
      """
      SELECT \(RecordReader.columns(query.detail))
      FROM (SELECT key AS found FROM tasks WHERE \(ordered) LIMIT ?) CROSS JOIN tasks ON key = found
      """, values + [.integer(Int64(limit))], detail: query.detail, body)
  }

  /// How many tasks a filter means.
  package func count(_ filter: Filter, clock: Clock) throws(StoreError) -> Int {
    let condition = SQLCondition(filter, clock: clock)
    var count = 0
    try connection.each("SELECT count(*) FROM tasks WHERE \(condition.sql)", condition.values) {
      count = Int($0.integer(0))
    }
    return count
  }

  /// The task of that key, in full.
  package func record(of task: TaskKey) throws -> TaskRecord? {
    var found: TaskRecord?
    try forEach(
      "SELECT \(RecordReader.columns(.full)) FROM tasks WHERE key = ?", [.integer(task.rawValue)],
      detail: .full
    ) { found = $0 }
    return found
  }

  /// The task of that id, in full; nil if there is none.
  package func record(of task: TaskID) throws -> TaskRecord? {
    var found: TaskRecord?
    try forEach(
      "SELECT \(RecordReader.columns(.full)) FROM tasks WHERE id = ?", [.text(task.text)],
      detail: .full
    ) { found = $0 }
    return found
  }

  /// Puts what clocks said in place of times that had to be moved away from it: what people are shown.
  package func showClocks(
    of task: TaskKey, in record: inout TaskRecord
  ) throws(StoreError) {
    let readings = try connection.all(
      """
      SELECT field, clock FROM writes JOIN operations ON operations.key = operation
      WHERE writes.task = ? AND field IN ('completed', 'is_deleted') AND wins AND clock IS NOT NULL
      """, .integer(task.rawValue),
      read: { (field: Field($0.text(0)), clock: Instant(milliseconds: $0.integer(1))) })
    for reading in readings {
      if reading.field == .isDeleted {
        record.updatedAt = reading.clock
      } else if record.isCompleted {
        record.completedAt = reading.clock
      }
    }
  }

  /// The tasks of those keys, in that order.
  package func records(of tasks: [TaskKey]) throws -> [TaskRecord] {
    try tasks.compactMap { try record(of: $0) }
  }

  /// Reads tasks and what belongs to them, all as it was at one moment.
  func forEach(
    _ sql: String, _ values: [SQLValue], detail: Detail, _ body: (TaskRecord) throws -> Void
  ) throws {
    var failure: (any Error)?
    var reader = RecordReader(detail)
    try consistently {
      try connection.each(sql, values) { row in
        guard failure == nil else { return }
        do {
          try body(reader.record(row))
        } catch {
          failure = error
        }
      }
    }
    if let failure { throw failure }
  }

  /// Runs reads that must agree with one another.
  ///
  /// Inside an edit they do already.
  func consistently<Result>(_ body: () throws -> Result) throws -> Result {
    guard !connection.isInTransaction else { return try body() }
    return try connection.transaction(writing: false, body)
  }

  /// A key of an order as SQL.
  ///
  /// What has no value comes last either way.
  private static func orderTerm(_ key: SortKey) -> String {
    "\(expression(of: key.field)) \(key.descending ? "DESC" : "ASC") NULLS LAST"
  }

  /// What a field is sorted by.
  static func expression(of field: SortField) -> String {
    switch field {
    case .due: SQLCondition.end(of: "due")
    case .wait: SQLCondition.start(of: "wait")
    case .priority: "CASE priority WHEN 'H' THEN 0 WHEN 'M' THEN 1 WHEN 'L' THEN 2 END"
    case .created: "created_at"
    case .updated: "updated_at"
    case .completed: "completed_at"
    case .project: "project COLLATE NOCASE"
    case .title: "title COLLATE NOCASE"
    case .number: "number"
    }
  }
}
