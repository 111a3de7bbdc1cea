import Foundation
import Testing

/// `sync.auto`: edits arrive without anybody giving a command or waiting.
@Suite struct AutoSyncTests {
  private let meeting: Meeting
  private var laptop: Machine { meeting.laptop }

  init() throws {
    meeting = try Meeting()
    try meeting.begin()
    try laptop.run("config", "sync.auto", "true").succeeded()
  }

  /// Waits until something is so.
  private func eventually(_ isSo: () throws -> Bool) throws -> Bool {
    let end = Date.now + 20
    while Date.now < end {
      if try isSo() { return true }
      usleep(50_000)
    }
    return false
  }

  private func waits() throws -> Bool { try laptop.object("status")["unpushed"] as? Int != 0 }

  @Test func anEditArrivesByItself() throws {
    // Who edits does not wait for the remote: this one never answers before it is told to.
    let gate = "\(laptop.home)/gate"
    try laptop.run(
      "remote", "set-url", "origin",
      "command:while ! [ -e '\(gate)' ]; do sleep 0.05; done; \(Meeting.Way.program) -d '\(meeting.folder)'"
    ).succeeded()
    for title in ["one", "two", "three"] { try laptop.run("add", title).succeeded() }
    #expect(try waits())
    try laptop.file("gate", "")
    #expect(try eventually { try !waits() })
    try meeting.desk.run("pull").succeeded()
    #expect(try meeting.desk.titles() == ["Buy milk", "one", "two", "three"])
    // Three edits in a row are one sync.
    #expect(try meeting.files().count == 2)
  }

  @Test func aFailureIsSaidOnceToAPerson() throws {
    try laptop.shell("mv $1 $1-away", meeting.folder).succeeded()
    try laptop.run("add", "new").succeeded()
    #expect(try eventually { try laptop.object("remote", "show")["last_error"] is String })
    let said = "The last sync in the background failed: origin is empty now"
    // The failure is kept a moment after the error.
    var shown = ""
    let isSaid = try eventually {
      // Programs are not told, and do not keep a person from being told.
      guard try !laptop.run("list").errors.contains(said) else { return false }
      shown = try laptop.terminal("list", "--no-pager", with: ["NO_COLOR": "1"]).output
      return shown.contains(said)
    }
    #expect(isSaid, "\(shown)")
    #expect(
      try !laptop.terminal("list", "--no-pager", with: ["NO_COLOR": "1"]).output.contains(said))
    try laptop.shell("mv $1-away $1", meeting.folder).succeeded()
    try laptop.run("add", "newer").succeeded()
    #expect(try eventually { try !waits() })
  }

  @Test func lookingStartsNothing() throws {
    try laptop.run("config", "sync.auto", "false").succeeded()
    try laptop.run("add", "new").succeeded()
    try laptop.run("config", "sync.auto", "true").succeeded()
    try laptop.run("list").succeeded()
    try laptop.run("status").succeeded()
    // Whoever syncs in the background leaves this file at once.
    #expect(!Machine.isThere("\(laptop.store)/sync.next"))
    #expect(try waits())
  }

  @Test func theFirstRemoteOffersIt() throws {
    let machine = try Machine()
    let outcome = try machine.terminal(
      ["remote", "add", meeting.folder], with: ["NO_COLOR": "1"],
      answering: [("[y/N] ", "y\n")])
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("Sync by itself, in the background, after every edit?"))
    #expect(try machine.run("config", "sync.auto").output == "true\n")
    // Nobody is asked twice.
    try machine.terminal("remote", "add", "usb", "nas:tasks").succeeded()
  }
}
