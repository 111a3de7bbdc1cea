import Glibc
import TasksFiles

/// What our own client says.
extension ConnectionProblem {
  init(ownEnding ending: ServerEnding) {
    guard let report = HelperReport(ending.report) else {
      self = Self.unreported(ending)
      return
    }
    let fact = report.fact
    switch report.kind {
    case .unreachable:
      self = .unreachable(Obstacle(rawValue: fact(0)) ?? .other, said: fact(1))
    case .unknownHost: self = .unknownHost(HostKey(report))
    case .hostKeyChanged: self = .hostKeyRefused(.changed, HostKey(report))
    case .hostKeyRevoked: self = .hostKeyRefused(.revoked, HostKey(report))
    case .hostKeyOfOtherType: self = .hostKeyRefused(.otherType, HostKey(report))
    case .loginRefused:
      self = .loginRefused(
        user: fact(0).isEmpty ? nil : fact(0),
        methods: fact(1).split(separator: ",").map(String.init))
    case .unsupported: self = .unsupported(fact(0))
    case .noSubsystem: self = .noSubsystem(said: fact(0))
    case .lost: self = .lost(said: fact(0))
    case .cancelled: self = .cancelled
    case .misconfigured: self = .misconfigured(fact(0))
    case .bug: self = .bug(fact(0))
    }
  }

  /// It always reports, unless something ended it.
  private static func unreported(_ ending: ServerEnding) -> Self {
    switch ending.ending {
    case .killed(signal: SIGINT): .cancelled
    case .killed(signal: SIGTERM), .killed(signal: SIGHUP), .killed(signal: SIGKILL), nil:
      .lost(said: ending.errors)
    case .killed(let signal): .bug("signal \(signal)")
    case .exited(0): .lost(said: ending.errors)
    case .exited(let status): .bug("exit \(status): \(ending.errors)")
    }
  }
}

extension ConnectionProblem.HostKey {
  init(_ report: HelperReport) {
    func fact(_ index: Int) -> String? {
      let text = report.fact(index)
      return text.isEmpty ? nil : text
    }
    self.init(
      host: fact(0), type: fact(1), fingerprint: fact(2), file: fact(3),
      line: fact(4).flatMap { Int($0) })
  }
}
