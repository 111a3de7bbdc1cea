import TasksSSH
import Testing

/// What is made of `ssh -G`.
@Suite struct ClientConfigurationTests {
  private let person = Person(name: "ann", home: "/home/ann")

  private func read(_ lines: String...) -> ClientConfiguration {
    ClientConfiguration(openSSH: lines.joined(separator: "\n"), host: "nas", person: person)
  }

  @Test func settings() {
    let read = read(
      "user bob", "hostname nas.example.org", "port 2222", "addressfamily inet6",
      "connecttimeout 7", "serveraliveinterval 0", "serveralivecountmax 5", "batchmode yes",
      "userknownhostsfile ~/.ssh/a /b none", "globalknownhostsfile none", "hashknownhosts yes",
      "stricthostkeychecking true", "identitiesonly yes", "identityagent none",
      "hostkeyalgorithms rsa-sha2-512,ssh-ed25519", "numberofpasswordprompts 1",
      "forwardx11 yes", "nonsense", "")
    var expected = ClientConfiguration(hostName: "nas.example.org")
    (expected.user, expected.port, expected.family) = ("bob", 2222, .six)
    (expected.connectTimeout, expected.aliveCount, expected.isBatch) = (7, 5, true)
    (expected.knownHosts, expected.hashesNames) = (["/home/ann/.ssh/a", "/b"], true)
    (expected.trust, expected.usesOnlyIdentities, expected.agent) = (.refuse, true, .none)
    (expected.hostKeyTypes, expected.prompts) = (["rsa-sha2-512", "ssh-ed25519"], 1)
    #expect(read == expected)
    #expect(read.knownName == "[nas.example.org]:2222")
    #expect(self.read("hostname NAS", "port 22").knownName == "nas")
    #expect(self.read("hostkeyalias Box", "port 2222").knownName == "box")
  }

  @Test(
    arguments: [
      ("ask", .ask), ("true", .refuse), ("yes", .refuse), ("false", .acceptNew),
      ("off", .acceptNew),
      ("accept-new", .acceptNew), ("whatever", .ask),
    ] as [(String, ClientConfiguration.Trust)])
  func trust(value: String, trust: ClientConfiguration.Trust) {
    #expect(read("stricthostkeychecking \(value)").trust == trust)
  }

  @Test func methods() {
    #expect(read().methods == [.publicKey, .keyboard, .password])
    #expect(read("passwordauthentication no").methods == [.publicKey, .keyboard])
    #expect(read("pubkeyauthentication false").methods == [.keyboard, .password])
    let read = read(
      "preferredauthentications hostbased,password,publickey", "gssapiauthentication yes",
      "hostbasedauthentication yes")
    #expect(read.methods == [.password, .publicKey])
    #expect(read.otherMethods == ["hostbased"])
    #expect(self.read("gssapiauthentication yes").otherMethods == ["gssapi-with-mic"])
  }

  @Test func identities() {
    let read = read(
      "hostname box", "user bob", "port 5", "identityfile ~/.ssh/id_%h_%n_%p_%r_%u_%%",
      "identityfile %d/x", "identityfile none", "identityfile /a b")
    #expect(
      read.identities == ["/home/ann/.ssh/id_box_nas_5_bob_ann_%", "/home/ann/x", "/a b"])
    #expect(read.beyondUs == [])
    for path in ["~/%C", "~bob/key", "/a/%", "/a/${HOME}"] {
      #expect(self.read("identityfile \(path)").beyondUs == ["identityfile \(path)"])
    }
    #expect(self.read("userknownhostsfile /a/%h").beyondUs == ["/a/%h"])
  }

  @Test func agents() {
    #expect(read().agent == .environment)
    #expect(read("identityagent SSH_AUTH_SOCK").agent == .environment)
    #expect(read("identityagent $OTHER").agent == .variable("OTHER"))
    #expect(read("identityagent ${OTHER}").agent == .variable("OTHER"))
    #expect(read("identityagent /run/agent").agent == .path("/run/agent"))
    #expect(read("identityagent ~/%u").agent == .path("/home/ann/ann"))
    #expect(read("identityagent /%C").beyondUs == ["identityagent /%C"])
  }

  /// Where no ssh is installed.
  @Test func defaults() throws {
    let arguments = try ClientArguments(["--user", "bob", "--port", "5", "nas"])
    let read = ClientConfiguration.withoutOpenSSH(arguments, person)
    #expect((read.user, read.port, read.hostName) == ("bob", 5, "nas"))
    #expect(read.identities == ["/home/ann/.ssh/id_ed25519", "/home/ann/.ssh/id_ecdsa"])
    #expect(read.knownHosts.first == "/home/ann/.ssh/known_hosts")
    #expect(read.trust == .ask && read.methods.count == 3)
  }
}
