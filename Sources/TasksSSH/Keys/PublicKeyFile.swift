import TasksFiles

/// The public half of a key, in a file of its own: `ssh-ed25519 AAAA… ann@laptop`.
enum PublicKeyFile {
  /// Nil if it is not there or is none.
  static func read(_ path: String) -> [UInt8]? {
    let content: [UInt8]
    do throws(FileError) {
      content = try FileHandle(path, flags: FileHandle.forReading).readToEnd(limit: 1 << 16)
    } catch {
      return nil
    }
    var line = content.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    return KnownHostsLine.key(&line)?.1
  }
}
