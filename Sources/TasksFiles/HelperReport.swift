/// What a helper program of ours says on file descriptor 3 about why it ended: one line, its kind and facts, between tabs.
///
/// Facts and no prose; the words that people read are the command line's. What a fact contains came from elsewhere, so
/// tabs, line ends and other control characters in it are written as `\x09`.
package struct HelperReport: Equatable, Sendable {
  /// Why, and which facts follow.
  package enum Kind: String, CaseIterable, Sendable {
    /// How (`ConnectionProblem.Obstacle`), and what the system says.
    case unreachable
    /// The host as the list of known hosts names it, the type of its key, the key's fingerprint.
    case unknownHost = "unknown-host"
    /// As before, and the file and line that say otherwise.
    case hostKeyChanged = "host-key-changed"
    /// As before, and the file and line that say so.
    case hostKeyRevoked = "host-key-revoked"
    /// As before, and the file and line that know a key of another type.
    case hostKeyOfOtherType = "host-key-of-other-type"
    /// The user, and the methods that the server offers, between commas.
    case loginRefused = "login-refused"
    /// What it is that the helper cannot do and OpenSSH can.
    case unsupported
    /// What the server says.
    case noSubsystem = "no-subsystem"
    /// What happened.
    case lost
    /// By the person whom it asked.
    case cancelled
    /// What is wrong about the configuration or the words it was started with.
    case misconfigured
    case bug
  }

  /// The descriptor on which a helper reports.
  package static let descriptor: Int32 = 3

  package let kind: Kind
  package let facts: [String]

  package init(_ kind: Kind, _ facts: [String] = []) {
    self.kind = kind
    self.facts = facts
  }

  /// Reads the first line of what a helper wrote; nil if it is no report.
  package init?(_ text: String) {
    let line = text.utf8.prefix { $0 != UInt8(ascii: "\n") }
    // Without its end it is cut off.
    guard line.endIndex != text.utf8.endIndex else { return nil }
    let parts = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    guard let first = parts.first, let kind = Kind(rawValue: String(Substring(first))) else {
      return nil
    }
    self.kind = kind
    facts = parts.dropFirst().map { Self.unescaped(Array($0)) }
  }

  /// The fact at a place; empty where the helper did not say it.
  package func fact(_ index: Int) -> String {
    facts.indices.contains(index) ? facts[index] : ""
  }

  /// The line, with its end.
  package var line: String {
    ([kind.rawValue] + facts.map(Self.escaped)).joined(separator: "\t") + "\n"
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      let isPlain = scalar.value >= 0x20 && scalar.value != 0x7f && scalar != "\\"
      if isPlain {
        escaped.unicodeScalars.append(scalar)
      } else {
        let digits = String(scalar.value, radix: 16)
        escaped += (digits.count == 1 ? "\\x0" : "\\x") + digits
      }
    }
    return escaped
  }

  private static func unescaped(_ bytes: [UInt8]) -> String {
    var plain: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: Array("\\x".utf8)), index + 4 <= bytes.count,
        let byte = UInt8(
          String(decoding: bytes[(index + 2)..<(index + 4)], as: UTF8.self), radix: 16)
      {
        plain.append(byte)
        index += 4
      } else {
        plain.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }
}
