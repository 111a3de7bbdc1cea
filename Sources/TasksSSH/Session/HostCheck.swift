import CSSH2
import Glibc
import TasksFiles

/// Makes sure that a server is the one it should be.
struct HostCheck {
  private let configuration: ClientConfiguration
  private let known: KnownHosts
  /// What is known of the host whatever the port: good for trusting a key, not for refusing one.
  private let knownAnywhere: KnownHosts?

  init(_ configuration: ClientConfiguration) {
    self.configuration = configuration
    let files = configuration.knownHosts + configuration.globalKnownHosts
    known = KnownHosts(of: configuration.knownName, in: files)
    let plain = configuration.plainName
    knownAnywhere = plain == configuration.knownName ? nil : KnownHosts(of: plain, in: files)
  }

  /// The types of keys that the server is asked for, those that are known first, so that a server with several shows one
  /// that can be checked.
  func types() throws(SSHFailure) -> [KeyType] {
    if known.hasAuthority { throw .unsupported("@cert-authority") }
    let types = configuration.hostKeyTypes?.compactMap(KeyType.init(rawValue:)) ?? KeyType.allCases
    var names = known.types
    if names.isEmpty { names = knownAnywhere?.types ?? [] }
    let first = types.filter { names.contains($0.rawValue) }
    // It may have such a key still, and OpenSSH could check it.
    if first.isEmpty, let other = names.first(where: { KeyType(rawValue: $0) == nil }) {
      throw .unsupported("host key of type \(other)")
    }
    guard !types.isEmpty else { throw .unsupported("HostKeyAlgorithms") }
    return first + types.filter { !first.contains($0) }
  }

  /// Returns if the key is the host's, or becomes it because somebody says so.
  func check(
    _ session: SSHSession, host: String, mayAsk: Bool, tell: (String) -> Void
  ) throws(SSHFailure) {
    let key = session.hostKey
    var shown = SSHFailure.Shown(
      host: configuration.knownName, type: KeyType.name(of: KeyType.type(of: key) ?? ""),
      fingerprint: session.fingerprint, place: nil)
    tell("host key \(shown.type) \(shown.fingerprint)")
    if let file = configuration.revokedKeys,
      let place = try RevokedKeys.place(of: key, in: file)
    {
      shown.place = place
      throw .hostKeyRefused(.revoked, shown)
    }
    switch known.verdict(on: key) {
    case .known: return
    case .changed(let place):
      shown.place = place
      throw .hostKeyRefused(.changed, shown)
    case .otherType(let place):
      shown.place = place
      throw .hostKeyRefused(.otherType, shown)
    case .revoked(let place):
      shown.place = place
      throw .hostKeyRefused(.revoked, shown)
    case .unknown: break
    }
    switch knownAnywhere?.verdict(on: key) {
    case .known: return
    case .revoked(let place):
      shown.place = place
      throw .hostKeyRefused(.revoked, shown)
    default: break
    }
    guard try isTrusted(shown, host: host, mayAsk: mayAsk) else { throw .unknownHost(shown) }
    remember(key, tell)
  }

  private func isTrusted(
    _ shown: SSHFailure.Shown, host: String, mayAsk: Bool
  ) throws(SSHFailure) -> Bool {
    switch configuration.trust {
    case .acceptNew: return true
    case .refuse: return false
    case .ask: break
    }
    guard mayAsk, let terminal = Terminal(starter: STDIN_FILENO) else { return false }
    let name = host == shown.host ? "'\(host)'" : "'\(host)' (\(shown.host))"
    let question = """
      The host \(name.harmless) is not known. Its \(shown.type) key is \(shown.fingerprint)
      Trust it from now on? [y/N] 
      """
    let typed = terminal.ask(question).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let answer = typed.split { $0.isWhitespace }.first.map(String.init) ?? ""
    return ["y", "yes", shown.fingerprint.asciiLowercased].contains(answer.asciiLowercased)
  }

  private func remember(_ key: [UInt8], _ tell: (String) -> Void) {
    guard let file = configuration.knownHosts.first else { return }
    do throws(FileError) {
      try KnownHosts.add(
        key, of: configuration.knownName, to: file, hidingName: configuration.hashesNames)
    } catch {
      // It will be asked about again; that is no reason not to go on now.
      tell("\(file): \(error.reason)")
    }
  }
}
