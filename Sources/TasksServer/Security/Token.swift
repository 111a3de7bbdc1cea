import Glibc
import TasksFiles
import TasksFormat
import TasksModel
import TasksProgram

/// The secret that a client must know.
struct Token: Sendable {
  private let digest: Digest

  /// Reads the token from its file; at the first start it is made.
  init(file path: String) throws {
    if try Directories.kind(of: path) == .missing { try Self.make(path) }
    let file = try FileHandle(path, flags: FileHandle.forReading)
    let text = String(decoding: try file.readToEnd(limit: 4096), as: UTF8.self)
      .trimmingWhitespace()
    guard text.utf8.count >= Self.shortest, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
      throw Failure(
        "\(path) holds no token", hint: "remove it, and another is made at the next start",
        status: .failed)
    }
    guard try Directories.isPrivate(path) else {
      throw Failure(
        "not using the token in \(path): other users may read it", hint: "chmod 600 \(path)",
        status: .failed)
    }
    digest = Digest(of: Array(text.utf8))
  }

  /// Whether an `Authorization` field carries it.
  ///
  /// Hashes are compared, all of them: how long it takes says nothing about the token.
  func isCarried(by field: String?) -> Bool {
    // The scheme's name has no case (RFC 9110, 11.1).
    guard let field, field.utf8.count > 7,
      field.utf8.prefix(7).map({ $0 | 0x20 }).elementsEqual("bearer ".utf8)
    else { return false }
    let given = Digest(of: Array(field.utf8.dropFirst(7)))
    let (one, other) = (digest.words, given.words)
    return (one.0 ^ other.0) | (one.1 ^ other.1) | (one.2 ^ other.2) | (one.3 ^ other.3) == 0
  }

  /// 256 bits, as hexadecimal digits.
  private static func make(_ path: String) throws {
    var generator = SystemRandomNumberGenerator()
    let text = (0..<4).map { _ in Hexadecimal.text(of: generator.next()) }.joined()
    try Files.write(Array((text + "\n").utf8).span.bytes, as: path, mode: 0o600, durably: true)
  }

  private static let shortest = 16
}
