import TasksFiles
import TasksFormat

extension ChangesDirectory {
  /// A file in the folder.
  struct Entry {
    /// As it is called below the folder: `ab/<sha256>.tasks`.
    let name: String
    let path: String
    /// Nil if it is not named like a bundle.
    let digest: Digest?
  }

  /// Every file in the folder, by name.
  func entries() throws(FileError) -> [Entry] {
    guard try Directories.kind(of: path) == .directory else { return [] }
    var entries: [Entry] = []
    for folder in try Directories.names(in: path).sorted() {
      let folderPath = Paths.join(path, folder)
      guard try Directories.kind(of: folderPath) == .directory else {
        entries.append(Entry(name: folder, path: folderPath, digest: nil))
        continue
      }
      for name in try Directories.names(in: folderPath).sorted() {
        let bundle = LocalBundleName(name)
        entries.append(
          Entry(
            name: "\(folder)/\(name)", path: Paths.join(folderPath, name),
            digest: bundle?.folder == folder ? bundle?.digest : nil))
      }
    }
    return entries
  }
}
