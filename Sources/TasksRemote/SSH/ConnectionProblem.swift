/// Why there is no connection to a host, or no longer.
///
/// Facts; the words are the command line's. Texts in it are a server's or a program's and may hold anything.
package enum ConnectionProblem: Equatable, Sendable {
  /// The host was not reached.
  case unreachable(Obstacle, said: String)
  /// Nobody has said yet that the host is the one it should be, and nobody was there to be asked, or they said no.
  case unknownHost(HostKey)
  /// The host is not the one it was.
  case hostKeyRefused(Objection, HostKey)
  /// Nothing we have was good enough for the server. `methods` is what it would have liked, as far as it said.
  case loginRefused(user: String?, methods: [String])
  /// Our own client cannot do what is needed here, and OpenSSH may.
  case unsupported(String)
  /// The server lets us in and has no SFTP.
  case noSubsystem(said: String)
  /// The connection ended, or the server fell silent.
  case lost(said: String)
  /// By a person.
  case cancelled
  /// A file of the user's configuration, or a key, is not what it should be.
  case misconfigured(String)
  /// Our own client went wrong.
  case bug(String)
  /// Nobody knows; what the program said.
  case unknown(said: String)

  /// What was in the way of a connection.
  package enum Obstacle: String, CaseIterable, Sendable {
    /// No such name.
    case noSuchName = "no-such-name"
    /// Nobody was there to tell where a name leads: no network, mostly.
    case noResolver = "no-resolver"
    /// The machine is there, and nothing answers at the port.
    case refused
    case timedOut = "timed-out"
    case noRoute = "no-route"
    case other
  }

  /// What is wrong about a host's key.
  package enum Objection: String, CaseIterable, Sendable {
    /// Another one of the same type is known.
    case changed
    /// Only keys of other types are known.
    case otherType
    case revoked
  }

  /// What a host showed; what nobody said is nil.
  package struct HostKey: Equatable, Sendable {
    /// The host as the list of known hosts has it: `nas`, `[nas]:2222`.
    package var host: String?
    /// The type as people know it: `ED25519`.
    package var type: String?
    /// As people compare it: `SHA256:…`.
    package var fingerprint: String?
    /// Where it says otherwise.
    package var file: String?
    /// Counted from 1.
    package var line: Int?

    package init(
      host: String? = nil, type: String? = nil, fingerprint: String? = nil, file: String? = nil,
      line: Int? = nil
    ) {
      self.host = host
      self.type = type
      self.fingerprint = fingerprint
      self.file = file
      self.line = line
    }
  }

  /// What the end of the program that led to a server means.
  package init(_ ending: ServerEnding, of transport: SSHTransport) {
    switch transport {
    case .own: self.init(ownEnding: ending)
    case .openSSH: self.init(openSSHEnding: ending)
    }
  }

  /// Whether OpenSSH should try it instead.
  ///
  /// Never once a host key or a login was refused: the answer to that is not to ask more nicely.
  package var fallsBackToOpenSSH: Bool {
    if case .unsupported = self { true } else { false }
  }

  /// Whether it may go better in a moment, with nobody doing anything about it.
  package var isTransient: Bool {
    switch self {
    // Who was waited for as long as we wait has had its chance.
    case .unreachable(let obstacle, _): obstacle != .noSuchName && obstacle != .timedOut
    case .lost: true
    default: false
    }
  }
}
