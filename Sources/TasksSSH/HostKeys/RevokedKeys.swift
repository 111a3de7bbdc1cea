import TasksFiles

/// Keys that no host may have (`RevokedHostKeys`), a public key a line.
enum RevokedKeys {
  /// The line that a key stands on; nil if it is not among them.
  ///
  /// A list that cannot be read is as good as one with all keys on it, as OpenSSH has it.
  static func place(of key: [UInt8], in file: String) throws(SSHFailure) -> KnownHosts.Place? {
    let content: [UInt8]
    do throws(FileError) {
      content = try FileHandle(file, flags: FileHandle.forReading).readToEnd(limit: 64 << 20)
    } catch {
      throw .misconfigured("\(file): \(error.reason)")
    }
    // The other form, which ssh-keygen(1) calls a key revocation list.
    guard !content.starts(with: "SSHKRL\n\0".utf8) else { throw .unsupported("RevokedHostKeys") }
    let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      var rest = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      if rest.last == UInt8(ascii: "\r") { rest = rest.dropLast() }
      if let (_, revoked) = KnownHostsLine.key(&rest), revoked == key {
        return KnownHosts.Place(file: file, line: index + 1)
      }
    }
    return nil
  }
}
