import Glibc

/// Speaks with an SSH agent (draft-miller-ssh-agent).
///
/// libssh2 could, but it asks the server about one key of the agent after the other, without saying which, and waits for
/// the agent for ever.
package struct Agent: ~Copyable {
  package struct Key: Equatable, Sendable {
    package let key: [UInt8]
    package let comment: String
  }

  private let socket: Int32

  private enum Message {
    static let failure: UInt8 = 5
    static let list: UInt8 = 11
    static let listAnswer: UInt8 = 12
    static let sign: UInt8 = 13
    static let signAnswer: UInt8 = 14
  }

  /// More than any answer comes to.
  private static let most = 1 << 20
  /// Seconds within which an agent that asks nobody answers.
  private static let patience = 10

  /// Nil if nobody listens there.
  package init?(_ path: String) {
    var address = sockaddr_un()
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard path.utf8.count < room else { return nil }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let socket = Glibc.socket(
      AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { return nil }
    let code = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard code == 0 else {
      close(socket)
      return nil
    }
    self.socket = socket
  }

  deinit { close(socket) }

  /// The keys that it has; none if it does not say.
  package func keys() throws(SSHFailure) -> [Key] {
    var message = WireWriter()
    message.append(Message.list)
    guard let answer = try ask(message.bytes, until: Deadline(seconds: Self.patience)) else {
      return []
    }
    var reader = WireReader(answer)
    guard reader.byte() == Message.listAnswer, let count = reader.uint32() else { return [] }
    var keys: [Key] = []
    while keys.count < count, let key = reader.string(), let comment = reader.string() {
      keys.append(Key(key: key, comment: String(decoding: comment, as: UTF8.self)))
    }
    return keys
  }

  /// Lets it sign; nil if it will not.
  ///
  /// It may ask a person first, who takes their time.
  package func signature(of data: [UInt8], with key: [UInt8]) throws(SSHFailure) -> [UInt8]? {
    var message = WireWriter()
    message.append(Message.sign)
    message.append(string: key)
    message.append(string: data)
    message.append(UInt32(0))
    guard let answer = try ask(message.bytes, until: Deadline(seconds: 120)) else { return nil }
    var reader = WireReader(answer)
    guard reader.byte() == Message.signAnswer, let signed = reader.string() else { return nil }
    var parts = WireReader(signed)
    // The kind of signature, which for the types we use is the type of the key.
    guard parts.string() != nil else { return nil }
    return parts.string()
  }

  private func ask(_ message: [UInt8], until deadline: Deadline) throws(SSHFailure) -> [UInt8]? {
    var packet = WireWriter()
    packet.append(string: message)
    var rest = packet.bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return nil }
      rest = rest.dropFirst(count)
    }
    guard let size = try receive(4, until: deadline) else { return nil }
    var reader = WireReader(size)
    guard let count = reader.uint32(), count <= Self.most else { return nil }
    return try receive(Int(count), until: deadline)
  }

  private func receive(
    _ count: Int, until deadline: Deadline
  ) throws(SSHFailure) -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < count {
      guard try Waiting.wait(for: socket, POLLIN, until: deadline) else { return nil }
      var piece = [UInt8](repeating: 0, count: count - bytes.count)
      let got = read(socket, &piece, piece.count)
      guard got > 0 else { return nil }
      bytes += piece.prefix(got)
    }
    return bytes
  }
}
