import Foundation
import SSHSupport
import TasksSSH
import TestSupport
import Testing

/// Lists of known hosts are read as OpenSSH reads them.
@Suite struct KnownHostsTests {
  private let folder: SSHFolder
  private let keys: [String]

  init() throws {
    let folder = try SSHFolder()
    keys = try ["ed25519", "ecdsa"].map { try folder.makeKey($0, type: $0) }
    self.folder = folder
  }

  /// `ssh-keygen -F` says which lines are about a host; `-l` lets it read the keys, too.
  private func linesByOpenSSH(_ host: String) throws -> [Int] {
    let text = try Tool.run(
      ["/usr/bin/ssh-keygen", "-l", "-F", host, "-f", folder.file("known")], mayFail: true)
    // A comment may end in a carriage return, which makes one character of Swift's with the line's end.
    return text.utf8.split(separator: UInt8(ascii: "\n")).compactMap { bytes in
      let line = String(Substring(bytes))
      guard line.hasPrefix("# Host "), let found = line.range(of: " found: line ") else {
        return nil
      }
      return Int(line[found.upperBound...].prefix { $0.isNumber })
    }
  }

  private func lines(_ host: String) -> [Int] {
    KnownHosts(of: host, in: [folder.file("known")]).places.map(\.line)
  }

  private func compare(_ lines: [String], _ hosts: [String], _ seed: UInt64? = nil) throws {
    try folder.write(lines.joined(separator: "\n"), to: "known")
    for host in hosts {
      let expected = try linesByOpenSSH(host)
      let found = self.lines(host)
      #expect(found == expected, "\(host), seed \(seed ?? 0): \(lines)")
    }
  }

  @Test func everyKindOfLine() throws {
    let key = keys[0]
    let hidden = HostPattern.hidden("nas", salt: [UInt8](repeating: 7, count: 20))
    try compare(
      [
        "nas \(key)", "# nas \(key)", "", "   ", "\tnas\t\(key)\t a comment", "nas",
        "nas ", "nas ssh-ed25519", "nas ssh-ed25519 AAAA", "nas \(key)\r", "nas \(key) x\r",
        "NAS \(key)", "n?s \(key)", "*,!nas \(key)", "!nas,* \(key)", "!nas \(key)", "n*s,x \(key)",
        "nas,nas \(key)", "x,,nas \(key)", "@revoked nas \(key)", "@cert-authority * \(key)",
        "@revoked @revoked nas \(key)", "@what nas \(key)", "@revoked", "\(hidden) \(key)",
        "\(hidden),nas \(key)", "|1|AAAA|AAAA \(key)", "|2|x|y \(key)", "| \(key)",
        "\u{0}nas \(key)",
        "nas \(key.replacing("ssh-ed25519", with: "ssh-rsa"))", "nas 1024 35 1234567 x",
        String(repeating: "x", count: 100_000) + " \(key)",
        String(repeating: "y", count: 1100) + ",nas \(key)", "[nas]:2222 \(key)",
        "nas \(key.dropLast(4))", "nas  \(key)", "nas # \(key)", "nas \(key)",
      ], ["nas", "x", "[nas]:2222", "naas"])
  }

  @Test func aFileMayEndAnyhow() throws {
    try compare(["nas \(keys[0])", "x"], ["nas"])
    try compare(["nas \(keys[0])"], ["nas"])
    try compare([], ["nas"])
    #expect(KnownHosts(of: "nas", in: [folder.file("nowhere"), "/dev/null"]).places == [])
  }

