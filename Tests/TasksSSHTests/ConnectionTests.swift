import Foundation
import SSHSupport
import TasksFiles
import TasksRemote
import Testing

/// Ways in which a connection does not come about, or ends.
@Suite(.enabled(if: SSHServer.isPossible, "needs openssh-server"))
struct ConnectionTests {
  private let trial: Trial

  init() throws { trial = try Trial() }

  @Test func whereNothingListensIsTold() throws {
    let port = try Listener { close($0) }.port
    #expect(
      try trial.problem(at: port) == .unreachable(.refused, said: "Connection refused"))
    let problem = try trial.problem(at: port, ["HostName nowhere.invalid"])
    guard case .unreachable(let obstacle, _) = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
    // Without a network nobody can say that there is no such name.
    #expect(obstacle == .noSuchName || obstacle == .noResolver)
  }

  /// A server that is there and says nothing.
  @Test func silenceEnds() throws {
    let held = Listener.Held()
    let listener = try Listener { held.take($0) }
    for transport in SSHTransport.allCases {
      let start = ContinuousClock.now
      let problem = try trial.problem(with: transport, at: listener.port, timeout: 1)
      guard case .unreachable(.timedOut, _) = problem else {
        Issue.record("\(String(describing: problem))")
        continue
      }
      #expect(problem?.isTransient == false)
      let time = start.duration(to: .now)
      #expect(time > .milliseconds(900) && time < .seconds(10), "\(time)")
    }
  }

  @Test(arguments: ["", "SSH-2.0-x\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-1.5-x\r\n"])
  func aServerThatHangsUpIsLost(words: String) throws {
    let listener = try Listener { connection in
      let bytes = Array(words.utf8)
      _ = write(connection, bytes, bytes.count)
      Listener.hangUp(connection)
    }
    for transport in SSHTransport.allCases {
      let problem = try trial.problem(with: transport, at: listener.port)
      switch problem {
      case .lost: break
      // OpenSSH says so where it knows.
      case .unknown where transport == .openSSH && words.hasPrefix("SSH-1.5"): break
      default:
        Issue.record("\(transport) \(words.debugDescription): \(String(describing: problem))")
      }
    }
  }

  /// Whatever follows a greeting that looks right.
  @Test func rubbishEnds() throws {
    for seed in 1...5 {
      let listener = try Listener { connection in
        let rubbish = (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* seed &+ $0 >> 3) }
        let bytes = Array("SSH-2.0-OpenSSH_9.2\r\n".utf8) + rubbish
        _ = write(connection, bytes, bytes.count)
        Listener.hangUp(connection)
      }
      let problem = try trial.problem(at: listener.port)
      #expect(problem?.isTransient == true, "\(String(describing: problem))")
    }
  }

  @Test(arguments: [
    "Ciphers chacha20-poly1305@openssh.com,aes256-gcm@openssh.com",
    "MACs hmac-sha2-256-etm@openssh.com,umac-128-etm@openssh.com",
    "KexAlgorithms sntrup761x25519-sha512@openssh.com",
  ])
  func hardenedServersAreLeftToOpenSSH(setting: String) throws {
    let server = try trial.server([setting])
    let problem = try trial.problem(at: server.port)
    #expect(problem?.fallsBackToOpenSSH == true, "\(String(describing: problem))")
    #expect(try trial.problem(with: .openSSH, at: server.port) == nil)
    // And what our own side wants to be used.
    let plain = try trial.server()
    let own = try trial.problem(at: plain.port, [setting])
    #expect(own?.fallsBackToOpenSSH == true, "\(String(describing: own))")
  }

  @Test func aServerWithoutSFTPIsTold() throws {
    for setting in ["Subsystem sftp /nowhere/sftp-server", "Subsystem other internal-sftp"] {
      let server = try SSHServer(
        authorized: [trial.folder.publicKey("user")], subsystem: setting)
      try trial.folder.write(server.knownHostsLine(), to: "known_hosts")
      let problem = try trial.problem(at: server.port)
      guard case .noSubsystem = problem else {
        Issue.record("\(setting): \(String(describing: problem))")
        continue
      }
    }
  }

  /// As many accounts for storage are: no shell, and no folder but their own.
  @Test(.enabled(if: geteuid() == 0, "only root can shut a server in"))
  func accountsForStorageAlone() throws {
    let server = try trial.server([
      "ForceCommand internal-sftp", "ChrootDirectory /usr", "AllowTcpForwarding no",
      "PermitTTY no", "X11Forwarding no",
    ])
    for transport in SSHTransport.allCases {
      let remote = try trial.remote(with: transport, at: server.port, path: "/share/doc")
      #expect(try remote.survey(drafting: []) == Survey(settings: nil, bundles: nil))
    }
  }

  @Test func aConnectionThatIsCutIsLost() throws {
    for transport in SSHTransport.allCases {
      var server: SSHServer? = try trial.server()
      let remote = try trial.remote(with: transport, at: try #require(server?.port))
      #expect(try remote.survey(drafting: []) == Survey(settings: nil, bundles: nil))
      server = nil
      do throws(RemoteError) {
        _ = try remote.survey(drafting: [])
        Issue.record("it went on")
      } catch {
        guard case .ended(let ending) = error, ending.hadAnswered,
          case .lost = ConnectionProblem(ending, of: transport)
        else {
          Issue.record("\(transport): \(error)")
          continue
        }
      }
    }
  }

  @Test func wordsItDoesNotKnowAreRefused() throws {
    for words in [
      [], ["-x", "nas"], ["--user", "-x", "nas"], ["nas", "nas"], ["--port", "0", "nas"],
      ["--port"], ["nas", "-"], ["--connect-timeout", "x", "nas"], ["na s"],
    ] {
      let remote = SFTPRemote(.init(command: [Trial.program] + words, path: ""))
      do throws(RemoteError) {
        _ = try remote.survey(drafting: [])
      } catch {
        guard case .ended(let ending) = error, ending.ending == .exited(2),
          case .misconfigured = ConnectionProblem(ending, of: .own)
        else {
          Issue.record("\(words): \(error)")
          continue
        }
      }
    }
    #expect(try Tool.run([Trial.program, "--help"]).hasPrefix("Usage: tasks-ssh "))
    // A mistake in the configuration is told with its line.
    let problem = try trial.problem(at: 1, ["Nonsense yes"])
    guard case .misconfigured(let said) = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
    #expect(said.contains("line 2: Bad configuration option: nonsense"))
  }

  /// Without an ssh to ask, what the words say holds, and who one is.
  @Test func itNeedsNoOpenSSH() throws {
    let server = try trial.server()
    let path = ["PATH": "/nowhere"]
    let host = try #require(SSHHost(host: "127.0.0.1", port: server.port))
    let command = SSHTransport.own.server(
      Trial.program, on: host, path: "", options: SSHOptions(isInBackground: true))
    let remote = SFTPRemote(
      .init(command: command.command, environment: path, path: ""))
    do throws(RemoteError) {
      _ = try remote.survey(drafting: [])
    } catch {
      guard case .ended(let ending) = error else { throw error }
      // Nobody's list has this host; keys of whoever runs the tests may be there or not.
      switch ConnectionProblem(ending, of: .own) {
      case .unknownHost, .unsupported: break
      case let problem: Issue.record("\(problem)")
      }
    }
  }

  // MARK: At work

  /// Waiting costs nothing, and whoever leaves is not held up.
  @Test func itSleepsWhileNothingHappens() throws {
    let server = try trial.server()
    let remote = try trial.remote(at: server.port)
    _ = try remote.survey(drafting: [])
    let child = try #require(try children(of: Trial.program).last)
    let before = try processorTime(child)
    usleep(700_000)
    #expect(try processorTime(child) - before <= 1)
    let start = ContinuousClock.now
    remote.close()
    #expect(start.duration(to: .now) < .seconds(3))
  }

  /// Processes of ours that run a program.
  private func children(of program: String) throws -> [Int] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int($0) }.filter {
      guard let words = try? String(contentsOfFile: "/proc/\($0)/cmdline", encoding: .utf8),
        words.hasPrefix(program + "\0"),
        let environment = try? String(contentsOfFile: "/proc/\($0)/environ", encoding: .utf8)
      else { return false }
      return environment.contains(trial.folder.path)
    }
  }

  /// In hundredths of a second.
  private func processorTime(_ process: Int) throws -> Int {
    let text = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
    return (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0)
  }

  /// Both ways at once, more than any window holds.
  @Test func muchIsCarriedWhole() throws {
    let server = try trial.server()
    let remote = try trial.remote(at: server.port)
    _ = try remote.create(settings: [1], folders: [.bundles])
    let uploads = try (0..<12).map { number in
      Upload(try #require(RemoteName("bundle-\(number).tasks"))) {
        (0..<1_500_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ number &+ $0 >> 9) }
      }
    }
    try remote.publish(uploads, in: .bundles) { _, _ in }
    var matching = 0
    try remote.fetch(uploads.map { RemoteEntry($0.name) }, from: .bundles) { name, fetched in
      if case .content(let content) = fetched,
        uploads.first(where: { $0.name == name })?.content() == content
      {
        matching += 1
      }
      return true
    }
    #expect(matching == 12)
  }
}
