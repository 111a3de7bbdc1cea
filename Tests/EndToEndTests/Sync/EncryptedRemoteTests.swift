import Foundation
import Testing

/// A remote that somebody else keeps.
@Suite struct EncryptedRemoteTests {
  private let meeting: Meeting
  private let key: String

  init() throws {
    meeting = try Meeting()
    key = try meeting.desk.file("key", (0..<4).map { _ in UUID().uuidString }.joined())
    try meeting.laptop.run("add", "Geheimnis", "+heimlich", "-p", "verborgen").succeeded()
    try meeting.laptop.run("note", "1", "Unsichtbares").succeeded()
    try meeting.laptop.run("remote", "add", meeting.folder, "--encrypt", "--key-file", key)
      .succeeded()
    try meeting.laptop.run("sync").succeeded()
  }

  private func clone(_ machine: Machine, _ words: String...) throws -> Outcome {
    try machine.run(["clone", meeting.folder] + words)
  }

  @Test func nothingThereCanBeRead() throws {
    try meeting.desk.run("add", "Zweites").succeeded()
    try meeting.desk.run("remote", "add", meeting.folder).succeeded()
    try meeting.desk.run("sync", "--key-file", key).succeeded()
    let devices = try [meeting.laptop, meeting.desk].map { machine in
      let device = try #require(try machine.object("status")["device"] as? [String: String])
      return try #require(device["id"])
    }
    let changes = try TwoDesks.changes(of: meeting.laptop) + TwoDesks.changes(of: meeting.desk)
    #expect(changes.count >= 2)
    let secrets =
      ["Geheimnis", "heimlich", "verborgen", "Unsichtbares", "Zweites", "laptop", "desk"]
      + devices + changes.map { String($0.prefix(12)) }
    let everything = try meeting.everything()
    #expect(everything.keys.count { $0.hasSuffix(".tasks") } == 2)
    for (name, content) in everything {
      for secret in secrets {
        #expect(!name.contains(secret))
        for bytes in [Data(secret.utf8), Data(secret.utf8.reversed())] {
          #expect(content.range(of: bytes) == nil, "\(secret) in \(name)")
        }
      }
    }
  }

  @Test func cloneFindsOutItselfAndLeavesNothingWithoutTheKey() throws {
    let third = try Machine()
    try clone(third).failed(
      13, "the remote is encrypted, and there was no passphrase",
      hint: "give it with --passphrase-file or TASKS_PASSPHRASE, or run this on a terminal")
    let other = try third.file("other", String(repeating: "x", count: 40))
    try clone(third, "--key-file", other).failed(
      13, "that is not the passphrase or key file of the remote", hint: "nothing was changed")
    #expect(!Machine.isThere(third.store))
    try clone(third, "--key-file", key).succeeded()
    #expect(try third.titles() == ["Geheimnis"])
    // From now on the store knows it.
    try third.run("done", "1").succeeded()
    try third.run("sync").succeeded()
    #expect(try third.object("remote", "show")["encrypted"] as? Bool == true)
    try meeting.laptop.run("sync").succeeded()
    #expect(try meeting.laptop.task("1").completed)
  }

  @Test func anotherKeyOpensItToo() throws {
    let second = try meeting.laptop.file("second", String(repeating: "y", count: 40))
    try meeting.laptop.run("remote", "add-key", "--key-file", second).succeeded()
    for file in [key, second] { try clone(try Machine(), "--key-file", file).succeeded() }
  }

  @Test func aRemoteThatCallsItselfPlainIsRefused() throws {
    try clone(meeting.desk, "--key-file", key).succeeded()
    let plain = #"{"format":"tasks-remote","version":1}"#
    try Data(plain.utf8).write(to: URL(fileURLWithPath: "\(meeting.folder)/tasks-remote.json"))
    try meeting.desk.run("add", "still secret").succeeded()
    try meeting.desk.run("sync").failed(13)
    try clone(try Machine(), "--key-file", key).failed(13)
  }

  @Test func aRefillKeepsItEncrypted() throws {
    let before = try meeting.everything()["tasks-remote.json"]
    try meeting.laptop.shell("rm -rf $1", meeting.folder).succeeded()
    try meeting.laptop.run("sync").failed(12)
    try meeting.laptop.run("sync", "--refill").succeeded()
    let after = try meeting.everything()
    #expect(after["tasks-remote.json"] == before)
    #expect(after.values.allSatisfy { $0.range(of: Data("Geheimnis".utf8)) == nil })
    try clone(try Machine(), "--key-file", key).succeeded()
  }

  @Test func whatIsThereAlreadyIsNotEncryptedAnew() throws {
    let other = try Machine()
    try other.run("remote", "add", meeting.folder, "--encrypt", "--key-file", key).succeeded()
    try other.run("sync").failed(
      13, "there is a remote at \(meeting.folder) already, which has another key or none")
  }

  @Test(arguments: [
    (["--encrypt"], 13, "there is nobody to ask for a passphrase"),
    (["--encrypt", "--key-file", "short"], 2, "the key file has 6 bytes; it needs 32 to 1048576"),
    (
      ["--encrypt", "--passphrase-file", "empty"], 2,
      "the passphrase has 0 bytes; it needs 1 to 4096"
    ),
    (
      ["--encrypt", "--passphrase-command", "exit 3"], 13,
      "the command of --passphrase-command failed"
    ),
    (
      ["--key-file", "short"], 2,
      "a passphrase is for remote add --encrypt and for remote add-key"
    ),
    (
      ["--encrypt", "--key-file", "short", "--passphrase-file", "empty"], 2,
      "--passphrase-file, --passphrase-command and --key-file exclude each other"
    ),
  ])
  func aKeyThatIsNoneIsRefused(words: [String], status: Int32, message: String) throws {
    let machine = try Machine()
    try machine.file("short", "short\n")
    try machine.file("empty", "\nsecond line\n")
    try machine.run(["remote", "add", "/tmp/x"] + words).failed(status, message)
    #expect(try machine.run("remote").output == "")
  }
}
