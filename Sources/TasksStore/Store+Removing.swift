import TasksFiles

extension Store {
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
