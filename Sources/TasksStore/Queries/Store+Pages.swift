package import TasksModel

/// A place in an order of tasks: by what a task is sorted, and its own key, which decides between equals.
///
/// A page goes on behind it, whatever was added or removed meanwhile.
package struct PagePlace: Hashable, Sendable {
  /// Nil if they are to be read from the task.
  package let values: [SQLValue]?
  package let key: Int64

  package init(values: [SQLValue]?, key: Int64) {
    self.values = values
    self.key = key
  }
}

extension Store {
  /// Calls `body` for so many tasks that a filter means, behind a place in an order; without an order, the one in which
  /// they came here.
  ///
  /// - Returns: where the next page goes on; nil if this was the last.
  package func forEach(
    _ filter: Filter, order: [SortKey], after place: PagePlace?, limit: Int, clock: Clock,
    _ body: (TaskRecord) -> Void
  ) throws -> PagePlace? {
    let condition = SQLCondition(filter, clock: clock)
    let terms = order.map { (sql: Store.expression(of: $0.field), isDescending: $0.descending) }
    var values = condition.values
    var sql = condition.sql
    if let place {
      let rest = Store.behind(
        place.key, try place.values ?? self.values(of: place.key, terms), terms)
      sql += " AND \(rest.sql)"
      values += rest.values
    }
    let ordered = terms.map { "\($0.sql) \($0.isDescending ? "DESC" : "ASC") NULLS LAST" }
    let names = terms.indices.map { "term\($0)" }
    let selected = zip(terms, names).map { ", \($0.sql) AS \($1)" }.joined()
    // One more than wanted tells whether there are more.
    values.append(.integer(Int64(limit) + 1))
    var count = 0
    var last: PagePlace?
    var next: PagePlace?
    var reader = RecordReader(.full)
    try consistently {
      try connection.each(
        """
        SELECT \(([RecordReader.columns(.full)] + names).joined(separator: ", "))
        FROM (SELECT key AS found\(selected) FROM tasks WHERE \(sql)
          ORDER BY \((ordered + ["key"]).joined(separator: ", ")) LIMIT ?)
        CROSS JOIN tasks ON key = found
        """, values
      ) { row in
        guard count < limit else {
          next = last
          return
        }
        count += 1
        body(reader.record(row))
        last = PagePlace(
          values: terms.indices.map { row.value(reader.nextColumn + Int32($0)) },
          key: row.integer(0))
      }
    }
    return next
  }

  /// The condition that a task stands behind a place.
  private static func behind(
    _ key: Int64, _ place: [SQLValue], _ terms: [(sql: String, isDescending: Bool)]
  ) -> (sql: String, values: [SQLValue]) {
    guard !terms.isEmpty else { return ("key > ?", [.integer(key)]) }
    var alternatives: [String] = []
    var values: [SQLValue] = []
    var equal: [String] = []
    var equalValues: [SQLValue] = []
    for (term, value) in zip(terms, place) {
      // What has no value comes last either way, so nothing is behind it.
      if value != .null {
        let comparison = "(\(term.sql) \(term.isDescending ? "<" : ">") ? OR \(term.sql) IS NULL)"
        alternatives.append((equal + [comparison]).joined(separator: " AND "))
        values += equalValues + [value]
      }
      equal.append("\(term.sql) IS ?")
      equalValues.append(value)
    }
    alternatives.append((equal + ["key > ?"]).joined(separator: " AND "))
    values += equalValues + [.integer(key)]
    return ("(" + alternatives.joined(separator: " OR ") + ")", values)
  }

  /// By what a task is sorted now.
  private func values(
    of key: Int64, _ terms: [(sql: String, isDescending: Bool)]
  ) throws(StoreError) -> [SQLValue] {
    guard !terms.isEmpty else { return [] }
    return try connection.first(
      "SELECT \(terms.map(\.sql).joined(separator: ", ")) FROM tasks WHERE key = ?", .integer(key)
    ) { row in terms.indices.map { row.value(Int32($0)) } } ?? terms.map { _ in .null }
  }
}
