import TasksModel

extension Store {
  /// Calls `body` for every operation on a task, the newest first.
  package func forEachOperation(
    on task: TaskKey, limit: Int? = nil, _ body: (LoggedOperation) throws -> Void
  ) throws {
    let own = try connection.ownDevice()
    // The order of `Stamp`: what is not sealed yet is after all that its device has sealed.
    let keys = try connection.all(
      """
      SELECT operations.key FROM operations LEFT JOIN changes ON changes.key = change
      LEFT JOIN devices ON devices.key = device
      WHERE task = ?
      ORDER BY operations.at DESC, coalesce(devices.id, ?) DESC, changes.id DESC NULLS FIRST,
        operations.key DESC
      LIMIT ?
      """, .integer(task.rawValue), .text(own.text), .integer(Int64(limit ?? -1)),
      read: { $0.integer(0) })
    for key in keys {
      // What a copy of this store has sealed, too, may be gone by now.
      guard let operation = try connection.pastOperation(key, own: own) else { continue }
      try body(try connection.logged(operation, own: own))
    }
  }

  /// The operations of a change that are held, each with its place in the change.
  package func operations(
    of change: LoggedChange
  ) throws(StoreError) -> [(place: Int, operation: LoggedOperation)] {
    let own = try connection.ownDevice()
    var operations: [(place: Int, operation: LoggedOperation)] = []
    for key in try connection.keys(of: change) {
      guard let operation = try connection.pastOperation(key, own: own) else { continue }
      operations.append((Int(key - change.first), try connection.logged(operation, own: own)))
    }
    return operations
  }
}
