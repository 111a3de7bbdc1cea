import TasksFiles
import TasksModel

extension Store {
  /// The key of the newest operation; 0 if there is none.
  package var newestOperation: Int64 {
    get throws(StoreError) {
      try connection.first("SELECT coalesce(max(key), 0) FROM operations", read: { $0.integer(0) })
        ?? 0
    }
  }

  /// The tasks that operations after this one are about, each with the last of them: at most so many operations.
  ///
  /// Returns them in the order of these, and the key of the last operation looked at.
  package func touched(
    since operation: Int64, limit: Int
  ) throws(StoreError) -> (tasks: [(last: Int64, task: TaskKey)], end: Int64) {
    let rows = try connection.all(
      "SELECT key, task FROM operations WHERE key > ? ORDER BY key LIMIT ?", .integer(operation),
      .integer(Int64(limit)), read: { (key: $0.integer(0), task: $0.integer(1)) })
    var last: [Int64: Int64] = [:]
    for row in rows { last[row.task] = row.key }
    let tasks = last.map { (last: $0.value, task: TaskKey(rawValue: $0.key)) }
    return (tasks.sorted { $0.last < $1.last }, rows.last?.key ?? operation)
  }

  /// Throws if nothing can be written; that somebody else writes is told at once.
  package func checkWritable() throws {
    try connection.withoutPatience { try connection.transaction(writing: true) {} }
    if let directory, Directories.isOnReadOnlyDisk(directory) {
      throw StoreError.readOnly(path: directory)
    }
  }
}
