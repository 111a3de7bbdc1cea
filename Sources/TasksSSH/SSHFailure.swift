package import TasksFiles

/// Why the client ended; each is told as a `HelperReport`.
package enum SSHFailure: Error, Equatable, Sendable {
  case unreachable(Obstacle, String)
  case unknownHost(Shown)
  case hostKeyRefused(Objection, Shown)
  case loginRefused(user: String, methods: [String])
  /// OpenSSH can do it, or may.
  case unsupported(String)
  case noSubsystem(String)
  case lost(String)
  /// By the person, or by whoever started us and needs us no more.
  case cancelled
  /// The words we were started with, or a file of the user's.
  case misconfigured(String)
  case bug(String)

  /// What was in the way, in the words of the report.
  package enum Obstacle: String, Sendable {
    case noSuchName = "no-such-name"
    case noResolver = "no-resolver"
    case refused
    case timedOut = "timed-out"
    case noRoute = "no-route"
    case other
  }

  package enum Objection: Sendable {
    case changed, otherType, revoked
  }

  /// The key that a host showed, and the line that speaks against it.
  package struct Shown: Equatable, Sendable {
    package var host: String
    package var type: String
    package var fingerprint: String
    package var place: KnownHosts.Place?

    package init(host: String, type: String, fingerprint: String, place: KnownHosts.Place?) {
      self.host = host
      self.type = type
      self.fingerprint = fingerprint
      self.place = place
    }
  }

  package var report: HelperReport {
    switch self {
    case .unreachable(let obstacle, let said):
      HelperReport(.unreachable, [obstacle.rawValue, said])
    case .unknownHost(let shown): HelperReport(.unknownHost, shown.facts)
    case .hostKeyRefused(.changed, let shown): HelperReport(.hostKeyChanged, shown.facts)
    case .hostKeyRefused(.otherType, let shown): HelperReport(.hostKeyOfOtherType, shown.facts)
    case .hostKeyRefused(.revoked, let shown): HelperReport(.hostKeyRevoked, shown.facts)
    case .loginRefused(let user, let methods):
      HelperReport(.loginRefused, [user, methods.joined(separator: ",")])
    case .unsupported(let what): HelperReport(.unsupported, [what])
    case .noSubsystem(let said): HelperReport(.noSubsystem, [said])
    case .lost(let said): HelperReport(.lost, [said])
    case .cancelled: HelperReport(.cancelled)
    case .misconfigured(let what): HelperReport(.misconfigured, [what])
    case .bug(let what): HelperReport(.bug, [what])
    }
  }

  /// As `tasks` itself would exit.
  package var exitStatus: Int32 {
    switch self {
    case .unsupported: 1
    case .misconfigured: 2
    case .unreachable, .noSubsystem, .lost: 12
    case .unknownHost, .hostKeyRefused, .loginRefused: 13
    case .bug: 70
    case .cancelled: 130
    }
  }
}

extension SSHFailure.Shown {
  fileprivate var facts: [String] {
    [host, type, fingerprint] + (place.map { [$0.file, "\($0.line)"] } ?? [])
  }
}
