import TasksFiles
import TasksModel

/// A bundle file that has been checked from end to end: whoever holds one holds nothing damaged.
///
/// The file is read into memory once, at most 4 MiB, so what was checked is what is used later, whatever happens to
/// the file. Checking decompresses and reads every line without keeping it, and so does reading the changes.
package struct Bundle: Sendable {
  /// The file as it is.
  package let bytes: [UInt8]
  /// The file's SHA-256.
  package let digest: Digest
  package let header: BundleHeader
  /// How many changes it holds.
  package let count: Int

  /// Checks a bundle that is in memory.
  ///
  /// `hash` is what its name states: its SHA-256 or the start of it; nil where names mean nothing, as on a stick.
  package init(_ bytes: [UInt8], hash: String? = nil) throws(FormatError) {
    var changes = try BundleChanges(bytes, hash: hash)
    while try changes.skip() {}
    self.bytes = bytes
    self.digest = changes.digest
    self.header = changes.header
    self.count = changes.count
  }

  /// Reads and checks a file.
  package init(file path: String, hash: String? = nil) throws(FormatError) {
    let bytes: [UInt8]
    do throws(FileError) {
      let file = try FileHandle(path, flags: FileHandle.forReading)
      bytes = try file.readToEnd(limit: FormatLimits.bundle + 1)
    } catch {
      throw .file(error)
    }
    try self.init(bytes, hash: hash)
  }

  /// Reads and checks what a descriptor has up to its end; `path` is for messages.
  package init(descriptor: Int32, path: String, hash: String? = nil) throws(FormatError) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try Descriptor.readToEnd(descriptor, path: path, limit: FormatLimits.bundle + 1)
    } catch {
      throw .file(error)
    }
    try self.init(bytes, hash: hash)
  }

  /// The changes, one after the other.
  package func changes() throws(FormatError) -> BundleChanges { try BundleChanges(bytes) }

  /// Writes the file so that its name never stands for a part of it; its folder must be there.
  ///
  /// Durably: once this returns, a power cut changes nothing.
  package func write(
    as path: String, mode: UInt32 = 0o600, durably: Bool
  ) throws(FormatError) {
    do throws(FileError) {
      try Files.write(bytes.span.bytes, as: path, mode: mode, durably: durably)
    } catch {
      throw .file(error)
    }
  }
}
