import CSSH2
import Glibc
import TasksFiles

/// The program `tasks-ssh`: reaches a host, makes sure that it is the right one, logs in, and carries SFTP.
package struct Client {
  private let arguments: ClientArguments
  private let configurationFile: String?

  /// Seconds until the server has shown its key, where nobody said otherwise.
  private static let connectTimeout = 15

  /// Runs with the words and variables of this process, and returns its exit status.
  package static func main() -> Int32 {
    // Before anything else could get that number.
    let canReport = fcntl(HelperReport.descriptor, F_GETFD) >= 0
    if canReport { _ = fcntl(HelperReport.descriptor, F_SETFD, FD_CLOEXEC) }
    signal(SIGPIPE, SIG_IGN)
    let words = CommandLine.arguments.dropFirst()
    if words.contains("--help") {
      print(ClientArguments.help, terminator: "")
      return 0
    }
    do throws(SSHFailure) {
      let file = getenv("TASKS_SSH_CONFIG").map { String(cString: $0) }
      let client = Client(
        arguments: try ClientArguments(Array(words)),
        configurationFile: file?.isEmpty ?? true ? nil : file)
      try client.run()
      return 0
    } catch {
      let line = canReport ? error.report.line : "tasks-ssh: " + error.report.line
      let bytes = Array(line.utf8)
      _ = write(canReport ? HelperReport.descriptor : STDERR_FILENO, bytes, bytes.count)
      return error.exitStatus
    }
  }

  private func run() throws(SSHFailure) {
    let configuration = try configuration()
    if let setting = configuration.beyondUs.first { throw .unsupported(setting) }
    var way = try enter(configuration, early: true)
    if way == nil { way = try enter(configuration, early: false) }
    guard let (session, channel) = way else { throw .bug("no channel") }
    try Relay(channel, of: session, configuration).run()
    session.sayGoodbye()
  }

  /// Connects, logs in and gets a channel; nil if that did not go because it was asked for early.
  private func enter(
    _ configuration: ClientConfiguration, early isEarly: Bool
  ) throws(SSHFailure) -> (SSHSession, channel: OpaquePointer)? {
    let check = HostCheck(configuration)
    let types = try check.types()
    let agentPath = agentPath(configuration)
    let candidates = try candidates(configuration, agentPath: agentPath)
    let mayAsk = !arguments.isInBackground && !configuration.isBatch

    let session = try connect(configuration, types)
    try check.check(session, host: arguments.host, mayAsk: mayAsk, tell: tell)
    let request = ChannelRequest(session, early: isEarly)
    do throws(SSHFailure) {
      try Login(
        to: session, configuration, candidates, agentPath: agentPath, mayAsk: mayAsk,
        then: request, tell: tell
      ).run()
    } catch {
      guard request.isInTheWay else { throw error }
      tell("once more, one after the other: the key is not enough")
      return nil
    }
    tell("logged in as \(configuration.user)")
    guard let channel = try request.complete() else {
      tell("once more, one after the other: the server gives no channel")
      return nil
    }
    return (session, channel)
  }

  private func configuration() throws(SSHFailure) -> ClientConfiguration {
    let person = Person()
    let answer = try OpenSSHQuery.answer(
      arguments, file: configurationFile,
      until: Deadline(seconds: arguments.connectTimeout ?? Self.connectTimeout))
    guard let answer else { return .withoutOpenSSH(arguments, person) }
    return ClientConfiguration(openSSH: answer, host: arguments.host, person: person)
  }

  private func agentPath(_ configuration: ClientConfiguration) -> String? {
    let path: String? =
      switch configuration.agent {
      case .none: nil
      case .path(let path): path
      case .environment: getenv("SSH_AUTH_SOCK").map { String(cString: $0) }
      case .variable(let name): getenv(name).map { String(cString: $0) }
      }
    return path?.isEmpty ?? true ? nil : path
  }

  private func candidates(
    _ configuration: ClientConfiguration, agentPath: String?
  ) throws(SSHFailure) -> Candidates {
    guard configuration.methods.contains(.publicKey) else {
      return Candidates(ClientConfiguration(hostName: ""), agentKeys: [])
    }
    var agentKeys: [Agent.Key] = []
    if let agentPath, let agent = Agent(agentPath) { agentKeys = try agent.keys() }
    let candidates = Candidates(configuration, agentKeys: agentKeys)
    // There is nothing we could try, and OpenSSH has something.
    if candidates.keys.isEmpty, let other = candidates.beyondUs.first { throw .unsupported(other) }
    return candidates
  }

  private func connect(
    _ configuration: ClientConfiguration, _ types: [KeyType]
  ) throws(SSHFailure) -> SSHSession {
    let seconds =
      arguments.connectTimeout ?? configuration.connectTimeout ?? Self.connectTimeout
    let deadline = Deadline(seconds: seconds)
    let family =
      switch configuration.family {
      case .any: AF_UNSPEC
      case .four: AF_INET
      case .six: AF_INET6
      }
    tell("connecting to \(configuration.hostName) port \(configuration.port)")
    let addresses = try Resolver.addresses(
      of: configuration.hostName, port: configuration.port, family: family, until: deadline)
    let session = try SSHSession(Connector.connect(to: addresses, until: deadline))
    let restrictions: [(Int32, String?)] = [
      (LIBSSH2_METHOD_HOSTKEY, types.map(\.rawValue).joined(separator: ",")),
      (LIBSSH2_METHOD_KEX, configuration.keyExchanges),
      (LIBSSH2_METHOD_CRYPT_CS, configuration.ciphers),
      (LIBSSH2_METHOD_CRYPT_SC, configuration.ciphers),
      (LIBSSH2_METHOD_MAC_CS, configuration.codes),
      (LIBSSH2_METHOD_MAC_SC, configuration.codes),
    ]
    for case (let method, let names?) in restrictions {
      guard session.restrict(method, to: names) else { throw .unsupported("algorithms: \(names)") }
    }
    try session.shakeHands(until: deadline)
    return session
  }

  /// Says what happens, if somebody wants to know.
  private func tell(_ text: String) {
    guard arguments.isVerbose else { return }
    let bytes = Array("tasks-ssh: \(text.harmless)\n".utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
