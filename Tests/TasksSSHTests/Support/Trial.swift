import Foundation
import SSHSupport
import TasksFiles
import TasksRemote
import Testing

/// A person's folder of keys, a server, and how it goes when the one connects to the other.
struct Trial {
  let folder: SSHFolder
  let home: String

  static let program = TestPrograms.file("tasks-ssh")

  /// With a key of the person's, `user`.
  init() throws {
    folder = try SSHFolder()
    home = folder.file("home")
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: false)
    try folder.makeKey("user")
  }

  /// A server that takes the person's key and whose host key is known.
  func server(
    _ settings: [String] = [], keys: [String] = ["ed25519"], isKnown: Bool = true
  ) throws -> SSHServer {
    let server = try SSHServer(authorized: [folder.publicKey("user")], keys: keys, settings)
    if isKnown, let type = keys.first {
      try folder.write(server.knownHostsLine(type), to: "known_hosts")
    }
    return server
  }

  /// Somebody at a terminal: what stands there, and what they type.
  typealias Answers = [(String, String)]

  /// Connects to `nas` and looks at an empty folder there; returns why that did not go, or nil.
  func problem(
    with transport: SSHTransport = .own, at port: Int, _ settings: [String] = [],
    answers: Answers? = nil, timeout: Int? = nil, environment: [String: String] = [:]
  ) throws -> ConnectionProblem? {
    let error = try error(
      with: transport, at: port, settings, answers: answers, timeout: timeout,
      environment: environment)
    guard let error else { return nil }
    guard case .ended(let ending) = error else {
      Issue.record("\(error)")
      return nil
    }
    return ConnectionProblem(ending, of: transport)
  }

  func error(
    with transport: SSHTransport = .own, at port: Int, _ settings: [String] = [],
    answers: Answers? = nil, timeout: Int? = nil, environment: [String: String] = [:]
  ) throws -> RemoteError? {
    let remote = try remote(
      with: transport, at: port, settings, answers: answers, timeout: timeout,
      environment: environment)
    do throws(RemoteError) {
      _ = try remote.survey(drafting: [])
      remote.close()
      return nil
    } catch {
      return error
    }
  }

  func remote(
    with transport: SSHTransport = .own, at port: Int, _ settings: [String] = [],
    answers: Answers? = nil, timeout: Int? = nil, environment: [String: String] = [:],
    path: String? = nil
  ) throws -> SFTPRemote {
    let configuration = try folder.configure(port: port, settings)
    let host = try #require(SSHHost(host: "nas"))
    var server = transport.server(
      transport == .own ? Self.program : "/usr/bin/ssh", on: host, path: path ?? home,
      options: SSHOptions(
        configuration: configuration, isInBackground: answers == nil, connectTimeout: timeout))
    // Time enough for a busy machine, and for no more than a stuck test.
    server.patience = Patience(greeting: 40_000, answering: 40_000)
    server.environment["HOME"] = home
    server.environment.merge(environment) { $1 }
    if let answers {
      let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "on-terminal.py").path
      server.command =
        ["/usr/bin/python3", script, folder.file("transcript")]
        + answers.flatMap { [$0.0, $0.1] } + ["--"] + server.command
    }
    return SFTPRemote(server)
  }

  /// What the terminal showed.
  func transcript() throws -> String { try folder.text("transcript") }
}
