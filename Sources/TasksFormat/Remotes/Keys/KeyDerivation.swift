import CSodium
import TasksModel

/// How a slot turns a secret into the two keys that it needs.
enum KeyDerivation: Hashable {
  /// For passphrases, which are short: slow on purpose.
  case argon2id(PassphraseCost, salt: [UInt8])
  /// For key files, which nobody can guess: BLAKE2b with the salt as its key.
  case blake2b(salt: [UInt8])

  /// What both salts have: Argon2id's in libsodium, and the shortest key of BLAKE2b there.
  static let saltSize = 16
  private static let context = "taskslot"

  /// A new one for a secret, with a salt of its own, so that equal secrets do not show.
  static func new(for kind: KeySecret.Kind, cost: PassphraseCost) -> KeyDerivation {
    let salt = SecretBytes.random(count: saltSize).revealed
    return switch kind {
    case .passphrase: .argon2id(cost, salt: salt)
    case .keyFile: .blake2b(salt: salt)
    }
  }

  var kind: KeySecret.Kind {
    switch self {
    case .argon2id: .passphrase
    case .blake2b: .keyFile
    }
  }

  /// As a slot has it.
  var json: JSON {
    switch self {
    case .argon2id(let cost, let salt):
      [
        "kibibytes": .integer(cost.kibibytes), "name": "argon2id",
        "passes": .integer(cost.passes), "salt": .string(Hexadecimal.text(of: salt)),
      ]
    case .blake2b(let salt): ["name": "blake2b", "salt": .string(Hexadecimal.text(of: salt))]
    }
  }

  /// Reads it, and refuses work that no honest slot asks for before any of it is done.
  init(_ object: RemoteObject, bounds: PassphraseBounds) throws(RemoteFormatError) {
    let name = try object.text("name")
    switch name {
    case "argon2id":
      let cost = PassphraseCost(
        kibibytes: try object.integer("kibibytes"), passes: try object.integer("passes"))
      guard bounds.allows(cost) else {
        throw .passphraseCost(kibibytes: cost.kibibytes, passes: cost.passes)
      }
      self = .argon2id(cost, salt: try object.bytes("salt", count: Self.saltSize))
    case "blake2b": self = .blake2b(salt: try object.bytes("salt", count: Self.saltSize))
    default: throw .unknownAlgorithm(name)
    }
  }

  /// One line of words that says all of it: part of what a slot authenticates.
  var text: String {
    switch self {
    case .argon2id(let cost, let salt):
      "argon2id \(cost.kibibytes) \(cost.passes) \(Hexadecimal.text(of: salt))"
    case .blake2b(let salt): "blake2b \(Hexadecimal.text(of: salt))"
    }
  }

  /// The key that wraps the data key, and the bytes that tell whether it is the right one.
  ///
  /// The secret is of the kind that this is for.
  func keys(
    from secret: KeySecret
  ) throws(RemoteFormatError) -> (wrapping: SecretBytes, check: SecretBytes) {
    Sodium.prepare()
    let root = try SecretBytes(count: 32) { root throws(RemoteFormatError) in
      guard secret.bytes.withBytes({ derive(root, from: $0, count: secret.bytes.count) }) else {
        throw .noMemory
      }
    }
    return (
      root.subkey(1, context: Self.context), root.subkey(2, context: Self.context)
    )
  }

  /// False if there is not enough memory, the only thing that can fail within the bounds.
  private func derive(
    _ root: UnsafeMutablePointer<UInt8>, from secret: UnsafePointer<UInt8>, count: Int
  ) -> Bool {
    switch self {
    case .argon2id(let cost, let salt):
      secret.withMemoryRebound(to: CChar.self, capacity: count) { secret in
        crypto_pwhash(
          root, 32, secret, UInt64(count), salt, UInt64(cost.passes), Int(cost.kibibytes) << 10,
          crypto_pwhash_alg_argon2id13())
      } == 0
    case .blake2b(let salt):
      crypto_generichash(root, 32, secret, UInt64(count), salt, salt.count) == 0
    }
  }
}
