import TasksFiles

/// A program that carries SFTP over SSH.
package enum SSHTransport: String, CaseIterable, Sendable {
  /// Our own client, a separate executable.
  case own = "tasks-ssh"
  /// `ssh`, for what ours cannot do.
  case openSSH = "openssh"

  /// Where the program is; nil if it is not installed.
  ///
  /// `tasks` is the running program, beside which ours is; `searchPath` is `PATH`.
  package func program(beside tasks: String?, searchPath: String?) -> String? {
    switch self {
    case .own: tasks.flatMap { Programs.helper(rawValue, of: $0) }
    case .openSSH: Programs.find("ssh", in: searchPath)
    }
  }

  /// How to reach a folder on a host with it.
  ///
  /// `program` is where it is. What the server is given to begin depends on whether a person may have to answer first.
  package func server(
    _ program: String, on host: SSHHost, path: String, options: SSHOptions = SSHOptions()
  ) -> SFTPRemote.Server {
    var patience = Patience()
    // Whatever matters has been answered by then, and to let the server end first would take another round trip.
    patience.ending = 0
    if options.isInBackground {
      patience.greeting = (options.connectTimeout ?? Self.connectTimeout) * 1000 * 3
    }
    return SFTPRemote.Server(
      command: [program] + words(for: host, options), environment: environment(options),
      path: path, patience: patience)
  }

  /// Seconds, where nobody said otherwise.
  package static let connectTimeout = 15
  /// Seconds of silence after which a server is asked whether it is there; after three times that it is not.
  package static let aliveInterval = 60

  private func environment(_ options: SSHOptions) -> [String: String] {
    switch self {
    case .own: options.configuration.map { ["TASKS_SSH_CONFIG": $0] } ?? [:]
    // Its words are matched (`ConnectionProblem`).
    case .openSSH: ["LC_ALL": "C"]
    }
  }

  private func words(for host: SSHHost, _ options: SSHOptions) -> [String] {
    switch self {
    case .own: ownWords(for: host, options)
    case .openSSH: openSSHWords(for: host, options)
    }
  }

  private func ownWords(for host: SSHHost, _ options: SSHOptions) -> [String] {
    var words: [String] = []
    if let user = host.user { words += ["--user", user] }
    if let port = host.port { words += ["--port", "\(port)"] }
    if options.isInBackground { words.append("--background") }
    if let timeout = options.connectTimeout { words += ["--connect-timeout", "\(timeout)"] }
    if options.isVerbose { words.append("-v") }
    return words + [host.host]
  }

  /// As sftp(1) starts it: what a configuration wants for a login is of no use here, and a tunnel may be in use elsewhere.
  private func openSSHWords(for host: SSHHost, _ options: SSHOptions) -> [String] {
    var words: [String] = []
    if let configuration = options.configuration { words += ["-F", configuration] }
    var settings = [
      "ForwardX11=no", "ForwardAgent=no", "PermitLocalCommand=no", "ClearAllForwardings=yes",
      "RequestTTY=no", "RemoteCommand=none", "StdinNull=no", "ForkAfterAuthentication=no",
      "ServerAliveInterval=\(Self.aliveInterval)",
      // Less would hide what is matched.
      "LogLevel=\(options.isVerbose ? "VERBOSE" : "INFO")",
    ]
    if options.isInBackground { settings.append("BatchMode=yes") }
    let timeout = options.connectTimeout ?? (options.isInBackground ? Self.connectTimeout : nil)
    if let timeout { settings.append("ConnectTimeout=\(timeout)") }
    words += settings.flatMap { ["-o", $0] }
    if let user = host.user { words += ["-l", user] }
    if let port = host.port { words += ["-p", "\(port)"] }
    return words + ["-s", "--", host.host, "sftp"]
  }
}
