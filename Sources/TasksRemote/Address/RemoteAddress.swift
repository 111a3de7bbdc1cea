/// Where a remote is, as a person writes it.
///
/// | written | is |
/// |---|---|
/// | `/mnt/usb/tasks`, `file:///mnt/usb/tasks` | a folder |
/// | `host:path`, `user@host:path` | a folder of an SSH server, from the home folder unless it begins with `/` |
/// | `sftp://user@host:port/path` | the same; the path is from the root, or from the home folder after `/~/` |
/// | `command:rclone serve sftp --stdio drive:tasks` | what speaks SFTP on the pipes of a command |
package enum RemoteAddress: Hashable, Sendable {
  case folder(String)
  case ssh(SSHHost, path: String)
  /// For a shell.
  case command(String)

  /// Understands an address; a relative folder stays relative.
  package init(_ text: String) throws(RemoteAddressError) {
    guard !text.isEmpty else { throw .empty }
    guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
      throw .controlCharacter
    }
    if let command = text.rest(after: "command:") {
      guard command.utf8.contains(where: { $0 != 0x20 }) else { throw .noCommand }
      self = .command(command)
    } else if let rest = text.rest(ofURL: "file") {
      // What stands before the path would be another machine.
      guard rest.utf8.first == UInt8(ascii: "/"), let path = rest.percentDecoded else {
        throw .notAFolder
      }
      self = .folder(path)
    } else if let rest = text.rest(ofURL: "sftp") {
      self = try Self.sftp(rest)
    } else if let scheme = text.scheme {
      throw .unknownScheme(scheme)
    } else if text.rest(after: "file:/") != nil {
      // A host of that name would be meant by few.
      throw .notAFolder
    } else if text.rest(after: "[") != nil, let (host, path) = text.divided(at: "]") {
      guard let path = path.rest(after: ":") else { throw .badHost }
      self = try Self.scp(String(host.dropFirst()), path)
    } else if let (host, path) = text.divided(at: ":"), !host.utf8.contains(UInt8(ascii: "/")) {
      self = try Self.scp(host, path)
    } else if text.utf8.contains(UInt8(ascii: "/")) || text == "." || text == ".." {
      self = .folder(text)
    } else {
      throw .bareWord
    }
  }

  private static func sftp(_ rest: String) throws(RemoteAddressError) -> RemoteAddress {
    let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    let (user, place) = try login(String(rest[..<slash]))
    let host: String
    let port: String?
    if let bracketed = place.rest(after: "[") {
      guard let (address, after) = bracketed.divided(at: "]") else { throw .badHost }
      host = address
      port = after.rest(after: ":")
      guard after.isEmpty || port != nil else { throw .badHost }
    } else if let (name, number) = place.divided(at: ":") {
      host = name
      port = number
    } else {
      host = place
      port = nil
    }
    let number = port.flatMap { Int($0) }
    guard !host.isEmpty else { throw .noHost }
    guard port == nil || number != nil, let user = user.percentDecoded,
      let ssh = SSHHost(user: user.isEmpty ? nil : user, host: host, port: number)
    else { throw .badHost }
    guard var path = String(rest[slash...]).percentDecoded, path.utf8.allSatisfy({ $0 >= 0x20 })
    else { throw .badPath }
    if let fromHome = path.rest(after: "/~/") { path = fromHome }
    guard !path.isEmpty, path != "/", path != "/~" else { throw .noPath }
    return .ssh(ssh, path: path)
  }

  private static func scp(_ place: String, _ path: String) throws(RemoteAddressError)
    -> RemoteAddress
  {
    let (user, host) = try login(place)
    guard !host.isEmpty else { throw .noHost }
    guard !host.utf8.contains(UInt8(ascii: "[")) else { throw .badHost }
    // `me:secret@host:path`, which would be the folder `secret@host:path` on the host `me`.
    if let (secret, rest) = path.divided(at: "@"), rest.divided(at: ":") != nil,
      !secret.utf8.contains(UInt8(ascii: "/"))
    {
      throw .password
    }
    guard let ssh = SSHHost(user: user.isEmpty ? nil : user, host: host) else { throw .badHost }
    let path = path.rest(after: "~/") ?? path
    guard !path.isEmpty, path != "~" else { throw .noPath }
    return .ssh(ssh, path: path)
  }

  /// What stands before and after `@`; a password has no place there.
  private static func login(
    _ place: String
  ) throws(RemoteAddressError) -> (user: String, place: String) {
    guard let at = place.utf8.lastIndex(of: UInt8(ascii: "@")) else { return ("", place) }
    let user = String(place[..<at])
    guard !user.utf8.contains(UInt8(ascii: ":")) else { throw .password }
    guard !user.isEmpty else { throw .badHost }
    return (user, String(place[place.utf8.index(after: at)...]))
  }
}

/// Why a text is no address of a remote.
package enum RemoteAddressError: Error, Equatable, Sendable {
  case empty
  case controlCharacter
  /// `https://…`: nothing we speak.
  case unknownScheme(String)
  /// A word that could be anything.
  case bareWord
  case notAFolder
  case noHost
  case badHost
  case badPath
  /// A server without a folder.
  case noPath
  case noCommand
  /// Passwords are asked for, and never kept in an address.
  case password
}

extension String {
  fileprivate func rest(after prefix: String) -> String? {
    utf8.starts(with: prefix.utf8) ? String(Substring(utf8.dropFirst(prefix.utf8.count))) : nil
  }

  /// What stands after `scheme://`, which may be written in capitals.
  fileprivate func rest(ofURL scheme: String) -> String? {
    guard let own = self.scheme, own.lowercased() == scheme else { return nil }
    return String(Substring(utf8.dropFirst(own.utf8.count + 3)))
  }

  /// What stands before and after the first such character.
  fileprivate func divided(at character: Unicode.Scalar) -> (String, String)? {
    guard let index = utf8.firstIndex(of: UInt8(ascii: character)) else { return nil }
    return (String(self[..<index]), String(self[utf8.index(after: index)...]))
  }

  /// `https` of `https://…`; nil where there is no `://`.
  fileprivate var scheme: String? {
    guard let (scheme, rest) = divided(at: ":"), rest.utf8.starts(with: "//".utf8),
      scheme.utf8.allSatisfy({ (0x61...0x7a).contains($0 | 0x20) })
    else { return nil }
    return scheme
  }

  /// With `%41` read as `A`; nil if that is no text.
  fileprivate var percentDecoded: String? {
    var bytes: [UInt8] = []
    var rest = Substring(self).utf8
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, digits.allSatisfy({ $0 != UInt8(ascii: "+") }),
        let value = UInt8(String(Substring(digits)), radix: 16), value != 0
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
