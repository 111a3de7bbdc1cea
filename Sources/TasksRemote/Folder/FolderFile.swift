import Glibc
import TasksFiles

/// An open file of a folder, closed when the value goes away.
final class FolderFile {
  let path: String
  private var descriptor: Int32
  private let pulse: Deputy.Pulse?

  init(descriptor: Int32, path: String, _ pulse: Deputy.Pulse?) {
    self.descriptor = descriptor
    self.path = path
    self.pulse = pulse
  }

  deinit {
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  func information() throws(RemoteError) -> stat {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw RemoteError(.stat, path, code: errno) }
    return info
  }

  func readToEnd(limit: Int) throws(RemoteError) -> [UInt8] {
    try pulse.beat(isLong: true)
    do throws(FileError) {
      return try Descriptor.readToEnd(descriptor, path: path, limit: limit)
    } catch {
      throw RemoteError(error)
    }
  }

  /// Writes the whole content and returns once it is on the disk.
  func write(_ content: [UInt8]) throws(RemoteError) {
    try pulse.beat(isLong: true)
    do throws(FileError) {
      try Descriptor.write(content.span.bytes, to: descriptor, path: path)
    } catch {
      throw RemoteError(error)
    }
    try pulse.beat(isLong: true)
    while fsync(descriptor) != 0 {
      if errno == EINTR { continue }
      if cannotSync(errno) { break }
      throw RemoteError(.sync, path, code: errno)
    }
    // Network file systems tell of a full disk here.
    let closing = descriptor
    descriptor = -1
    guard Glibc.close(closing) == 0 || errno == EINTR else {
      throw RemoteError(.write, path, code: errno)
    }
  }
}
