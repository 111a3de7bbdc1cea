import TasksFormat
import TasksModel

/// What lies on a remote beside plain bundles.
extension FuzzFormat {
  private static let key = RemoteKey(bytes: Array(0..<48)) ?? .random()
  private static let device = DeviceID(trusted: "9f3c5a1e7b00aa11")
  private static let tip = ChangeID(words: (1, 2, 3, 4))

  /// Settings that are accepted are kept as they are, and say the same when they are written anew.
  static func settings(_ bytes: [UInt8]) {
    guard let settings = try? RemoteSettings(reading: bytes) else { return }
    precondition(settings.bytes == bytes && bytes.count <= RemoteLimits.document)
    let again = settings.encryption.map { RemoteSettings.encrypted($0) } ?? .plain
    precondition((try? RemoteSettings(reading: again.bytes)) == again, "written is not read back")
    precondition(again.encryption == settings.encryption)
  }

  /// A slot under the name that fits.
  ///
  /// Secrets are not tried: that is slow on purpose.
  static func slot(_ bytes: [UInt8]) {
    guard let slot = try? KeySlot(reading: bytes, named: KeySlotName(of: bytes)) else { return }
    precondition(slot.bytes == bytes && bytes.count <= RemoteLimits.document)
  }

  /// Nothing opens that was not sealed with the key.
  static func sealed(_ bytes: [UInt8]) {
    guard let name = name(of: bytes) else { return }
    precondition((try? key.open(bytes, named: name)) == nil, "a stranger's file was opened")
  }

  /// What is sealed is opened the same, and is a bundle if it was one.
  static func sealing(_ bytes: [UInt8]) {
    guard let file = try? key.seal(bytes, device: device, first: 1, last: 1, tip: tip) else {
      precondition(bytes.isEmpty || bytes.count > RemoteLimits.sealedBundle)
      return
    }
    guard let name = name(of: file) else { preconditionFailure("a sealed file has no name") }
    precondition((try? key.open(file, named: name)) == bytes, "sealed is not opened")
    guard let bundle = try? Bundle(bytes) else { return }
    let coding = RemoteCoding.encrypted(key)
    guard let published = try? coding.encode(bundle) else {
      precondition(bundle.header.devices.count > 1, "a bundle cannot be published")
      return
    }
    let decoded = try? coding.decode(published.bytes, named: published.name)
    precondition(decoded?.bytes == bytes, "published is not read back")
  }

  private static func name(of file: [UInt8]) -> BundleName? {
    BundleName(
      device: key.hiddenDevice(device), first: 1, last: 1, tip: key.hiddenTip(tip),
      hash: Digest(of: file).short)
  }
}
