/// What we ask a server, of protocol version 3 (draft-ietf-secsh-filexfer-02) and OpenSSH's extensions to it (its file
/// PROTOCOL, section 4).
enum SFTPRequest {
  case open(String, OpenFlags)
  case close([UInt8])
  case read([UInt8], offset: Int, count: Int)
  case write([UInt8], offset: Int, ArraySlice<UInt8>)
  case statHandle([UInt8])
  case stat(String)
  case openFolder(String)
  case readFolder([UInt8])
  case remove(String)
  case makeFolder(String)
  case rename(String, String)
  /// `fsync@openssh.com`
  case sync([UInt8])
  /// `statvfs@openssh.com`
  case space(String)
  /// `limits@openssh.com`
  case limits

  enum OpenFlags: UInt32 {
    case read = 0x01
    /// To write a file that must not be there yet.
    case create = 0x2A
  }

  /// Our files are for their owner alone; the server may take away even from that.
  private static let fileMode: UInt32 = 0o600
  private static let folderMode: UInt32 = 0o700

  /// The one kind of answer that it may get besides a status.
  var answer: SFTPReply.Kind {
    switch self {
    case .open, .openFolder: .handle
    case .read: .data
    case .readFolder: .names
    case .stat, .statHandle: .attributes
    case .space, .limits: .extended
    case .close, .write, .remove, .makeFolder, .rename, .sync: .status
    }
  }

  /// About how many bytes it takes to ask this.
  var cost: Int {
    if case .write(_, _, let bytes) = self { return bytes.count + 64 }
    return 128
  }

  /// Whether it changes names there, so that it is of use though nobody looks at the answer.
  var matters: Bool {
    switch self {
    case .remove, .rename, .makeFolder: true
    default: false
    }
  }

  func packet(id: UInt32) -> [UInt8] {
    var packet = PacketWriter(type: type, room: cost)
    packet.append(id)
    switch self {
    case .open(let path, let flags):
      packet.append(path)
      packet.append(flags.rawValue)
      switch flags {
      case .read: packet.append(UInt32(0))
      case .create:
        packet.append(SFTPAttributes.hasMode)
        packet.append(Self.fileMode)
      }
    case .close(let handle), .statHandle(let handle), .readFolder(let handle):
      packet.append(handle)
    case .read(let handle, let offset, let count):
      packet.append(handle)
      packet.append(UInt64(offset))
      packet.append(UInt32(count))
    case .write(let handle, let offset, let bytes):
      packet.append(handle)
      packet.append(UInt64(offset))
      packet.append(bytes)
    case .stat(let path), .openFolder(let path), .remove(let path): packet.append(path)
    case .makeFolder(let path):
      packet.append(path)
      packet.append(SFTPAttributes.hasMode)
      packet.append(Self.folderMode)
    case .rename(let path, let other):
      packet.append(path)
      packet.append(other)
    case .sync(let handle):
      packet.append("fsync@openssh.com")
      packet.append(handle)
    case .space(let path):
      packet.append("statvfs@openssh.com")
      packet.append(path)
    case .limits: packet.append("limits@openssh.com")
    }
    return packet.finished()
  }

  private var type: UInt8 {
    switch self {
    case .open: 3
    case .close: 4
    case .read: 5
    case .write: 6
    case .statHandle: 8
    case .openFolder: 11
    case .readFolder: 12
    case .remove: 13
    case .makeFolder: 14
    case .stat: 17
    case .rename: 18
    case .sync, .space, .limits: 200
    }
  }
}
