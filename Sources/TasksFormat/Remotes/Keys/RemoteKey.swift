import CSodium
package import TasksModel

/// The key of an encrypted remote, unlocked: with it names and bundles are made and understood.
///
/// One random data key does all. What it is used for are keys that follow from it, one for each purpose, so that no
/// use can weaken another.
package struct RemoteKey: Sendable {
  /// The remote that it is for.
  package let remote: HexID
  /// What names the data key without telling it.
  package let id: HexID
  let data: SecretBytes
  /// Seals bundles.
  let bundles: SecretBytes
  private let devices: SecretBytes
  private let tips: SecretBytes

  static let dataSize = 32
  private static let context = "tasksrem"

  /// The key of a new remote.
  package static func random() -> RemoteKey {
    RemoteKey(remote: .random(), data: .random(count: dataSize))
  }

  /// `data` is of `dataSize`.
  init(remote: HexID, data: SecretBytes) {
    self.remote = remote
    self.data = data
    bundles = data.subkey(1, context: Self.context)
    devices = data.subkey(2, context: Self.context)
    tips = data.subkey(3, context: Self.context)
    id = HexID(revealing: data.subkey(4, context: Self.context, count: HexID.size))
  }

  /// Takes what `bytes` gave; nil for anything else.
  package init?(bytes: [UInt8]) {
    guard bytes.count == HexID.size + Self.dataSize,
      let remote = HexID(bytes: bytes.prefix(HexID.size))
    else { return nil }
    self.init(remote: remote, data: SecretBytes(bytes.dropFirst(HexID.size)))
  }

  /// The remote's id and the data key, for a store that keeps them: as secret as the tasks.
  package var bytes: [UInt8] { remote.bytes + data.revealed }

  /// What `tasks-remote.json` says about this key.
  package var settings: EncryptionSettings { EncryptionSettings(remote: remote, key: id) }

  /// A device's id as names on the remote have it.
  package func hiddenDevice(_ device: DeviceID) -> DeviceID {
    DeviceID(trusted: Self.digits(of: device.text, key: devices))
  }

  /// The sixteen digits that stand for a change's id in names on the remote.
  package func hiddenTip(_ tip: ChangeID) -> String { Self.digits(of: tip.text, key: tips) }

  /// The first sixteen digits of a text's keyed hash.
  private static func digits(of text: String, key: SecretBytes) -> String {
    let text = Array(text.utf8)
    // The shortest hash that libsodium makes.
    var hash = [UInt8](repeating: 0, count: 16)
    key.withBytes { key in
      _ = crypto_generichash(&hash, hash.count, text, UInt64(text.count), key, dataSize)
    }
    return Hexadecimal.text(of: UInt64(bigEndian: hash.prefix(8)))
  }
}

extension RemoteKey: Equatable {
  package static func == (lhs: Self, rhs: Self) -> Bool {
    lhs.remote == rhs.remote && lhs.data == rhs.data
  }
}

extension RemoteKey: CustomStringConvertible, CustomDebugStringConvertible {
  package var description: String { "RemoteKey(\(remote.text), secret)" }
  package var debugDescription: String { description }
}
