import TasksFiles

extension Store {
  /// Whether nothing was ever edited here, and no change has come.
  package var isEmpty: Bool {
    get throws(StoreError) {
      try connection.first(
        "SELECT NOT EXISTS (SELECT 1 FROM operations) AND NOT EXISTS (SELECT 1 FROM changes)",
        read: { $0.bool(0) }) ?? true
    }
  }

  /// Whether it is empty and has no remote.
  package var isUnused: Bool {
    get throws(StoreError) {
      guard try isEmpty else { return false }
      return try remotes().isEmpty
    }
  }

  /// Whether something in it was made on this device.
  package var hasOwnEdits: Bool {
    get throws(StoreError) {
      try connection.first(
        """
        SELECT EXISTS (SELECT 1 FROM operations WHERE change IS NULL)
          OR EXISTS (SELECT 1 FROM devices WHERE is_own AND last > 0)
        """, read: { $0.bool(0) }) ?? false
    }
  }

  /// Removes a store that was made a moment ago and came to nothing; false if somebody has begun to use it.
  ///
  /// Whoever waits to write to it finds that its database has gone, and says so.
  ///
  /// - Parameter withFolder: whether its folder was made with it.
  package func discard(withFolder: Bool) throws -> Bool {
    guard let directory else { return false }
    let database = Paths.join(directory, Self.databaseName)
    let gone = database + ".discarded"
    let isDiscarded = try connection.transaction(writing: true) {
      guard try !hasOwnEdits else { return false }
      try Files.rename(database, to: gone)
      return true
    }
    guard isDiscarded else { return false }
    for path in [database + "-wal", database + "-shm", Paths.join(directory, Identity.fileName)] {
      try Files.removeIfThere(path)
    }
    if let changes = changesDirectory, try Directories.kind(of: changes.path) == .directory {
      try Directories.removeTree(changes.path)
    }
    try Files.removeIfThere(gone)
    if withFolder, try Directories.isEmpty(directory) { try Directories.removeTree(directory) }
    return true
  }
}
