extension Store {
  /// How many operations wait to be sent.
  package func queueLength() throws(StoreError) -> Int {
    try connection.first(
      "SELECT count(*) FROM operations WHERE queued IS NOT NULL", read: { Int($0.integer(0)) })
      ?? 0
  }

  /// Whether anything waits to be sent, and whether that was tried in vain.
  package func queueStates() throws(StoreError) -> (hasPending: Bool, hasFailed: Bool) {
    try connection.first(
      """
      SELECT EXISTS (SELECT 1 FROM operations WHERE queued = 'pending'),
        EXISTS (SELECT 1 FROM operations WHERE queued = 'failed')
      """, read: { ($0.bool(0), $0.bool(1)) }) ?? (false, false)
  }
}
