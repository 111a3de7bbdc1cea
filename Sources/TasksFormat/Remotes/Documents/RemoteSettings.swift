import TasksModel

/// `tasks-remote.json`: what a folder is that bundles are exchanged in.
///
/// It is written once and never changed.
package struct RemoteSettings: Hashable, Sendable {
  /// What seals the bundles; nil on a plain remote.
  package let encryption: EncryptionSettings?
  /// The file as it is, members that this version does not know included.
  package let bytes: [UInt8]

  /// The name of the file.
  package static let fileName = "tasks-remote.json"
  static let format = "tasks-remote"
  static let newestVersion: Int64 = 1

  /// The same bytes from every device: two that make a remote at once, in a folder that is synced later, agree.
  package static let plain = RemoteSettings(encryption: nil)

  package static func encrypted(_ encryption: EncryptionSettings) -> RemoteSettings {
    RemoteSettings(encryption: encryption)
  }

  private init(encryption: EncryptionSettings?) {
    self.encryption = encryption
    bytes = RemoteDocument.bytes(
      format: Self.format, version: Self.newestVersion,
      members: encryption.map { [JSON.Member("encryption", $0.json)] } ?? [])
  }

  package init(reading bytes: [UInt8]) throws(RemoteFormatError) {
    let document = try RemoteDocument(bytes, format: Self.format, newest: Self.newestVersion)
    encryption =
      if let value = document.root["encryption"] {
        try EncryptionSettings(value)
      } else {
        nil
      }
    self.bytes = bytes
  }
}
