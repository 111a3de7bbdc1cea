/// What a server answers.
enum SFTPReply {
  case status(SFTPStatus)
  case handle([UInt8])
  case data(ArraySlice<UInt8>)
  /// The entries are read one by one, by whoever wants them.
  case names(count: Int, PacketReader)
  case attributes(SFTPAttributes)
  case extended(PacketReader)

  enum Kind: UInt8 {
    case status = 101
    case handle, data, names, attributes
    case extended = 201
  }

  /// A handle is a string of at most so many bytes.
  private static let longestHandle = 256

  /// Reads an answer: a type, an id, and what follows; nil if it is none of this kind.
  init?(_ packet: [UInt8], kind: Kind) {
    var reader = PacketReader(packet, from: 5)
    switch kind {
    case .status:
      guard let code = reader.uint32() else { return nil }
      // Some old servers leave the words out.
      self = .status(SFTPStatus(code: code, message: reader.text() ?? ""))
    case .handle:
      guard let handle = reader.string(), handle.count <= Self.longestHandle else { return nil }
      self = .handle(Array(handle))
    case .data:
      guard let data = reader.string() else { return nil }
      self = .data(data)
    case .names:
      // A name takes twelve bytes at least. One that brings none would let a listing go on for ever.
      guard let count = reader.uint32(), count > 0, Int(count) <= reader.rest / 12 else {
        return nil
      }
      self = .names(count: Int(count), reader)
    case .attributes:
      guard let attributes = reader.attributes() else { return nil }
      self = .attributes(attributes)
    case .extended: self = .extended(reader)
    }
  }
}

/// Whether something went well, and if not, why.
struct SFTPStatus: Equatable {
  let code: UInt32
  let message: String

  static let ok: UInt32 = 0
  static let endOfFile: UInt32 = 1
  static let noSuchFile: UInt32 = 2
  static let permissionDenied: UInt32 = 3
  static let unsupported: UInt32 = 8

  var isOK: Bool { code == Self.ok }

  /// The failure as far as the code tells it.
  ///
  /// Version 3 has no codes for a full disk or one that cannot be written to. OpenSSH says only "Failure"; others say what
  /// the system said.
  func error(about path: String) -> RemoteError {
    switch code {
    case Self.noSuchFile: return .missing(path)
    case Self.permissionDenied: return .refused(path)
    default:
      let words = message.lowercased()
      if words.contains("no space left") || words.contains("quota") { return .full(path) }
      if words.contains("read-only file system") { return .readOnly(path) }
      return .failed(path, reason: message.isEmpty ? "status \(code)" : message)
    }
  }
}
