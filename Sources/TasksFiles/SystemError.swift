import Glibc

/// Error numbers, and the system's words for them.
package enum SystemError {
  /// The words for an error number, always in English.
  ///
  /// The program never calls `setlocale`, so these do not depend on the user's language.
  package static func reason(_ code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  package static func isDiskFull(_ code: Int32) -> Bool { code == ENOSPC || code == EDQUOT }
  package static func isMissing(_ code: Int32) -> Bool { code == ENOENT || code == ENOTDIR }
}
