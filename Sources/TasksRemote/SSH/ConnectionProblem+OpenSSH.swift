import Glibc
import TasksFiles

/// What `ssh` writes under `LC_ALL=C`, which is the same in all versions since 7 but where noted.
///
/// It comes after whatever the server or a command of the user's configuration wrote, so a later line counts before an
/// earlier one. What is not known is told as it is: taking a refusal for a passing failure would only ask again.
extension ConnectionProblem {
  init(openSSHEnding ending: ServerEnding) {
    let lines = ending.errors.utf8.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      .map { String(Substring($0)) }
    for line in lines.reversed() {
      if let problem = Self.problem(line, among: lines) {
        self = problem
        return
      }
    }
    switch ending.ending {
    case .killed(signal: SIGINT), .exited(130): self = .cancelled
    case .killed: self = .lost(said: ending.errors)
    default:
      self = ending.hadAnswered ? .lost(said: ending.errors) : .unknown(said: ending.errors)
    }
  }

  private static func problem(_ line: String, among lines: [String]) -> Self? {
    if line.hasPrefix("Host key verification failed") { return hostKey(lines) }
    if line.hasPrefix("ssh: connect to host ") {
      return .unreachable(obstacle(line), said: line)
    }
    if line.hasPrefix("ssh: Could not resolve hostname ") {
      let isPassing = line.hasSuffix("Temporary failure in name resolution")
      return .unreachable(isPassing ? .noResolver : .noSuchName, said: line)
    }
    if let login = login(line) { return login }
    if line.hasPrefix("subsystem request failed") { return .noSubsystem(said: line) }
    if line.hasPrefix("Unable to negotiate with ") { return .unknown(said: line) }
    if line.hasSuffix("during banner exchange"), line.hasPrefix("Connection timed out") {
      return .unreachable(.timedOut, said: line)
    }
    // The line before says whether it was closed before anybody greeted.
    if lostPrefixes.contains(where: line.hasPrefix) {
      return lines.contains { $0.hasSuffix("during banner exchange") }
        ? .unreachable(.timedOut, said: line) : .lost(said: line)
    }
    if line.contains("Bad configuration option") || line.hasPrefix("Can't open user config file ")
      || line.contains("Bad owner or permissions on ")
    {
      return .misconfigured(line)
    }
    return nil
  }

  private static let lostPrefixes = [
    "Connection closed by ", "Connection reset by ", "kex_exchange_identification: ",
    "client_loop: send disconnect: ", "Timeout, server ", "Connection to ",
    "Received disconnect from ", "ssh_dispatch_run_fatal: ", "Read from remote host ",
  ]

  private static func obstacle(_ line: String) -> Obstacle {
    let ends: [(String, Obstacle)] = [
      (": Connection refused", .refused), (": Connection timed out", .timedOut),
      (": Operation timed out", .timedOut), (": No route to host", .noRoute),
      (": Network is unreachable", .noRoute),
    ]
    return ends.first { line.hasSuffix($0.0) }?.1 ?? .other
  }

  /// Whom it names in `root@nas: Permission denied (publickey,password).` and what would have been good enough.
  private static func login(_ line: String) -> Self? {
    if line.hasPrefix("Received disconnect from "),
      line.contains("Too many authentication failures")
    {
      return .loginRefused(user: nil, methods: [])
    }
    guard line.hasSuffix(")."), let (before, after) = line.divided(by: ": Permission denied (")
    else { return nil }
    // Before version 7.6 it did not say who.
    let user = before.divided(byLast: "@").map { String($0.0) }
    return .loginRefused(
      user: user, methods: after.dropLast(2).split(separator: ",").map(String.init))
  }

  private static func hostKey(_ lines: [String]) -> Self {
    var key = HostKey()
    var objection: Objection?
    var otherType: String?
    for (index, line) in lines.enumerated() {
      if let rest = line.rest(after: "The fingerprint for the "),
        let (type, _) = rest.divided(by: " key sent by the remote host is")
      {
        key.type = String(type)
        if lines.indices.contains(index + 1) { key.fingerprint = lines[index + 1].withoutStop }
      } else if let rest = line.rest(after: "Offending "),
        let (type, place) = rest.divided(by: " key in "),
        let (file, number) = place.divided(byLast: ":")
      {
        objection = .changed
        otherType = String(type)
        key.file = String(file)
        key.line = Int(number)
      } else if let rest = line.rest(after: "Host key for "),
        let (host, _) = rest.divided(by: " has changed and you have requested strict checking.")
      {
        objection = objection ?? .changed
        key.host = String(host)
      } else if let (before, _) = line.divided(by: " is marked as revoked."),
        let (type, host) = before.rest(after: "The ")?.divided(by: " host key for ")
      {
        objection = .revoked
        key.type = String(type)
        key.host = String(host)
      } else if let rest = line.rest(after: "Host key "),
        let (shown, file) = rest.divided(by: " revoked by file "),
        let (type, fingerprint) = shown.divided(by: " ")
      {
        objection = .revoked
        key.type = String(type)
        key.fingerprint = String(fingerprint)
        key.file = String(file)
      } else if let rest = line.rest(after: "No "),
        let (type, host) = rest.divided(by: " host key is known for "),
        let (name, _) = host.divided(by: " and you have requested strict checking.")
      {
        key.type = String(type)
        key.host = String(name)
      } else if let rest = line.rest(after: "The authenticity of host '"),
        let (host, _) = rest.divided(by: "' can't be established.")
      {
        key.host = host.divided(by: " (").map { String($0.0) } ?? String(host)
      } else if let (type, fingerprint) = line.divided(by: " key fingerprint is ") {
        key.type = String(type)
        key.fingerprint = String(fingerprint).withoutStop
      }
    }
    guard let objection else { return .unknownHost(key) }
    let isOfOtherType = objection == .changed && otherType != nil && otherType != key.type
    return .hostKeyRefused(isOfOtherType ? .otherType : objection, key)
  }
}

extension StringProtocol {
  fileprivate var withoutStop: String {
    String(last == "." ? dropLast() : self[...])
  }

  fileprivate func rest(after prefix: String) -> Substring? {
    hasPrefix(prefix) ? Substring(dropFirst(prefix.count)) : nil
  }

  /// What stands before and after the first such text.
  fileprivate func divided(by text: String) -> (Substring, Substring)? {
    guard let found = Substring(self).firstRange(of: text) else { return nil }
    return (Substring(self)[..<found.lowerBound], Substring(self)[found.upperBound...])
  }

  fileprivate func divided(byLast character: Character) -> (Substring, Substring)? {
    guard let index = lastIndex(of: character) else { return nil }
    return (Substring(self[..<index]), Substring(self[self.index(after: index)...]))
  }
}
