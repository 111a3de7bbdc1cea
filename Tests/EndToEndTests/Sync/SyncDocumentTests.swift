import Foundation
import Testing

/// What programs read: every member is there, and no other.
@Suite struct SyncDocumentTests {
  private let meeting: Meeting

  init() throws {
    meeting = try Meeting()
    try meeting.begin()
    try meeting.desk.run("add", "from the desk").succeeded()
    try meeting.desk.run("sync").succeeded()
    try meeting.laptop.run("add", "from the laptop").succeeded()
  }

  @Test func aSyncSaysWhatTravelledEachWay() throws {
    let object = try meeting.laptop.object("sync")
    #expect(Set(object.keys) == ["remote", "dry_run", "pull", "push", "round_trips"])
    #expect(object["remote"] as? String == "origin" && object["dry_run"] as? Bool == false)
    let pull = try #require(object["pull"] as? [String: Any])
    #expect(
      Set(pull.keys) == [
        "bundles", "changes", "bytes", "tasks", "conflicts", "missing", "skipped",
      ])
    #expect(pull["changes"] as? Int == 1 && pull["tasks"] as? Int == 1)
    let push = try #require(object["push"] as? [String: Any])
    #expect(Set(push.keys) == ["bundles", "changes", "bytes"])
    #expect(push["bundles"] as? Int == 1 && push["bytes"] as? Int ?? 0 > 100)
  }

  @Test(arguments: [
    ["push", "--dry-run"], ["pull"], ["sync", "--dry-run"], ["remote", "show"],
    ["fsck", "--remote", "origin"], ["status"],
  ])
  func itIsOneObjectAndNothingElse(words: [String]) throws {
    let outcome = try meeting.laptop.run(words + ["--json"]).succeeded()
    _ = try outcome.object()
    #expect(outcome.lines.count == 1 && outcome.errors == "", "\(outcome)")
  }

  @Test func cloneAndListAreDataToo() throws {
    let third = try Machine()
    let clone = try third.run("clone", meeting.address, "--json").succeeded().object()
    #expect((clone["pull"] as? [String: Any])?["changes"] as? Int == 2)
    let remotes = try third.run("remote", "--json").succeeded().document() as? [[String: Any]]
    #expect(remotes?.map { $0["url"] as? String } == [meeting.folder])
  }

  @Test func aProgressLineIsForTerminalsOnly() throws {
    // It answers after a while, so that somebody would wonder.
    let slow = "command:sleep 1; \(Meeting.Way.program) -d '\(meeting.folder)'"
    try meeting.laptop.run("remote", "set-url", "origin", slow).succeeded()
    let plain = try meeting.laptop.run("pull").succeeded()
    #expect(!plain.bytes.contains(0x0d) && plain.errors == "", "\(plain)")
    try meeting.desk.run("add", "again").succeeded()
    try meeting.desk.run("sync").succeeded()
    let seen = try meeting.laptop.terminal("pull", with: ["NO_COLOR": "1"])
    #expect(seen.output.contains("\r\u{1B}[K"), "\(seen)")
    #expect(
      seen.output.hasSuffix("\r\u{1B}[KReceived 1 change from desk: 1 task.\n"), "\(seen)")
    try meeting.desk.run("add", "and again").succeeded()
    try meeting.desk.run("sync").succeeded()
    let dumb = try meeting.laptop.terminal("pull", with: ["TERM": "dumb"])
    #expect(dumb.output == "Received 1 change from desk: 1 task.\n")
  }
}
