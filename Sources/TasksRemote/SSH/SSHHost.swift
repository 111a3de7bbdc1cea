/// A machine that is reached over SSH: a name from the user's configuration or the network, and what else was said of it.
package struct SSHHost: Hashable, Sendable {
  /// Nil for whom the configuration names, else for whoever we are here.
  package let user: String?
  /// A name, or an address without brackets.
  package let host: String
  /// Nil for the one in the configuration, else 22.
  package let port: Int?

  /// Nil for what is no host, user or port.
  ///
  /// What begins with `-` could be taken for an option, and what a shell understands could become a command: the user's
  /// configuration may put names into `ProxyCommand` and `Match exec`.
  package init?(user: String? = nil, host: String, port: Int? = nil) {
    guard Self.isHarmless(host), user.map(Self.isHarmless) ?? true,
      port.map({ (1...65_535).contains($0) }) ?? true
    else { return nil }
    // A user may be a mail address, a host may not.
    guard !host.utf8.contains(UInt8(ascii: "@")), !host.utf8.contains(UInt8(ascii: "/")) else {
      return nil
    }
    self.user = user
    self.host = host
    self.port = port
  }

  private static func isHarmless(_ name: String) -> Bool {
    let refused = Array("'`\"$\\;&<>|(){}".utf8)
    return !name.isEmpty && name.utf8.count <= 255 && name.utf8.first != UInt8(ascii: "-")
      && name.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f && !refused.contains($0) }
  }
}
