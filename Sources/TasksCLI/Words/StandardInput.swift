import Glibc
import TasksFiles
import TasksProgram

/// Text that is piped in.
enum StandardInput {
  /// All of it; refused if it is no UTF-8 or longer than anything we take.
  static func text() throws -> String {
    let bytes = try bytes(limit: 64 << 20)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure.usage("the standard input is not valid UTF-8")
    }
    return text
  }

  static func bytes(limit: Int) throws -> [UInt8] {
    let bytes = try Descriptor.readToEnd(
      STDIN_FILENO, path: "standard input", limit: limit + 1)
    guard bytes.count <= limit else {
      throw Failure.usage("the standard input is longer than \(limit >> 20) MiB")
    }
    return bytes
  }

  /// The text itself, or the standard input for `-`.
  static func textIfDash(_ text: String) throws -> String {
    text == "-" ? try self.text() : text
  }
}