  /// Lines put together of pieces that mean something, as ssh-keygen reads them.
  @Test func randomLines() throws {
    let hosts = ["nas", "a.b", "[nas]:22", "10.0.0.1"]
    for seed in UInt64(1)...40 {
      var random = SeededGenerator(seed: seed)
      let pieces = ["nas", "a.b", "*", "?", "!", ",", "a", "[", "]", ":22", ".", "10.0.0.1", "N"]
      var lines: [String] = []
      for _ in 0..<25 {
        var names = ""
        for _ in 0..<Int.random(in: 1...6, using: &random) {
          names += pieces.randomElement(using: &random) ?? ""
        }
        if Int.random(in: 0..<6, using: &random) == 0 {
          let salt = (0..<20).map { _ in UInt8.random(in: 0...255, using: &random) }
          names = HostPattern.hidden(hosts.randomElement(using: &random) ?? "", salt: salt)
        }
        let marker =
          Int.random(in: 0..<6, using: &random) == 0
          ? ["@revoked ", "@cert-authority  ", "@x "].randomElement(using: &random) ?? "" : ""
        let blank = [" ", "\t", "  "].randomElement(using: &random) ?? ""
        lines.append(marker + names + blank + (keys.randomElement(using: &random) ?? ""))
      }
      try compare(lines, hosts, seed)
    }
  }

  /// OpenSSH reads on to the next blank, if there is one, and passes over a key that was revoked.
  @Test func aTabAfterARevocationDoesNotEndIt() throws {
    try folder.write("@revoked\tnas \(keys[0])\nnas \(keys[0])\n", to: "known")
    #expect(lines("nas") == [1, 2])
    #expect(try linesByOpenSSH("nas") == [2])
  }

  @Test func verdicts() throws {
    let other = try folder.makeKey("other")
    func verdict(_ lines: [String], of name: String = "ed25519") throws -> KnownHosts.Verdict {
      try folder.write(lines.joined(separator: "\n"), to: "known")
      let text = try folder.publicKey(name).split(separator: " ")[1]
      let key = try #require(Base64.decode(Array(text.utf8)))
      return KnownHosts(of: "nas", in: [folder.file("known")]).verdict(on: key)
    }
    func place(_ line: Int) -> KnownHosts.Place {
      KnownHosts.Place(file: folder.file("known"), line: line)
    }
    #expect(try verdict([]) == .unknown)
    #expect(try verdict(["x \(keys[0])"]) == .unknown)
    #expect(try verdict(["x", "nas \(keys[0])"]) == .known(place(2)))
    #expect(try verdict(["nas \(other)"]) == .changed(place(1)))
    #expect(try verdict(["nas \(other)", "nas \(keys[0])"]) == .known(place(2)))
    #expect(try verdict(["nas \(keys[1])"]) == .otherType(place(1)))
    #expect(try verdict(["nas \(keys[1])", "nas \(other)"]) == .changed(place(2)))
    #expect(try verdict(["nas \(keys[0])", "@revoked * \(keys[0])"]) == .revoked(place(2)))
    #expect(try verdict(["nas \(keys[0])", "@revoked * \(other)"]) == .known(place(1)))
    #expect(try verdict(["@revoked * \(other)"]) == .unknown)
    // Nobody's key but those whom this one vouches for.
    #expect(try verdict(["@cert-authority nas \(keys[0])"]) == .unknown)
  }

  @Test(arguments: [false, true])
  func whatIsAddedIsFound(hidden: Bool) throws {
    let text = keys[0].split(separator: " ")[1]
    let key = try #require(Base64.decode(Array(text.utf8)))
    let file = folder.file("new/known")
    try KnownHosts.add(key, of: "[nas]:2222", to: file, hidingName: hidden)
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try folder.text("new/known").contains("nas") == !hidden)
    // A file whose last line has no end.
    try folder.write("x y z", to: "new/known")
    try KnownHosts.add(key, of: "[nas]:2222", to: file, hidingName: hidden)
    let verdict = KnownHosts(of: "[nas]:2222", in: [file]).verdict(on: key)
    #expect(verdict == .known(KnownHosts.Place(file: file, line: 2)))
    let found = try Tool.run(["/usr/bin/ssh-keygen", "-F", "[nas]:2222", "-f", file])
    #expect(found.contains("found: line 2"))
  }
}
