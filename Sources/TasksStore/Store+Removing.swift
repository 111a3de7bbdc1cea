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
    get throws {
      let own = try ownDevice
      return try counts().uncommitted > 0 || heldDevices().contains { $0.id == own }
    }
  }

  /// Removes a store that was made a moment ago and came to nothing.
  ///
  /// - Parameter withFolder: whether its folder was made with it.
  package static func remove(at directory: String, withFolder: Bool) throws {
    for name in try Directories.names(in: directory) where isOwn(name) {
      let path = Paths.join(directory, name)
      if name == ChangesDirectory.name {
        try Directories.removeTree(path)
      } else {
        try Files.removeIfThere(path)
      }
    }
    if withFolder, try Directories.isEmpty(directory) { try Directories.removeTree(directory) }
  }

  private static func isOwn(_ name: String) -> Bool {
    name.hasPrefix(databaseName) || name == Identity.fileName || name == ChangesDirectory.name
  }
}
