extension KeySlot {
  /// How many slots are tried with one secret: each can cost a second, and anybody could have put them there.
  private static let tries = 16

  /// Opens a remote by the first of its slots that the secret fits.
  ///
  /// `wrongSecret` if none does, though one is of its kind; `noSlot` if none is.
  package static func unlock(
    _ slots: [KeySlot], with secret: KeySecret, of encryption: EncryptionSettings
  ) throws(RemoteFormatError) -> RemoteKey {
    let slots = slots.filter { $0.remote == encryption.remote && $0.kind == secret.kind }
    guard !slots.isEmpty else { throw .noSlot }
    var failure = RemoteFormatError.wrongSecret
    for slot in slots.sorted(by: { $0.name < $1.name }).prefix(tries) {
      do throws(RemoteFormatError) {
        return try slot.unlock(with: secret, of: encryption)
      } catch {
        if error == .noMemory { throw error }
        // The secret did fit this one, so it is not the secret that is wrong.
        if error != .wrongSecret { failure = error }
      }
    }
    throw failure
  }
}
