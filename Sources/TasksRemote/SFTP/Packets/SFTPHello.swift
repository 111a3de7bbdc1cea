/// The greeting: which version is spoken, and what the server can do besides.
struct SFTPHello {
  let version: UInt32
  let extensions: Set<String>

  static let version: UInt32 = 3
  /// Ours: SSH_FXP_INIT, which has no id.
  static let packet: [UInt8] = {
    var packet = PacketWriter(type: 1)
    packet.append(version)
    return packet.finished()
  }()

  /// Reads the server's: SSH_FXP_VERSION.
  init?(_ packet: [UInt8]) {
    var reader = PacketReader(packet, from: 1)
    guard packet.first == 2, let version = reader.uint32() else { return nil }
    self.version = version
    var extensions: Set<String> = []
    while reader.rest > 0 {
      guard let name = reader.text(), reader.string() != nil else { return nil }
      extensions.insert(name)
    }
    self.extensions = extensions
  }
}
