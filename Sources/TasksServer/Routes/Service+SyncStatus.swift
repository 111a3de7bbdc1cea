import TasksModel
import TasksStore
import TasksSync

extension Service {
  /// How syncing stands.
  func syncStatus() throws -> JSON {
    let counts = try readers.read { try $0.store.counts() }
    let values = state.now
    let progress = values.progress.map { progress -> JSON in
      let total = progress.ofBundles ?? progress.bundles
      return [
        "done": .integer(Int64(progress.bundles)), "total": .integer(Int64(total)),
        "percent": .integer(Int64(total > 0 ? min(100, progress.bundles * 100 / total) : 0)),
      ]
    }
    return [
      "pending": .integer(Int64(counts.pending)), "failed": .integer(Int64(counts.failed)),
      "synced": .integer(Int64(counts.synced)),
      "total": .integer(Int64(counts.pending + counts.failed + counts.synced)),
      "online": .bool(values.isOnline ?? false), "in_progress": progress ?? .null,
      "last_sync": values.lastSync.map { .string($0.description) } ?? .null,
      "last_error": values.lastError.map { .string(Discretion.told($0)) } ?? .null,
      "breaker": .string(values.breaker.rawValue),
    ]
  }
}
