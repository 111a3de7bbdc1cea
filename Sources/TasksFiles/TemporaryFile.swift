import Glibc

/// A file of our own in the system's folder for such things, readable by this user alone.
///
/// It stays until `remove` is called: what somebody typed into it must survive our failing.
package struct TemporaryFile: Sendable {
  package let path: String

  /// Makes a file whose name ends in `suffix` and writes the text into it.
  package init(in directory: String, suffix: String, text: String) throws(FileError) {
    let pattern = Paths.join(directory, "tasks-XXXXXX") + suffix
    var name = Array(pattern.utf8CString)
    let descriptor = mkstemps(&name, Int32(suffix.utf8.count))
    guard descriptor >= 0 else { throw FileError(.open, pattern, code: errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    defer { close(descriptor) }
    path = name.withUnsafeBufferPointer { buffer in
      String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    try Descriptor.write(Array(text.utf8).span.bytes, to: descriptor, path: path)
  }

  package func remove() {
    unlink(path)
  }
}
