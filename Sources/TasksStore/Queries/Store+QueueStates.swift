extension Store {
  /// Whether anything waits to be sent, and whether that was tried in vain.
  package func queueStates() throws(StoreError) -> (hasPending: Bool, hasFailed: Bool) {
    try connection.first(
      """
      SELECT EXISTS (SELECT 1 FROM operations WHERE queued = 'pending'),
        EXISTS (SELECT 1 FROM operations WHERE queued = 'failed')
      """, read: { ($0.bool(0), $0.bool(1)) }) ?? (false, false)
  }
}
