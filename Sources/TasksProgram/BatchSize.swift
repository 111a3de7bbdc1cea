import TasksSync

/// How many changes a bundle that is sent holds at most.
package enum BatchSize {
  /// What the environment says, else the usual.
  package static func read(_ environment: Environment) throws -> Int {
    for name in ["TASKS_BATCH_SIZE", "SYNC_BATCH_SIZE"] {
      guard let text = environment[name] else { continue }
      guard let number = Int(text), SyncOptions.batches.contains(number) else {
        throw Failure.usage(
          "\(name) is '\(text)'",
          hint:
            "it takes a number from \(SyncOptions.batches.lowerBound) to \(SyncOptions.batches.upperBound)"
        )
      }
      return number
    }
    return SyncOptions.usualBatch
  }
}
