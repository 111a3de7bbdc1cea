import TasksFiles
import TasksFormat

/// The folder of bundle files in a store: each is named by its content, and none is ever changed.
package struct ChangesDirectory: Sendable {
  package let path: String

  /// The folder's name in a store's folder.
  package static let name = "changes"

  init(in store: String) { path = Paths.join(store, Self.name) }

  func path(of digest: Digest) -> String {
    Paths.join(path, LocalBundleName(digest).path)
  }

  /// Puts a bundle there, durably; one that is there already is left alone.
  func write(_ bytes: [UInt8], digest: Digest) throws(FileError) {
    let path = path(of: digest)
    if try Files.size(of: path) == bytes.count, try Digest(ofFile: path) == digest {
      // Whoever wrote it may not have lived to see its name on the disk.
      return try Directories.sync(Paths.parent(of: path))
    }
    try Directories.make(Paths.parent(of: path))
    try Files.write(bytes.span.bytes, as: path, durably: true)
  }

  /// Reads a bundle's bytes, unchecked.
  func read(_ digest: Digest) throws(FileError) -> [UInt8] {
    let file = try FileHandle(path(of: digest), flags: FileHandle.forReading)
    return try file.readToEnd(limit: FormatLimits.bundle + 1)
  }
}
