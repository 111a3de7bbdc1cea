import TasksProgram

/// Who may ask: a page of somebody else's, in a browser on this machine, may not.
///
/// A browser sends the name that it believes to talk to as `Host` and the page's place as `Origin`. A foreign name that leads here (DNS
/// rebinding) shows in the one, a foreign page in the other.
struct Doorman: Sendable {
  private let hosts: Set<String>
  private let origins: Set<String>
  /// Anything at all will do where nobody comes over a network.
  private let isUnix: Bool

  /// - Parameter address: where it listens, with the port that it has.
  init(_ address: ListenAddress, hosts: [String], origins: [String]) {
    var names = Set(hosts.map { $0.lowercased() })
    switch address {
    case .unix: isUnix = true
    case .tcp(let host, let port):
      isUnix = false
      var own = hosts + [ListenAddress.bracketed(host)]
      if address.isLocal { own += ["localhost", "127.0.0.1", "[::1]"] }
      for name in own {
        names.insert(name.lowercased())
        names.insert("\(name.lowercased()):\(port)")
      }
    }
    self.hosts = names
    self.origins = Set(origins.map { $0.lowercased() })
  }

  /// Whether pages from there may ask, and browsers must be told so.
  func allows(origin: String) -> Bool { origins.contains(origin.lowercased()) }

  /// The problem with where a request comes from; nil if there is none.
  func problem(host: String?, origin: String?) -> Problem? {
    let host = host?.lowercased() ?? ""
    if !isUnix, !hosts.contains(host) {
      return Problem(
        .forbiddenHost, "This server goes by another name; --host tells it of more.")
    }
    guard let origin = origin?.lowercased() else { return nil }
    let isOwn = !host.isEmpty && ["http://" + host, "https://" + host].contains(origin)
    guard isOwn || origins.contains(origin) else {
      return Problem(
        .forbiddenOrigin, "Pages from there may not ask; --origin allows it.")
    }
    return nil
  }
}
