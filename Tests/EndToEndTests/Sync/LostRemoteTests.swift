import Foundation
import Testing

/// Remotes that are gone, are another, or cannot be used: nothing is lost, and it is said what to do.
@Suite struct LostRemoteTests {
  private let meeting: Meeting

  init() throws {
    meeting = try Meeting()
    try meeting.begin()
    try meeting.laptop.run("add", "waits").succeeded()
  }

  private func shell(_ script: String) throws {
    try meeting.laptop.shell(script, meeting.folder).succeeded()
  }

  @Test(arguments: ["mv $1 $1-away", "rm -rf $1/*", "rm $1/tasks-remote.json $1/bundles/*"])
  func aRemoteThatWasEmptiedIsNotFilledByItself(script: String) throws {
    try shell(script)
    for verb in ["sync", "push", "pull"] {
      try meeting.laptop.run(verb).failed(
        12, "origin is empty now, and was not before: nothing was sent or received",
        hint: "is the right disk mounted? If it was emptied, fill it again: tasks push --refill")
    }
    #expect(!Machine.isThere("\(meeting.folder)/tasks-remote.json"))
    let refilled = try meeting.desk.run("push", "--refill").succeeded()
    #expect(refilled.errors == "origin no longer lists laptop 1: sent again.\n")
    try meeting.laptop.run("sync").succeeded()
    try meeting.desk.run("sync").succeeded()
    #expect(try meeting.desk.titles() == ["Buy milk", "waits"])
  }

  @Test func aStickThatComesBackIsUsedAsIfNothingHadHappened() throws {
    try shell("mv $1 $1-away")
    try meeting.laptop.run("sync").failed(12)
    try shell("mv $1-away $1")
    try meeting.laptop.run("sync").succeeded()
    #expect(try meeting.laptop.run("status").output.contains("everything is sent"))
    #expect(try !meeting.laptop.run("remote", "show").output.contains("Failed"))
  }

  @Test func aDiskThatIsNotMountedIsNamed() throws {
    try meeting.laptop.run("remote", "set-url", "origin", "\(meeting.mount)/no/tasks")
    try meeting.laptop.run("sync").failed(
      12, "origin is not there: there is no folder \(meeting.mount)/no",
      hint: "is the disk mounted? If it should be made: mkdir -p '\(meeting.mount)/no'")
  }

  @Test(arguments: ["echo garbage", ":"])
  func aDamagedDescriptionStopsEverybody(script: String) throws {
    try shell("\(script) > $1/tasks-remote.json")
    try meeting.laptop.run("sync").failed(14)
    try Machine().run("clone", meeting.folder).failed(14)
    try shell("rm $1/tasks-remote.json")
    try meeting.laptop.run("push", "--refill").succeeded()
    try meeting.desk.run("sync").succeeded()
    #expect(try meeting.desk.titles() == ["Buy milk", "waits"])
  }

  @Test(arguments: [
    "rm $1/tasks-remote.json; ln -s /etc/hostname $1/tasks-remote.json",
    "rm $1/tasks-remote.json; mkfifo $1/tasks-remote.json",
    "mv $1/bundles $1/elsewhere; ln -s elsewhere $1/bundles",
    "mv $1 $1-away; echo > $1",
  ])
  func whatIsNotPlainIsNotFollowed(script: String) throws {
    try shell(script)
    let outcome = try meeting.laptop.run("sync").failed(13)
    #expect(outcome.errors.contains("is a link or something else than it should be"))
  }

  @Test func aRemoteThatWasMadeAnewWithAKeyIsRefused() throws {
    let key = try meeting.desk.file("key", String(repeating: "k", count: 40))
    let other = try Machine()
    try shell("rm -rf $1")
    try other.run("remote", "add", meeting.folder, "--encrypt", "--key-file", key).succeeded()
    try other.run("add", "x").succeeded()
    try other.run("sync").succeeded()
    try meeting.laptop.run("sync").failed(
      13, "origin is not what it was: its tasks-remote.json says something else")
  }

  @Test func bundlesThatVanishAreSentAgain() throws {
    try meeting.laptop.run("sync").succeeded()
    try shell("rm $1/bundles/*")
    let outcome = try meeting.laptop.run("sync").succeeded()
    #expect(outcome.errors == "origin no longer lists laptop 1–2: sent again.\n")
    try meeting.desk.run("sync").succeeded()
    #expect(try meeting.desk.titles() == ["Buy milk", "waits"])
  }

  @Test(
    .enabled(if: Machine.isThere(Meeting.Way.program)),
    arguments: [
      ("exit 1", "cannot connect to origin: the command ended at once"),
      ("echo oh no >&2; exit 1", "cannot connect to origin: oh no"),
      ("echo Welcome", #"what answers for origin does not speak SFTP: it said 'Welcome\u{a}'"#),
    ])
  func aCommandThatSpeaksNoSFTPIsNoRemote(command: String, message: String) throws {
    try meeting.laptop.run("remote", "set-url", "origin", "command:\(command)")
    try meeting.laptop.run("sync").failed(12, message)
    #expect(try meeting.laptop.titles() == ["Buy milk", "waits"])
  }
}
