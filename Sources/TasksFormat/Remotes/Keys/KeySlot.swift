import CSodium
import TasksModel

/// A key slot: a remote's data key, wrapped so that one passphrase or one key file opens it.
///
/// A file in `keys/`, written once. A remote may have several, so a passphrase can be added without touching a bundle.
package struct KeySlot: Hashable, Sendable {
  package let name: KeySlotName
  /// The file as it is.
  package let bytes: [UInt8]
  /// The remote that it belongs to.
  package let remote: HexID
  private let derivation: KeyDerivation
  /// Tells whether a secret is the right one, before anything is decrypted.
  private let check: [UInt8]
  private let nonce: [UInt8]
  private let wrapped: [UInt8]

  static let format = "tasks-key"
  static let newestVersion: Int64 = 1
  private static let checkSize = 32
  private static let nonceSize = crypto_aead_xchacha20poly1305_ietf_npubbytes()
  private static let wrappedSize = RemoteKey.dataSize + crypto_aead_xchacha20poly1305_ietf_abytes()

  /// The kind of secret that opens it.
  package var kind: KeySecret.Kind { derivation.kind }

  /// Makes a slot that the secret opens.
  package init(
    wrapping key: RemoteKey, with secret: KeySecret, cost: PassphraseCost = .moderate
  ) throws(RemoteFormatError) {
    remote = key.remote
    derivation = .new(for: secret.kind, cost: cost)
    nonce = SecretBytes.random(count: Self.nonceSize).revealed
    let keys = try derivation.keys(from: secret)
    check = keys.check.revealed
    wrapped = Self.wrap(
      key.data, with: keys.wrapping, nonce: nonce, clear: Self.authenticated(remote, derivation))
    bytes = RemoteDocument.bytes(
      format: Self.format, version: Self.newestVersion,
      members: [
        JSON.Member("check", .string(Hexadecimal.text(of: check))),
        JSON.Member("kdf", derivation.json),
        JSON.Member("nonce", .string(Hexadecimal.text(of: nonce))),
        JSON.Member("remote", .string(remote.text)),
        JSON.Member("wrapped", .string(Hexadecimal.text(of: wrapped))),
      ])
    name = KeySlotName(of: bytes)
  }

  /// Reads a slot's file; first of all whether it is the one that its name states.
  package init(reading bytes: [UInt8], named name: KeySlotName) throws(RemoteFormatError) {
    try self.init(reading: bytes, named: name, bounds: .usual)
  }

  /// With other bounds, for tests that have no time for honest work.
  init(
    reading bytes: [UInt8], named name: KeySlotName, bounds: PassphraseBounds
  ) throws(RemoteFormatError) {
    guard bytes.count <= RemoteLimits.document else {
      throw .document(.tooLong(limit: RemoteLimits.document), offset: RemoteLimits.document)
    }
    let digest = Digest(of: bytes)
    guard UTF8Order.areEqual(digest.short, name.hash) else {
      throw .slotHash(expected: name.hash, found: digest)
    }
    let slot = try RemoteDocument(bytes, format: Self.format, newest: Self.newestVersion).object
    self.name = name
    self.bytes = bytes
    remote = try slot.id("remote")
    derivation = try KeyDerivation(try slot.object("kdf"), bounds: bounds)
    check = try slot.bytes("check", count: Self.checkSize)
    nonce = try slot.bytes("nonce", count: Self.nonceSize)
    wrapped = try slot.bytes("wrapped", count: Self.wrappedSize)
  }

  /// Opens the slot; `wrongSecret` if that is not what it was made with.
  ///
  /// The check stands for one secret only. Without it somebody could write a slot that many passphrases open, since
  /// the cipher alone allows that, and learn from one answer about all of them.
  package func unlock(
    with secret: KeySecret, of encryption: EncryptionSettings
  ) throws(RemoteFormatError) -> RemoteKey {
    guard remote == encryption.remote else { throw .otherRemote(remote) }
    guard secret.kind == kind else { throw .noSlot }
    let keys = try derivation.keys(from: secret)
    guard keys.check == SecretBytes(check) else { throw .wrongSecret }
    let clear = Self.authenticated(remote, derivation)
    let data = try SecretBytes(count: RemoteKey.dataSize) { data throws(RemoteFormatError) in
      let result = keys.wrapping.withBytes { wrapping in
        crypto_aead_xchacha20poly1305_ietf_decrypt(
          data, nil, nil, wrapped, UInt64(wrapped.count), clear, UInt64(clear.count), nonce,
          wrapping)
      }
      guard result == 0 else { throw .slotForged }
    }
    let key = RemoteKey(remote: remote, data: data)
    guard key.id == encryption.key else { throw .otherKey(key.id) }
    return key
  }

  private static func wrap(
    _ data: SecretBytes, with wrapping: SecretBytes, nonce: [UInt8], clear: [UInt8]
  ) -> [UInt8] {
    var wrapped = [UInt8](repeating: 0, count: wrappedSize)
    data.withBytes { data in
      wrapping.withBytes { wrapping in
        _ = crypto_aead_xchacha20poly1305_ietf_encrypt(
          &wrapped, nil, data, UInt64(RemoteKey.dataSize), clear, UInt64(clear.count), nil, nonce,
          wrapping)
      }
    }
    return wrapped
  }

  /// What the slot says in clear, as its tag covers it.
  private static func authenticated(_ remote: HexID, _ derivation: KeyDerivation) -> [UInt8] {
    Array("\(format) \(newestVersion) \(remote.text) \(derivation.text)".utf8)
  }
}
