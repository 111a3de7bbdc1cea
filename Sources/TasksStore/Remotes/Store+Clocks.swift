package import TasksModel

/// What clocks said, to find those that are wrong.
extension Store {
  /// What the clock said, at the latest, when operations of a stretch were made.
  package func latestReading(in span: HeldSpan) throws(StoreError) -> Instant {
    let latest = try connection.first(
      """
      SELECT max(coalesce(clock, operations.at)) FROM changes
      JOIN operations ON operations.key >= first AND operations.key < first + changes.count
      WHERE device = ? AND seq BETWEEN ? AND ?
      """, .integer(span.device.key), .integer(Int64(span.first)), .integer(Int64(span.last)),
      read: { $0.optionalInteger(0) })
    return Instant(milliseconds: (latest ?? nil) ?? 0)
  }

  /// The key that the next operation will get, to tell later what came since.
  package func nextOperation() throws(StoreError) -> Int64 {
    try connection.first(
      "SELECT coalesce(max(key), 0) + 1 FROM operations", read: { $0.integer(0) }) ?? 1
  }

  /// How many operations that came since then were made when the clock was past a moment, by the names of the devices.
  ///
  /// One that replaces a write from the future lies behind that, whatever the clock said.
  package func operations(
    since first: Int64, after moment: Instant
  ) throws(StoreError) -> [(name: String, count: Int)] {
    try connection.all(
      """
      SELECT devices.name, count(*) FROM operations JOIN changes ON changes.key = change
      JOIN devices ON devices.key = device
      WHERE operations.key >= ? AND coalesce(clock, operations.at) > ?
      GROUP BY device ORDER BY devices.name
      """, .integer(first), SQLValue(moment),
      read: { (name: $0.text(0), count: Int($0.integer(1))) })
  }
}
