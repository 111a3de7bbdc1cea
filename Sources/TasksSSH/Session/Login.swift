import CSSH2
import Glibc
import TasksFiles

/// Logs in: with keys, then, if somebody is there to be asked, with what they know.
final class Login {
  let session: SSHSession
  let configuration: ClientConfiguration
  private let candidates: Candidates
  private let agentPath: String?
  private let mayAsk: Bool
  private let channel: ChannelRequest
  private let tell: (String) -> Void
  /// How often the server said no.
  private var refusals = 0

  private static let passphraseTries = 3

  init(
    to session: SSHSession, _ configuration: ClientConfiguration, _ candidates: Candidates,
    agentPath: String?, mayAsk: Bool, then channel: ChannelRequest,
    tell: @escaping (String) -> Void
  ) {
    self.session = session
    self.configuration = configuration
    self.candidates = candidates
    self.agentPath = agentPath
    self.mayAsk = mayAsk
    self.channel = channel
    self.tell = tell
  }

  /// Returns once the server has let us in.
  func run() throws(SSHFailure) {
    if configuration.methods.contains(.publicKey) {
      for key in candidates.keys {
        tell("trying \(key.name)")
        if try attempt(key) { return }
      }
    }
    let methods = try offeredMethods()
    if libssh2_userauth_authenticated(session.handle) == 1 { return }
    if methods.contains("publickey"), let other = candidates.beyondUs.first {
      throw .unsupported(other)
    }
    for method in configuration.otherMethods where methods.contains(method) {
      throw .unsupported(method)
    }
    if mayAsk {
      for method in configuration.methods where methods.contains(method.rawValue) {
        switch method {
        case .publicKey: continue
        case .keyboard: if try logInByConversation() { return }
        case .password: if try logInWithPassword() { return }
        }
      }
    }
    throw refusal(methods)
  }

  private func refusal(_ methods: [String]) -> SSHFailure {
    // One that hung up did not see all that OpenSSH might have shown it.
    if methods.isEmpty, let other = candidates.beyondUs.first { return .unsupported(other) }
    return .loginRefused(user: configuration.user, methods: methods)
  }

  /// What the server would take; asked only when all else failed, as it costs a turn and is an attempt.
  private func offeredMethods() throws(SSHFailure) -> [String] {
    var list: UnsafeMutablePointer<CChar>?
    let user = configuration.user
    let code = try session.complete(until: Deadline(seconds: SSHSession.patience)) {
      list = libssh2_userauth_list(session.handle, user, UInt32(user.utf8.count))
      return list == nil ? libssh2_session_last_errno(session.handle) : 0
    }
    refusals += 1
    guard let list else {
      if libssh2_userauth_authenticated(session.handle) == 1 { return [] }
      throw ended(code)
    }
    return String(cString: list).split(separator: ",").map(String.init)
  }

  /// A server that has had enough of refusing hangs up.
  private func ended(_ code: Int32?) -> SSHFailure {
    guard let code, refusals > 0 else { return session.failure(code) }
    switch code {
    case LIBSSH2_ERROR_SOCKET_DISCONNECT, LIBSSH2_ERROR_SOCKET_RECV, LIBSSH2_ERROR_SOCKET_SEND,
      LIBSSH2_ERROR_AUTHENTICATION_FAILED:
      return refusal([])
    default: return session.failure(code)
    }
  }

  // MARK: Keys

  private func attempt(_ key: Candidates.Key) throws(SSHFailure) -> Bool {
    switch key.source {
    case .agent: return try attempt(key, signer: Signer(key.publicKey, agentPath: agentPath))
    case .file(let path): return try attempt(key, path: path)
    }
  }

  /// True if that was all the server wanted.
  private func attempt(_ key: Candidates.Key, signer: Signer) throws(SSHFailure) -> Bool {
    let deadline = Deadline(seconds: SSHSession.patience * 4)
    channel.begin()
    let code = try signer.logIn(
      to: session, as: configuration.user, until: deadline, then: channel)
    if let failure = signer.failure { throw failure }
    return try isDone(code, key)
  }

