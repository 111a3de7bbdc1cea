import Glibc

/// An open file, closed when the value goes away.
package struct FileHandle: ~Copyable {
  package let descriptor: Int32
  package let path: String

  /// Opens a file; `mode` counts only where `flags` can make one.
  package init(
    _ path: String, flags: Int32, mode: UInt32 = 0o600
  ) throws(FileError) {
    descriptor = Glibc.open(path, flags | O_CLOEXEC, mode)
    self.path = path
    guard descriptor >= 0 else { throw FileError(.open, path, code: errno) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Writes all of the bytes.
  package func write(_ bytes: borrowing RawSpan) throws(FileError) {
    try Descriptor.write(bytes, to: descriptor, path: path)
  }

  /// Reads to the end of the file, at most `limit` bytes.
  package func readToEnd(limit: Int = .max) throws(FileError) -> [UInt8] {
    try Descriptor.readToEnd(descriptor, path: path, limit: limit)
  }

  /// Returns once the file's content is on the disk.
  package func sync() throws(FileError) {
    while fsync(descriptor) != 0 {
      guard errno == EINTR else { throw FileError(.sync, path, code: errno) }
    }
  }

  /// Waits until no other process holds this file locked, then holds the lock until the handle goes away.
  ///
  /// Returns false if `milliseconds` were not enough.
  package func lock(waitingAtMost milliseconds: Int) throws(FileError) -> Bool {
    var waited = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw FileError(.lock, path, code: errno)
      }
      guard waited < milliseconds else { return false }
      usleep(5_000)
      waited += 5
    }
    return true
  }

  /// Lets go of the lock.
  package func unlock() { flock(descriptor, LOCK_UN) }
}

/// Reading and writing by descriptor: calls that were interrupted or did only a part go on.
package enum Descriptor {
  package static func write(
    _ bytes: borrowing RawSpan, to descriptor: Int32, path: String
  ) throws(FileError) {
    let failure: Int32 = bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Glibc.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          return errno
        }
        rest = rest.dropFirst(count)
      }
      return 0
    }
    guard failure == 0 else { throw FileError(.write, path, code: failure) }
  }

  /// Reads to the end, at most `limit` bytes.
  package static func readToEnd(
    _ descriptor: Int32, path: String, limit: Int = .max
  ) throws(FileError) -> [UInt8] {
    var content: [UInt8] = []
    var info = stat()
    if fstat(descriptor, &info) == 0, info.st_size > 0 {
      content.reserveCapacity(min(limit, Int(info.st_size) + 1))
    }
    while content.count < limit {
      let bytes = try readPiece(
        of: descriptor, path: path, upTo: min(1 << 16, limit - content.count))
      if bytes.isEmpty { break }
      content.append(contentsOf: bytes)
    }
    return content
  }
}
