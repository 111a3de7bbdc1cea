/// A type of key, of a host or a person.
package enum KeyType: String, CaseIterable, Sendable {
  case ed25519 = "ssh-ed25519"
  case ecdsa256 = "ecdsa-sha2-nistp256"
  case ecdsa384 = "ecdsa-sha2-nistp384"
  case ecdsa521 = "ecdsa-sha2-nistp521"

  /// What people call it.
  package static func name(of type: String) -> String {
    switch type {
    case ed25519.rawValue: "ED25519"
    case ecdsa256.rawValue, ecdsa384.rawValue, ecdsa521.rawValue: "ECDSA"
    case "ssh-rsa": "RSA"
    case "ssh-dss": "DSA"
    default: type
    }
  }

  /// The type of a key as bytes, which says it first (RFC 4253, 6.6).
  ///
  /// Nil if it is no key: of a type that nobody knows, or with parts that are missing or too many.
  package static func type(of key: [UInt8]) -> String? {
    var reader = WireReader(key)
    guard let name = reader.string() else { return nil }
    let type = String(decoding: name, as: UTF8.self)
    guard let count = parts[type] else { return nil }
    var sizes: [Int] = []
    while let part = reader.string() { sizes.append(part.count) }
    guard reader.isAtEnd, sizes.count == count else { return nil }
    return type == ed25519.rawValue && sizes != [32] ? nil : type
  }

  /// How many parts the keys of a type have.
  private static let parts = [
    "ssh-ed25519": 1, "ecdsa-sha2-nistp256": 2, "ecdsa-sha2-nistp384": 2, "ecdsa-sha2-nistp521": 2,
    "ssh-rsa": 2, "ssh-dss": 4, "sk-ssh-ed25519@openssh.com": 2,
    "sk-ecdsa-sha2-nistp256@openssh.com": 3,
  ]
}
