import Glibc
import TasksFiles

/// What a file of a private key says without its passphrase.
///
/// libssh2 tells a wrong passphrase by the same code as a file that is no key, so which of them it is has to be known
/// before.
package struct PrivateKeyFile {
  package let content: [UInt8]
  /// The public half, if it says it.
  package let publicKey: [UInt8]?
  package let isEncrypted: Bool

  private static let most = 1 << 20

  package enum Problem: Error, Equatable, Sendable {
    case missing
    case unreadable(String)
    /// Others than this user could read it.
    case open
    case noKey
  }

  /// Reads a file, as careful about who else can read it as ssh is.
  package static func read(_ path: String) throws(Problem) -> PrivateKeyFile {
    let content: [UInt8]
    do throws(FileError) {
      let handle = try FileHandle(path, flags: FileHandle.forReading)
      var info = stat()
      if fstat(handle.descriptor, &info) == 0, info.st_uid == geteuid(), info.st_mode & 0o077 != 0 {
        throw FileError(.open, path, code: EPERM)
      }
      content = try handle.readToEnd(limit: most)
    } catch {
      if SystemError.isMissing(error.code) { throw .missing }
      throw error.code == EPERM ? .open : .unreadable(error.reason)
    }
    guard let file = PrivateKeyFile(content) else { throw .noKey }
    return file
  }

  package init?(_ content: [UInt8]) {
    self.content = content
    let lines = content.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    guard let start = lines.firstIndex(where: { $0.starts(with: "-----BEGIN ".utf8) }) else {
      return nil
    }
    let body = lines[(start + 1)...]
    switch String(decoding: lines[start], as: UTF8.self) {
    case "-----BEGIN OPENSSH PRIVATE KEY-----":
      let text = body.prefix { $0.first != UInt8(ascii: "-") }.joined()
      guard let bytes = Base64.decode(Array(text)), let head = Head(bytes) else { return nil }
      publicKey = head.publicKey
      isEncrypted = head.cipher != "none"
    case "-----BEGIN ENCRYPTED PRIVATE KEY-----":
      publicKey = nil
      isEncrypted = true
    case let line where line.hasSuffix(" PRIVATE KEY-----"):
      publicKey = nil
      isEncrypted = body.prefix(2).contains { $0.starts(with: "Proc-Type: 4,ENCRYPTED".utf8) }
    default: return nil
    }
  }

  /// What stands before the secret part in OpenSSH's own form (PROTOCOL.key there).
  private struct Head {
    let cipher: String
    let publicKey: [UInt8]

    init?(_ bytes: [UInt8]) {
      let magic = Array("openssh-key-v1\0".utf8)
      guard bytes.starts(with: magic) else { return nil }
      var reader = WireReader(Array(bytes.dropFirst(magic.count)))
      guard let cipher = reader.string(), reader.string() != nil, reader.string() != nil,
        reader.uint32() == 1, let key = reader.string()
      else { return nil }
      self.cipher = String(decoding: cipher, as: UTF8.self)
      publicKey = key
    }
  }
}