  private func attempt(_ key: Candidates.Key, path: String) throws(SSHFailure) -> Bool {
    let file: PrivateKeyFile
    do throws(PrivateKeyFile.Problem) {
      file = try PrivateKeyFile.read(path)
    } catch {
      tell("\(path): \(error)")
      return false
    }
    guard file.isEncrypted else {
      return try isDone(try logIn(with: file, passphrase: []), key)
    }
    guard mayAsk else {
      tell("\(path): needs a passphrase")
      return false
    }
    // Nobody is asked for the passphrase of a key that is of no use.
    let probe = Signer(key.publicKey, agentPath: nil)
    let deadline = Deadline(seconds: SSHSession.patience)
    let code = try probe.logIn(to: session, as: configuration.user, until: deadline)
    guard probe.wasAsked else { return try isDone(code, key) }
    for _ in 0..<Self.passphraseTries {
      guard let passphrase = ask("Passphrase for the key \(path): "), !passphrase.isEmpty else {
        return false
      }
      let code = try logIn(with: file, passphrase: passphrase)
      // The file is whole and the key fits the server, so only the passphrase can be wrong.
      if code == LIBSSH2_ERROR_FILE || code == LIBSSH2_ERROR_KEYFILE_AUTH_FAILED { continue }
      return try isDone(code, key)
    }
    return false
  }

  private func logIn(
    with file: PrivateKeyFile, passphrase: [UInt8]
  ) throws(SSHFailure) -> Int32? {
    let user = configuration.user
    let secret = passphrase.map(CChar.init(bitPattern:)) + [0]
    // Who just typed a passphrase would have to do it again.
    let channel = file.isEncrypted ? nil : channel
    channel?.begin()
    return try session.complete(until: Deadline(seconds: SSHSession.patience)) {
      let call = { [session] in
        file.content.withUnsafeBytes { content in
          libssh2_userauth_publickey_frommemory(
            session.handle, user, user.utf8.count, nil, 0,
            content.bindMemory(to: CChar.self).baseAddress, content.count, secret)
        }
      }
      return channel?.following(call) ?? call()
    }
  }

  /// Whether that was all the server wanted.
  private func isDone(_ code: Int32?, _ key: Candidates.Key) throws(SSHFailure) -> Bool {
    if let code, code != 0, channel.wasEarly {
      channel.isInTheWay = true
      throw ended(code)
    }
    switch code {
    case 0: return true
    // The second: it took the key and our signature and that is not enough, or the agent did not sign. libssh2 says so
    // also where the server hung up.
    case LIBSSH2_ERROR_AUTHENTICATION_FAILED,
      LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED where session.isConnected:
      refusals += 1
      return false
    case LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED: throw ended(LIBSSH2_ERROR_SOCKET_DISCONNECT)
    case LIBSSH2_ERROR_FILE: throw .unsupported("key \(key.name)")
    default: throw ended(code)
    }
  }

  // MARK: What a person knows

  private func logInByConversation() throws(SSHFailure) -> Bool {
    for _ in 0..<configuration.prompts {
      let conversation = Conversation(with: configuration.user, on: configuration.hostName)
      let code = try conversation.logIn(to: session)
      if let failure = conversation.failure { throw failure }
      if code == 0 { return true }
      guard code == LIBSSH2_ERROR_AUTHENTICATION_FAILED else { throw ended(code) }
      refusals += 1
      // It asked nothing, so it would not next time.
      guard conversation.hasAsked else { return false }
    }
    return false
  }

  private func logInWithPassword() throws(SSHFailure) -> Bool {
    let user = configuration.user
    for _ in 0..<configuration.prompts {
      guard let typed = ask("Password of \(user)@\(configuration.hostName): ") else {
        throw .cancelled
      }
      let code = try session.complete(until: Deadline(seconds: SSHSession.patience)) {
        typed.withUnsafeBytes { bytes in
          libssh2_userauth_password_ex(
            session.handle, user, UInt32(user.utf8.count),
            bytes.bindMemory(to: CChar.self).baseAddress, UInt32(bytes.count), nil)
        }
      }
      switch code {
      case 0: return true
      case LIBSSH2_ERROR_AUTHENTICATION_FAILED: refusals += 1
      case LIBSSH2_ERROR_PASSWORD_EXPIRED: throw .unsupported("the password has expired")
      default: throw ended(code)
      }
    }
    return false
  }

  private func ask(_ question: String) -> [UInt8]? {
    guard let terminal = Terminal(starter: STDIN_FILENO) else { return nil }
    return terminal.askSecretly(question.harmless)
  }
}

extension String {
  /// Without what could make a terminal do something: a server may have written it.
  var harmless: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.filter { $0.properties.generalCategory != .control }))
  }
}
