import Glibc

extension FileHandle {
  package static let forReading = O_RDONLY

  /// Reads up to so many bytes; none at the end of the file.
  package func readPiece(upTo count: Int) throws(FileError) -> [UInt8] {
    try Descriptor.readPiece(of: descriptor, path: path, upTo: count)
  }
}

extension Descriptor {
  /// Reads up to so many bytes; none at the end.
  package static func readPiece(
    of descriptor: Int32, path: String, upTo count: Int
  ) throws(FileError) -> [UInt8] {
    while true {
      var failure: Int32 = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        let got = Glibc.read(descriptor, buffer.baseAddress, count)
        if got < 0 { failure = errno }
        initialized = max(got, 0)
      }
      if failure == EINTR { continue }
      guard failure == 0 else { throw FileError(.read, path, code: failure) }
      return bytes
    }
  }
}
