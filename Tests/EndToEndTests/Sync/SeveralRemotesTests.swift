import Foundation
import Testing

/// More than one remote: each has its own memory, and any device carries what any other made.
@Suite struct SeveralRemotesTests {
  private let meeting: Meeting
  private let stick: Machine

  init() throws {
    meeting = try Meeting()
    stick = try Machine()
    try meeting.begin()
  }

  private var usb: String { "\(stick.home)/tasks" }

  @Test func theSecondIsUsedByItsName() throws {
    let added = try meeting.laptop.run("remote", "add", "usb", usb).succeeded()
    #expect(added.output == "Added usb, \(usb). To exchange changes: tasks sync usb\n")
    try meeting.laptop.run("sync").succeeded()
    #expect(!Machine.isThere(usb))
    #expect(
      try meeting.laptop.run("sync", "usb").succeeded().output.hasPrefix("Sent 1 change to usb"))
    try meeting.laptop.run("sync", "stick").failed(
      2, "there is no remote 'stick'", hint: "there is origin, usb")
    try meeting.laptop.run("remote", "add", "usb", "nas:x").failed(
      1, "there is a remote 'usb' already, at \(usb)")
  }

  @Test func changesGoFromOneToTheOtherThroughWhoeverHasBoth() throws {
    let third = try Machine()
    try meeting.desk.run("remote", "add", "usb", usb).succeeded()
    try meeting.laptop.run("add", "by way of the desk").succeeded()
    try meeting.laptop.run("sync").succeeded()
    try meeting.desk.run("sync").succeeded()
    try meeting.desk.run("sync", "usb").succeeded()
    try third.run("clone", usb).succeeded()
    #expect(try third.titles() == ["Buy milk", "by way of the desk"])
    try third.run("add", "and back").succeeded()
    try third.run("sync").succeeded()
    try meeting.desk.run("sync", "usb").succeeded()
    // It waits, as the default remote does not have it.
    #expect(try meeting.desk.syncStatus()["and back"] == "pending")
    try meeting.desk.run("sync").succeeded()
    try meeting.laptop.run("sync").succeeded()
    #expect(try meeting.laptop.contents() == third.contents())
  }

  @Test func aRemoteIsForgottenAndLeftAsItIs() throws {
    let before = try meeting.everything()
    #expect(
      try meeting.laptop.run("remote", "remove", "origin").succeeded().output
        == "Forgot origin, \(meeting.folder). What is there was left as it is.\n")
    #expect(try meeting.everything() == before)
    try meeting.laptop.run("sync").failed(2)
    // Whoever comes back finds everything there.
    try meeting.laptop.run("remote", "add", meeting.folder).succeeded()
    #expect(
      try meeting.laptop.run("sync").succeeded().output
        == "Nothing new on origin. Nothing to send.\n")
  }

  @Test func aRemoteThatMovesIsTheSameOne() throws {
    try meeting.laptop.shell("mv $1 $2", meeting.folder, usb).succeeded()
    #expect(
      try meeting.laptop.run("remote", "set-url", "origin", usb).succeeded().output
        == "origin is at \(usb) now.\n")
    try meeting.laptop.run("add", "new").succeeded()
    #expect(try meeting.laptop.run("sync").succeeded().output.hasPrefix("Sent 1 change to origin"))
  }

  @Test func aBundleCarriesWhatARemoteLacks() throws {
    try meeting.laptop.run("add", "not there yet").succeeded()
    let file = "\(stick.home)/x.tasks"
    try meeting.laptop.run("bundle", "create", file, "--since", "origin").succeeded()
    #expect(
      try meeting.desk.run("bundle", "apply", file).succeeded().output
        == "Received 1 change from laptop: 1 task.\n")
    try meeting.laptop.run("sync").succeeded()
    let nothing = try meeting.laptop.run(
      "bundle", "create", "\(stick.home)/y.tasks", "--since", "origin"
    ).succeeded()
    #expect(nothing.errors == "Nothing to bundle, and no file was written.\n")
    // What came by hand is on the remote already.
    #expect(
      try meeting.desk.run("sync").succeeded().output == "Nothing new on origin. Nothing to send.\n"
    )
  }
}
