import CLinux
import Glibc

/// A file without a name, for what is too much for the memory; it goes away with the value, whatever happens.
package final class ScratchFile: Sendable {
  private let descriptor: Int32
  private let path: String

  /// Makes it in a folder.
  package init(in folder: String) throws(FileError) {
    path = folder
    var descriptor = tasks_open_nameless(folder)
    if descriptor < 0, [EOPNOTSUPP, EISDIR, ENOENT, EINVAL].contains(errno) {
      // Where the file system has no such thing, a file that is there for a moment.
      let name = Paths.join(folder, ".\(UInt64.random(in: .min ... .max)).part")
      descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if descriptor >= 0 { unlink(name) }
    }
    guard descriptor >= 0 else { throw FileError(.open, folder, code: errno) }
    self.descriptor = descriptor
  }

  /// Makes it of memory.
  package init() throws(FileError) {
    path = "memory"
    descriptor = tasks_open_memory()
    guard descriptor >= 0 else { throw FileError(.open, path, code: errno) }
  }

  deinit { close(descriptor) }

  package func append(_ bytes: [UInt8]) throws(FileError) {
    try Descriptor.write(bytes.span.bytes, to: descriptor, path: path)
  }

  /// Fills the buffer with what stands there; false if that cannot be read.
  package func read(at start: Int, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
    var done = 0
    while done < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let count = pread(descriptor, rest.baseAddress, rest.count, off_t(start + done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }
}
