import Foundation
import SSHSupport
import TasksRemote
import Testing

/// Which servers are trusted, by our client and by OpenSSH's.
@Suite(.enabled(if: SSHServer.isPossible, "needs openssh-server"))
struct HostKeyTests {
  private let trial: Trial

  init() throws { trial = try Trial() }

  private func fingerprint(_ server: SSHServer, _ type: String = "ed25519") throws -> String {
    try trial.folder.write((server.hostKeys[type] ?? "") + "\n", to: "shown.pub")
    let text = try Tool.run(["/usr/bin/ssh-keygen", "-l", "-f", trial.folder.file("shown.pub")])
    return String(text.split(separator: " ")[1])
  }

  @Test func aKnownHostIsTrusted() throws {
    let server = try trial.server()
    for transport in SSHTransport.allCases {
      #expect(try trial.problem(with: transport, at: server.port) == nil)
    }
  }

  @Test func anUnknownHostIsRefusedInTheBackground() throws {
    let server = try trial.server(isKnown: false)
    let problem = try trial.problem(at: server.port)
    #expect(
      problem
        == .unknownHost(
          .init(
            host: "[127.0.0.1]:\(server.port)", type: "ED25519",
            fingerprint: try fingerprint(server))))
    #expect(problem?.fallsBackToOpenSSH == false && problem?.isTransient == false)
    #expect(try trial.problem(with: .openSSH, at: server.port) == .unknownHost(.init()))
    #expect(
      try trial.problem(with: .openSSH, at: server.port, ["StrictHostKeyChecking yes"])
        == .unknownHost(.init(host: "[127.0.0.1]:\(server.port)", type: "ED25519")))
    #expect(!FileManager.default.fileExists(atPath: trial.folder.file("known_hosts")))
  }

  @Test func aPersonIsAskedAboutAnUnknownHost() throws {
    let server = try trial.server(isKnown: false)
    let shown = try fingerprint(server)
    for no in ["\\n", "n\\n", "what\\n"] {
      let problem = try trial.problem(at: server.port, answers: [("[y/N]", no)])
      guard case .unknownHost(let key) = problem else {
        Issue.record("\(String(describing: problem))")
        continue
      }
      #expect(key.fingerprint == shown)
    }
    #expect(
      try trial.transcript().hasPrefix(
        """
        The host 'nas' ([127.0.0.1]:\(server.port)) is not known. Its ED25519 key is \(shown)\r
        Trust it from now on? [y/N] 
        """))
    #expect(try trial.problem(at: server.port, answers: [("[y/N]", "y\\n")]) == nil)
    #expect(try trial.folder.text("known_hosts") == server.knownHostsLine())
    // From now on.
    for transport in SSHTransport.allCases {
      #expect(try trial.problem(with: transport, at: server.port) == nil)
    }
  }

  @Test func theFolderOfTheListIsMadeAndNamesAreHidden() throws {
    let server = try trial.server(isKnown: false)
    let settings = [
      "UserKnownHostsFile \(trial.folder.file("new/list")) \(trial.folder.file("second"))",
      "HashKnownHosts yes", "StrictHostKeyChecking accept-new",
    ]
    #expect(try trial.problem(at: server.port, settings) == nil)
    let attributes = try FileManager.default.attributesOfItem(atPath: trial.folder.file("new"))
    #expect(attributes[.posixPermissions] as? Int == 0o700)
    #expect(try trial.folder.text("new/list").hasPrefix("|1|"))
    for transport in SSHTransport.allCases {
      #expect(
        try trial.problem(
          with: transport, at: server.port, settings.dropLast() + ["StrictHostKeyChecking yes"])
          == nil)
    }
  }

  @Test func whoTrustsEverybodyIsProtectedFromChangesAllTheSame() throws {
    let server = try trial.server(isKnown: false)
    #expect(try trial.problem(at: server.port, ["StrictHostKeyChecking no"]) == nil)
    let other = try trial.folder.makeKey("other")
    try trial.folder.write("\n[127.0.0.1]:\(server.port) \(other)\n", to: "known_hosts")
    let problem = try trial.problem(at: server.port, ["StrictHostKeyChecking no"])
    #expect(
      problem
        == .hostKeyRefused(
          .changed,
          .init(
            host: "[127.0.0.1]:\(server.port)", type: "ED25519",
            fingerprint: try fingerprint(server), file: trial.folder.file("known_hosts"), line: 2)))
    #expect(problem?.fallsBackToOpenSSH == false && problem?.isTransient == false)
    #expect(try trial.problem(with: .openSSH, at: server.port) == problem)
  }

  /// As ssh does, though it calls that a change.
  @Test func aHostThatIsKnownByAnotherTypeIsRefused() throws {
    let server = try trial.server(isKnown: false)
    let other = try trial.folder.makeKey("other", type: "ecdsa")
    try trial.folder.write("[127.0.0.1]:\(server.port) \(other)\n", to: "known_hosts")
    let problem = try trial.problem(at: server.port)
    guard case .hostKeyRefused(.otherType, let key) = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
    #expect(key.type == "ED25519" && key.line == 1)
    #expect(try trial.problem(with: .openSSH, at: server.port) == problem)
  }

  /// A server with several keys is asked for one that is known.
  @Test func theTypeThatIsKnownIsAskedFor() throws {
    let server = try trial.server(keys: ["ecdsa", "ed25519"], isKnown: false)
    for type in ["ed25519", "ecdsa"] {
      try trial.folder.write(server.knownHostsLine(type), to: "known_hosts")
      #expect(try trial.problem(at: server.port) == nil)
    }
  }

  @Test func revokedKeysAreRefused() throws {
    let server = try trial.server()
    try trial.folder.write(
      server.knownHostsLine() + "@revoked * \(server.hostKeys["ed25519"] ?? "")\n",
      to: "known_hosts")
    let problem = try trial.problem(at: server.port)
    guard case .hostKeyRefused(.revoked, let key) = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
    #expect(key.line == 2)
    let known = try trial.problem(with: .openSSH, at: server.port)
    guard case .hostKeyRefused(.revoked, _) = known else {
      Issue.record("\(String(describing: known))")
      return
    }

    try trial.folder.write(server.knownHostsLine(), to: "known_hosts")
    try trial.folder.write("# gone\n\(server.hostKeys["ed25519"] ?? "")\n", to: "revoked")
    let settings = ["RevokedHostKeys \(trial.folder.file("revoked"))"]
    for transport in SSHTransport.allCases {
      let problem = try trial.problem(with: transport, at: server.port, settings)
      guard case .hostKeyRefused(.revoked, let key) = problem else {
        Issue.record("\(String(describing: problem))")
        return
      }
      #expect(key.file == trial.folder.file("revoked"))
    }
    #expect(
      try trial.problem(at: server.port, ["RevokedHostKeys \(trial.folder.file("nowhere"))"])
        == .misconfigured("\(trial.folder.file("nowhere")): No such file or directory"))
  }

  @Test func aKeyIsGoodAtEveryPortAndUnderTheNameItIsGiven() throws {
    let server = try trial.server(isKnown: false)
    let key = server.hostKeys["ed25519"] ?? ""
    try trial.folder.write("127.0.0.1 \(key)\n", to: "known_hosts")
    #expect(try trial.problem(at: server.port) == nil)
    // Another one without the port is no reason to refuse, and none to trust.
    try trial.folder.write("127.0.0.1 \(try trial.folder.makeKey("other"))\n", to: "known_hosts")
    let problem = try trial.problem(at: server.port)
    guard case .unknownHost = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
    try trial.folder.write("box \(key)\n", to: "known_hosts")
    for transport in SSHTransport.allCases {
      #expect(try trial.problem(with: transport, at: server.port, ["HostKeyAlias Box"]) == nil)
    }
  }

  @Test func whatOnlyOpenSSHCanCheckIsLeftToIt() throws {
    let server = try trial.server(keys: ["rsa"], isKnown: false)
    // Nothing known, and nothing that both sides can do.
    var problem = try trial.problem(at: server.port)
    #expect(problem?.fallsBackToOpenSSH == true, "\(String(describing: problem))")
    let connections = server.connections
    try trial.folder.write(server.knownHostsLine("rsa"), to: "known_hosts")
    problem = try trial.problem(at: server.port)
    #expect(problem == .unsupported("host key of type ssh-rsa"))
    try trial.folder.write(
      "@cert-authority * \(try trial.folder.publicKey("user"))\n"
        + server.knownHostsLine("rsa"), to: "known_hosts")
    #expect(try trial.problem(at: server.port) == .unsupported("@cert-authority"))
    // All of this without asking the server.
    #expect(server.connections == connections)
    #expect(try trial.problem(with: .openSSH, at: server.port) == nil)
  }
}
