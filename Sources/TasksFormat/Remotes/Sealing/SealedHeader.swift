import TasksModel

/// The clear start of a sealed bundle: which file of which remote this is, sealed with which key.
///
/// It says what the name says and lets nobody read more. Every piece of the file authenticates it.
struct SealedHeader: Equatable {
  let remote: HexID
  let key: HexID
  /// As in names.
  let device: DeviceID
  let first: UInt64
  let last: UInt64
  /// As in names.
  let tip: String

  static let magic = Array("tasks-sealed".utf8)
  static let version: UInt32 = 1
  static let size = 80

  init(remote: HexID, key: HexID, device: DeviceID, first: Int, last: Int, tip: String) {
    self.remote = remote
    self.key = key
    self.device = device
    self.first = UInt64(first)
    self.last = UInt64(last)
    self.tip = tip
  }

  /// What the file of this name, sealed with this key, starts with.
  init(name: BundleName, key: RemoteKey) {
    self.init(
      remote: key.remote, key: key.id, device: name.device, first: name.first, last: name.last,
      tip: name.tip)
  }

  var bytes: [UInt8] {
    let numbers = [
      Hexadecimal.number(device.text.utf8) ?? 0, first, last, Hexadecimal.number(tip.utf8) ?? 0,
    ]
    return Self.magic + withUnsafeBytes(of: Self.version.bigEndian) { Array($0) } + remote.bytes
      + key.bytes + numbers.flatMap(\.bigEndianBytes)
  }

  /// Reads the start of a file.
  init(reading file: [UInt8]) throws(RemoteFormatError) {
    guard file.starts(with: Self.magic) || Self.magic.starts(with: file) else {
      throw .sealed(.notSealed)
    }
    guard file.count >= 16 else { throw .sealed(.cutOff) }
    let version = UInt64(bigEndian: file[12..<16])
    guard version >= 1 else { throw .sealed(.notSealed) }
    guard version <= UInt64(Self.version) else { throw .newer(version: Int64(version)) }
    guard file.count >= Self.size, let remote = HexID(bytes: file[16..<32]),
      let key = HexID(bytes: file[32..<48])
    else { throw .sealed(.cutOff) }
    self.remote = remote
    self.key = key
    device = DeviceID(trusted: Hexadecimal.text(of: UInt64(bigEndian: file[48..<56])))
    first = UInt64(bigEndian: file[56..<64])
    last = UInt64(bigEndian: file[64..<72])
    tip = Hexadecimal.text(of: UInt64(bigEndian: file[72..<80]))
  }
}
