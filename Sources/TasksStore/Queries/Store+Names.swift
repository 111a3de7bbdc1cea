package import TasksModel

extension Store {
  /// What a task is called here and everywhere.
  package func name(of task: TaskKey) throws(StoreError) -> (number: Int?, id: TaskID)? {
    try connection.first(
      "SELECT number, id FROM tasks WHERE key = ?", .integer(task.rawValue),
      read: { ($0.optionalInteger(0).map { Int($0) }, TaskID(stored: $0.text(1))) })
  }

  /// The task with that number.
  package func task(numbered number: Int) throws(StoreError) -> TaskKey {
    let found = try connection.first(
      "SELECT key FROM tasks WHERE number = ?", .integer(Int64(number)),
      read: { TaskKey(rawValue: $0.integer(0)) })
    guard let found else { throw .noSuchTask(String(number)) }
    return found
  }

  /// The one task whose id begins like that.
  package func task(idPrefix prefix: String) throws -> TaskKey {
    let prefix = prefix.lowercased()
    // "g" sorts after every hexadecimal digit and the dash.
    let found = try connection.all(
      "SELECT key FROM tasks WHERE id >= ? AND id < ? ORDER BY id LIMIT 10",
      .text(prefix), .text(prefix + "g"), read: { TaskKey(rawValue: $0.integer(0)) })
    guard let first = found.first else { throw StoreError.noSuchTask(prefix) }
    guard found.count == 1 else {
      throw StoreError.ambiguousTask(prefix, candidates: try records(of: found))
    }
    return first
  }
}
