import Foundation
import Testing

/// `push`, `pull` and `sync`: the way of edits from one device to another.
@Suite struct FirstSyncTests {
  @Test(arguments: Meeting.Way.all)
  func whatOneDeviceWritesTheOtherShows(way: Meeting.Way) throws {
    let meeting = try Meeting(over: way)
    try meeting.begin()
    #expect(try meeting.desk.titles() == ["Buy milk"])
    try meeting.desk.run("done", "1").succeeded()
    #expect(
      try meeting.desk.run("sync").succeeded().output.hasPrefix("Sent 1 change to origin ("))
    let received = try meeting.laptop.run("sync").succeeded()
    #expect(received.output == "Received 1 change from desk: 1 task. Nothing to send.\n")
    #expect(try meeting.laptop.task("1").completed)
    let nothing = try meeting.laptop.run("sync").succeeded()
    #expect(nothing.output == "Nothing new on origin. Nothing to send.\n")
    #expect(nothing.errors == "")
  }

  @Test func pushAndPullGoOneWayEach() throws {
    let meeting = try Meeting()
    try meeting.begin()
    try meeting.laptop.run("add", "from the laptop").succeeded()
    try meeting.desk.run("add", "from the desk").succeeded()
    try meeting.desk.run("push").succeeded()
    let pushed = try meeting.laptop.run("push").succeeded().output
    #expect(pushed.hasPrefix("Sent 1 change to origin ("))
    #expect(try meeting.laptop.titles() == ["Buy milk", "from the laptop"])
    #expect(
      try meeting.laptop.run("pull").succeeded().output
        == "Received 1 change from desk: 1 task.\n")
    #expect(try meeting.desk.titles() == ["Buy milk", "from the desk"])
    #expect(try meeting.laptop.run("pull").succeeded().output == "Nothing new on origin.\n")
    #expect(
      try meeting.laptop.run("push").succeeded().output
        == "Nothing to send: origin has everything.\n")
  }

  @Test(arguments: Meeting.Way.all)
  func aDryRunChangesNothingAnywhere(way: Meeting.Way) throws {
    let meeting = try Meeting(over: way)
    try meeting.begin()
    try meeting.laptop.run("add", "sealed").succeeded()
    try meeting.laptop.run("sync").succeeded()
    try meeting.desk.run("add", "not sealed").succeeded()
    let (remote, store) = (try meeting.everything(), try meeting.desk.dump())
    let outcome = try meeting.desk.run("sync", "--dry-run").succeeded()
    #expect(outcome.output.hasPrefix("With origin: would receive 1 change in 1 bundle ("))
    #expect(outcome.output.hasSuffix("would send nothing.\n"))
    #expect(outcome.errors == "1 edit would be committed first, and sent.\n")
    try meeting.desk.run("pull", "--dry-run").succeeded()
    try meeting.desk.run("push", "--dry-run").succeeded()
    #expect(try meeting.everything() == remote)
    #expect(try meeting.desk.dump() == store)
  }

  @Test func withoutARemoteThereIsAHint() throws {
    let machine = try Machine()
    for verb in ["sync", "push", "pull", "watch"] {
      try machine.run(verb).failed(2, "there is no remote to sync with yet")
      try machine.run(verb, "usb").failed(2, "there is no remote 'usb'")
    }
    #expect(try machine.run("remote").succeeded().errors.contains("tasks remote add URL"))
  }

  @Test func listsThatExistAlreadyAreUnited() throws {
    let meeting = try Meeting()
    for machine in [meeting.laptop, meeting.desk] {
      try machine.run("add", "one", "+\(machine === meeting.laptop ? "laptop" : "desk")")
      try machine.run("remote", "add", meeting.address).succeeded()
      try machine.run("sync").succeeded()
    }
    try meeting.laptop.run("sync").succeeded()
    #expect(try meeting.laptop.contents() == meeting.desk.contents())
    #expect(try meeting.laptop.titles() == ["one", "one"])
  }

  @Test func aLateDeviceIsNotRefused() throws {
    let meeting = try Meeting()
    try meeting.begin()
    try meeting.desk.run("add", "a year ago", with: TwoDesks.clock(at: "2024-11-21 10:00:00"))
    for index in 1...12 {
      try meeting.laptop.run("add", "\(index)").succeeded()
      try meeting.laptop.run("sync").succeeded()
    }
    try meeting.desk.run("sync").succeeded()
    try meeting.laptop.run("sync").succeeded()
    #expect(try meeting.laptop.contents() == meeting.desk.contents())
    #expect(try meeting.laptop.titles().contains("a year ago"))
  }

  @Test func batchesAreAsLargeAsTheVariableSays() throws {
    let meeting = try Meeting()
    for index in 1...5 {
      try meeting.laptop.run("add", "\(index)").succeeded()
      try meeting.laptop.run("commit").succeeded()
    }
    try meeting.laptop.run("remote", "add", meeting.address).succeeded()
    let sent = try meeting.laptop.run(["sync", "--json"], with: ["TASKS_BATCH_SIZE": "2"])
    let push = try #require(try sent.succeeded().object()["push"] as? [String: Any])
    #expect(push["bundles"] as? Int == 3 && push["changes"] as? Int == 5)
    #expect(try meeting.files().count == 3)
  }

  @Test(arguments: ["0", "-1", "10001", "many", "1e3", " 5", "99999999999999999999"])
  func aBatchSizeThatIsNoneIsRefused(text: String) throws {
    let meeting = try Meeting()
    try meeting.laptop.run("remote", "add", meeting.address).succeeded()
    try meeting.laptop.run(["sync"], with: ["TASKS_BATCH_SIZE": text]).failed(
      2, "TASKS_BATCH_SIZE is '\(text)'", hint: "it takes a number from 1 to 10000")
    #expect(!Machine.isThere(meeting.folder))
  }
}
