import Foundation
import SSHSupport
import TasksRemote
import Testing

/// How people prove who they are.
@Suite(.enabled(if: SSHServer.isPossible, "needs openssh-server"))
struct LoginTests {
  private let trial: Trial

  init() throws { trial = try Trial() }

  @Test(arguments: [
    ("ed25519", ""), ("ecdsa", ""), ("ed25519", "secret"), ("ecdsa", "secret"),
  ])
  func keyFiles(type: String, passphrase: String) throws {
    let key = try trial.folder.makeKey("mine", type: type, passphrase: passphrase)
    let server = try SSHServer(authorized: [key])
    try trial.folder.write(server.knownHostsLine(), to: "known_hosts")
    let settings = ["IdentityFile \(trial.folder.file("mine"))"]
    let answers = [("Passphrase for the key", "wrong\\n"), ("Passphrase", "secret\\n")]
    #expect(
      try trial.problem(at: server.port, settings, answers: passphrase.isEmpty ? [] : answers)
        == nil)
    if passphrase.isEmpty { return }
    #expect(try !trial.transcript().contains("secret"))
    #expect(try trial.transcript().hasSuffix("[echo]"))
    // Nobody to be asked.
    let problem = try trial.problem(at: server.port, settings)
    guard case .loginRefused(_, ["publickey"]) = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
  }

  /// In the form that was usual before OpenSSH had its own, which does not say the public half.
  @Test func pemFiles() throws {
    let key = try trial.folder.makeKey("mine", type: "ecdsa", form: ["-m", "PEM"])
    let server = try SSHServer(authorized: [key])
    try trial.folder.write(server.knownHostsLine(), to: "known_hosts")
    let settings = ["IdentityFile \(trial.folder.file("mine"))"]
    #expect(try trial.problem(at: server.port, settings) == nil)
    try FileManager.default.removeItem(atPath: trial.folder.file("mine.pub"))
    try FileManager.default.removeItem(atPath: trial.folder.file("user"))
    try FileManager.default.removeItem(atPath: trial.folder.file("user.pub"))
    #expect(try trial.problem(at: server.port, settings)?.fallsBackToOpenSSH == true)
  }

  @Test func aFileThatIsNoKeyOrIsOpenToOthersIsPassedOver() throws {
    let server = try trial.server()
    try trial.folder.write("no key\n", to: "rubbish")
    try trial.folder.makeKey("open")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: trial.folder.file("open"))
    let settings = ["rubbish", "open", "nowhere"].map { "IdentityFile \(trial.folder.file($0))" }
    #expect(try trial.problem(at: server.port, settings) == nil)
  }

  /// A passphrase is asked for only once the server said that it would take the key.
  @Test func nobodyIsAskedForAPassphraseThatIsOfNoUse() throws {
    try trial.folder.makeKey("locked", passphrase: "secret")
    let server = try trial.server()
    let settings = ["IdentityFile \(trial.folder.file("locked"))"]
    #expect(try trial.problem(at: server.port, settings, answers: []) == nil)
    #expect(try trial.transcript() == "\n[echo]")
  }

  /// Ctrl-C at a question ends us and leaves a terminal that shows what is typed.
  @Test func aQuestionCanBeLeft() throws {
    let key = try trial.folder.makeKey("mine", passphrase: "secret")
    let server = try SSHServer(authorized: [key])
    try trial.folder.write(server.knownHostsLine(), to: "known_hosts")
    let problem = try trial.problem(
      at: server.port, ["IdentityFile \(trial.folder.file("mine"))"],
      answers: [("Passphrase", "sec\\x03")])
    let transcript = try trial.transcript()
    // The terminal's program tells the signal as a shell does.
    #expect(
      problem == .cancelled || problem == .bug("exit 130: "),
      "\(String(describing: problem)): \(transcript)")
    #expect(transcript.hasSuffix("[echo]"))
  }

  @Test func agents() throws {
    let keys = (1...7).map { "key\($0)" }
    for key in keys { try trial.folder.makeKey(key, type: key == "key7" ? "ecdsa" : "ed25519") }
    let server = try SSHServer(authorized: [trial.folder.publicKey("key7")])
    try trial.folder.write(server.knownHostsLine(), to: "known_hosts")
    let agent = try SSHAgent(in: trial.folder, keys: keys.map(trial.folder.file))
    // Nothing of theirs is in a file.
    for key in keys { try FileManager.default.removeItem(atPath: trial.folder.file(key)) }
    let settings = ["IdentityAgent \(agent.socket)"]
    func named(_ key: String) -> [String] {
      settings + ["IdentityFile \(trial.folder.file(key))"]
    }

    // The one that is named comes first, so that the others do not use up what the server allows.
    for transport in SSHTransport.allCases {
      #expect(
        try trial.problem(with: transport, at: server.port, named("key7") + ["IdentitiesOnly no"])
          == nil)
    }
    #expect(try trial.problem(at: server.port, named("key7")) == nil)
    let variable = [
      "IdentityAgent SSH_AUTH_SOCK", "IdentityFile \(trial.folder.file("key7"))",
    ]
    #expect(
      try trial.problem(at: server.port, variable, environment: ["SSH_AUTH_SOCK": agent.socket])
        == nil)
    // Seven that are tried are too many, and that is no lost connection.
    for transport in SSHTransport.allCases {
      let problem = try trial.problem(
        with: transport, at: server.port, settings + ["IdentitiesOnly no"])
      guard case .loginRefused = problem else {
        Issue.record("\(transport): \(String(describing: problem))")
        continue
      }
    }
    // Those that are not named are not tried.
    let problem = try trial.problem(at: server.port, named("key1"))
    guard case .loginRefused(let user, ["publickey"]) = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
    #expect(user == ProcessInfo.processInfo.userName)
    #expect(problem?.fallsBackToOpenSSH == false && problem?.isTransient == false)
  }

  @Test func anAgentThatIsNotThereIsNone() throws {
    let server = try trial.server()
    let settings = ["IdentityAgent \(trial.folder.file("nowhere"))"]
    #expect(try trial.problem(at: server.port, settings) == nil)
  }

  @Test func keysThatOnlyOpenSSHCanUseAreLeftToIt() throws {
    let key = try trial.folder.makeKey("mine", type: "rsa")
    let server = try SSHServer(authorized: [key])
    try trial.folder.write(server.knownHostsLine(), to: "known_hosts")
    // After our own keys.
    let settings = ["IdentityFile \(trial.folder.file("mine"))"]
    #expect(try trial.problem(at: server.port, settings) == .unsupported("key of type ssh-rsa"))
    #expect(server.connections == 1)
    #expect(try trial.problem(with: .openSSH, at: server.port, settings) == nil)
    // At once where there is no other.
    try FileManager.default.removeItem(atPath: trial.folder.file("user"))
    try FileManager.default.removeItem(atPath: trial.folder.file("user.pub"))
    let connections = server.connections
    #expect(try trial.problem(at: server.port, settings) == .unsupported("key of type ssh-rsa"))
    #expect(server.connections == connections)
  }

  @Test(arguments: [
    "ProxyJump other", "ProxyCommand nc %h %p", "KnownHostsCommand /bin/true",
    "BindAddress 127.0.0.1", "PKCS11Provider /usr/lib/x.so", "CertificateFile /nowhere",
    "VerifyHostKeyDNS yes", "IdentityFile ~/.ssh/%C",
  ])
  func settingsThatOnlyOpenSSHCanFollow(setting: String) throws {
    let problem = try trial.problem(at: 1, [setting])
    #expect(problem?.fallsBackToOpenSSH == true, "\(String(describing: problem))")
  }

  @Test func whoIsRefusedIsTold() throws {
    let server = try trial.server()
    for transport in SSHTransport.allCases {
      let problem = try trial.problem(
        with: transport, at: server.port, ["User nobody-of-that-name"])
      #expect(
        problem == .loginRefused(user: "nobody-of-that-name", methods: ["publickey"]))
      #expect(problem?.fallsBackToOpenSSH == false)
    }
    // A key alone is not always enough.
    let strict = try trial.server(["AuthenticationMethods publickey,publickey"])
    #expect(
      try trial.problem(at: strict.port)
        == .loginRefused(user: ProcessInfo.processInfo.userName, methods: ["publickey"]))
  }

  /// The channel is asked for together with the key, and what that makes of it is forgotten where a key is not enough.
  @Test(arguments: [("publickey", ["user"], 1), ("publickey,publickey", ["user", "other"], 2)])
  func aServerThatWantsMoreThanAKeyIsAskedOnceMore(
    methods: String, keys: [String], connections: Int
  ) throws {
    try trial.folder.makeKey("other")
    let server = try SSHServer(
      authorized: keys.map(trial.folder.publicKey), ["AuthenticationMethods \(methods)"])
    try trial.folder.write(server.knownHostsLine(), to: "known_hosts")
    let settings = keys.map { "IdentityFile \(trial.folder.file($0))" }
    #expect(try trial.problem(at: server.port, settings) == nil)
    #expect(server.connections == connections)
    let agent = try SSHAgent(in: trial.folder, keys: keys.map(trial.folder.file))
    #expect(
      try trial.problem(at: server.port, settings + ["IdentityAgent \(agent.socket)"]) == nil)
    #expect(server.connections == 2 * connections)
  }

  /// The way in that many servers for files have.
  @Test(.enabled(if: geteuid() == 0, "needs root"))
  func aServerThatLocksPeopleIn() throws {
    let server = try trial.server(["ChrootDirectory /usr", "ForceCommand internal-sftp"])
    #expect(try trial.problem(at: server.port) == nil)
    #expect(server.connections == 1)
  }
}
