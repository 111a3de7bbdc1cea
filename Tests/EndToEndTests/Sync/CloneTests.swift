import Foundation
import Testing

/// `clone`: the second device begins.
@Suite struct CloneTests {
  private let meeting: Meeting
  private let third: Machine

  init() throws {
    meeting = try Meeting()
    third = try Machine()
    try meeting.laptop.run("add", "Buy milk").succeeded()
    try meeting.laptop.run("remote", "add", meeting.address).succeeded()
    try meeting.laptop.run("sync").succeeded()
  }

  @Test func itBringsEverythingAndRemembersWhereFrom() throws {
    #expect(
      try third.run("clone", meeting.address).succeeded().output
        == "Received 1 change from laptop: 1 task.\n")
    #expect(try third.titles() == ["Buy milk"])
    #expect(try third.run("remote").output == "origin  \(meeting.folder)\n")
    try third.run("sync").succeeded()
  }

  @Test func itGoesWhereTheStoreIsSaidToBe() throws {
    try third.run("--store", "\(third.home)/mine", "clone", meeting.address).succeeded()
    #expect(try third.run("--store", "\(third.home)/mine", "count").output == "1\n")
    #expect(!Machine.isThere(third.store))
  }

  @Test(arguments: ["/nowhere/tasks", "command:exit 1", "command:echo hello", "/dev/null"])
  func whatFailsLeavesNothingBehind(address: String) throws {
    let outcome = try third.run("clone", address)
    #expect([12, 13].contains(outcome.status), "\(outcome)")
    outcome.failed(outcome.status)
    #expect(!outcome.errors.contains("origin"), "nobody has called it that: \(outcome)")
    #expect(!Machine.isThere(third.store))
    try third.run("clone", meeting.address).succeeded()
  }

  @Test func aPlaceWithoutTasksIsNoRemote() throws {
    try third.run("clone", meeting.mount).failed(
      12, "there is no remote at \(meeting.mount): nobody has sent anything there",
      hint:
        "is the address right? On the device that has the tasks: tasks remote add URL, tasks sync")
  }

  @Test func filesOfOthersInTheStoresFolderStay() throws {
    let folder = "\(third.home)/mine"
    try third.shell("mkdir -p $1 && echo hello > $1/letter", folder).succeeded()
    try third.run("--store", folder, "clone", "/nowhere/tasks").failed(12)
    #expect(try third.shell("ls -A $1; cat $1/letter", folder).output == "letter\nhello\n")
  }

  @Test func aStoreThatIsEmptyIsFilled() throws {
    try third.run("init", "--name", "third").succeeded()
    try third.run("clone", "/nowhere/tasks").failed(12)
    #expect(try third.run("remote").output == "")
    try third.run("clone", meeting.address).succeeded()
    #expect(try third.object("status")["device"] as? [String: String] != nil)
    #expect(try third.run("status").output.hasPrefix("Device     third ("))
  }

  @Test func whoHasTasksIsToldHowToUniteThem() throws {
    try third.run("add", "mine").succeeded()
    let message = "there are tasks here already, in \(third.store)"
    try third.run("clone", meeting.address).failed(
      1, message,
      hint: "to unite both lists: tasks remote add '\(meeting.folder)' and tasks sync")
    try third.run("remote", "add", "elsewhere:tasks").succeeded()
    try third.run("clone", meeting.address).failed(
      1, message,
      hint: "to unite both lists: tasks remote add NAME '\(meeting.folder)', tasks sync NAME")
    try third.run("remote", "add", "usb", meeting.address).succeeded()
    try third.run("clone", meeting.address).failed(
      1, message, hint: "that remote is usb here: tasks sync usb")
    #expect(try third.titles() == ["mine"])
  }

  @Test(.enabled(if: Machine.isThere(Meeting.Way.program)))
  func aCloneThatWasKilledGoesOn() throws {
    // It has made the store and waits for the server.
    let address = "command:echo > started; exec cat > /dev/null"
    let child = try third.start(["clone", address].map { Array($0.utf8) })
    while !Machine.isThere("\(third.home)/started") { usleep(2000) }
    child.kill()
    #expect(child.outcome().status == 137)
    #expect(try third.run("remote").output == "origin  \(address)\n")
    // Another address is another remote.
    try third.run("clone", meeting.address).failed(1)
    // The server has come back.
    try third.run("remote", "set-url", "origin", meeting.address).succeeded()
    #expect(
      try third.run("clone", meeting.address).succeeded().output
        == "Received 1 change from laptop: 1 task.\n")
    try third.run("clone", meeting.address).failed(
      1, "there are tasks here already, in \(third.store)",
      hint: "that remote is origin here: tasks sync origin")
  }
}
