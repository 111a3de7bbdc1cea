/// What the user's configuration of SSH says about a host.
package struct ClientConfiguration: Equatable, Sendable {
  /// May people be asked about unknown hosts, may those be trusted unasked, or neither.
  package enum Trust: Sendable {
    case ask, acceptNew, refuse
  }

  /// Where an SSH agent listens.
  package enum AgentPlace: Equatable, Sendable {
    /// Where `SSH_AUTH_SOCK` says.
    case environment
    case variable(String)
    case path(String)
    case none
  }

  package enum Method: String, CaseIterable, Sendable {
    case publicKey = "publickey"
    case keyboard = "keyboard-interactive"
    case password
  }

  package var hostName: String
  package var port = 22
  package var user = ""
  /// The name under which the host's key is known, if it is another.
  package var hostKeyAlias: String?
  package var family = Family.any
  /// Seconds.
  package var connectTimeout: Int?
  /// Seconds.
  package var aliveInterval: Int?
  package var aliveCount = 3
  package var isBatch = false

  package var knownHosts: [String] = []
  package var globalKnownHosts: [String] = []
  package var revokedKeys: String?
  package var trust = Trust.ask
  package var hashesNames = false

  package var identities: [String] = []
  package var usesOnlyIdentities = false
  package var agent = AgentPlace.environment
  /// What may be tried, in this order.
  package var methods = Method.allCases
  package var prompts = 3
  /// Kinds of login that only OpenSSH can do and that the user wants tried: `gssapi-with-mic`, `hostbased`.
  package var otherMethods: [String] = []

  /// Restrictions of the algorithms, in the order of preference; nil for the client's own.
  package var hostKeyTypes: [String]?
  package var userKeyTypes: [String]?
  package var keyExchanges: String?
  package var ciphers: String?
  package var codes: String?

  /// Settings that only OpenSSH can follow.
  package var beyondUs: [String] = []

  package enum Family: Sendable {
    case any, four, six
  }

  package init(hostName: String) {
    self.hostName = hostName
  }

  /// The host as a list of known hosts names it.
  package var knownName: String {
    if let hostKeyAlias { return hostKeyAlias.asciiLowercased }
    return port == 22 ? plainName : "[\(plainName)]:\(port)"
  }

  /// The host without its port, under which it may be known as well, as OpenSSH has it.
  package var plainName: String { (hostKeyAlias ?? hostName).asciiLowercased }
}

extension String {
  /// As host names are compared: letters of ASCII in small, all else as it is.
  package var asciiLowercased: String {
    let small = utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    return String(decoding: small, as: UTF8.self)
  }
}
