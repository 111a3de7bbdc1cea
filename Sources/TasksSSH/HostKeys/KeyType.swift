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

  /// The type that a key as bytes begins with (RFC 4253, 6.6); nil if it is no key.
  package static func type(of key: [UInt8]) -> String? {
    var reader = WireReader(key)
    return reader.string().map { String(decoding: $0, as: UTF8.self) }
  }
}
