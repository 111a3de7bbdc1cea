package import TasksModel

extension Store {
  /// The numbers that begin with these digits, and the titles of their tasks: open ones first.
  package func numberedTitles(
    _ filter: Filter, startingWith digits: String
  ) throws(StoreError) -> [(number: Int, title: String)] {
    let clock = Clock(now: Instant(milliseconds: 0), zone: .utc)
    let condition = SQLCondition(filter, clock: clock)
    var found: [(number: Int, title: String)] = []
    try connection.each(
      """
      SELECT number, title FROM tasks
      WHERE number > 0 AND substr(number, 1, ?) = ? AND \(condition.sql)
      ORDER BY completed, number LIMIT 1000
      """,
      [.integer(Int64(digits.utf8.count)), .text(digits)] + condition.values
    ) { found.append((Int($0.integer(0)), $0.text(1))) }
    return found
  }
}
