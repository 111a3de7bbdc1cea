import Foundation
import Testing

/// What waits to be sent, and what every task knows of its being sent.
@Suite struct QueueSyncTests {
  private let meeting: Meeting
  private var laptop: Machine { meeting.laptop }

  init() throws {
    meeting = try Meeting()
    try meeting.begin()
  }

  private func queue() throws -> [[String: Any]] {
    try laptop.run("queue", "--jsonl").succeeded().lineObjects()
  }

  private func counts() throws -> [String: Int] {
    try #require(try laptop.object("status")["sync"] as? [String: Int])
  }

  @Test func anEditWaitsUntilItIsSent() throws {
    #expect(try queue().isEmpty)
    #expect(try laptop.syncStatus() == ["Buy milk": "synced"])
    try laptop.run("add", "new").succeeded()
    #expect(try queue().map { $0["status"] as? String } == ["pending"])
    #expect(try laptop.syncStatus() == ["Buy milk": "synced", "new": "pending"])
    #expect(try counts() == ["pending": 1, "synced": 1, "error": 0, "total": 2])
    // Sealing is not sending.
    try laptop.run("commit").succeeded()
    #expect(try queue().count == 1)
    try laptop.run("sync").succeeded()
    #expect(try queue().isEmpty)
    #expect(try counts() == ["pending": 0, "synced": 2, "error": 0, "total": 2])
    #expect(try laptop.task("2").lastSyncedAt != nil)
  }

  @Test func aFailureIsRememberedUntilItWorks() throws {
    try laptop.run("add", "new").succeeded()
    try laptop.shell("mv $1 $1-away", meeting.folder).succeeded()
    for attempts in 1...2 {
      try laptop.run("push").failed(12)
      let row = try #require(try queue().first)
      #expect(row["status"] as? String == "failed" && row["attempts"] as? Int == attempts)
      #expect((row["last_error"] as? String)?.hasPrefix("origin is empty now") == true)
    }
    #expect(try laptop.run("queue").output.contains("(failed after 2 tries: origin is empty"))
    #expect(try laptop.syncStatus() == ["Buy milk": "synced", "new": "error"])
    #expect(try counts() == ["pending": 0, "synced": 1, "error": 1, "total": 2])
    let remote = try laptop.object("remote", "show")
    #expect((remote["last_error"] as? String)?.isEmpty == false)
    try laptop.shell("mv $1-away $1", meeting.folder).succeeded()
    try laptop.run("push").succeeded()
    #expect(try queue().isEmpty)
    #expect(try laptop.syncStatus() == ["Buy milk": "synced", "new": "synced"])
    #expect(try laptop.object("remote", "show")["last_error"] is NSNull)
  }

  @Test func whatIsReceivedNeedsNotBeSent() throws {
    try meeting.desk.run("add", "from the desk").succeeded()
    try meeting.desk.run("sync").succeeded()
    try laptop.run("pull").succeeded()
    #expect(try queue().isEmpty)
    #expect(try laptop.syncStatus() == ["Buy milk": "synced", "from the desk": "synced"])
  }

  @Test func statusTellsProgramsOfTheRemotes() throws {
    try laptop.run("remote", "add", "usb", "nas:tasks").succeeded()
    let remotes = try #require(try laptop.object("status")["remotes"] as? [[String: Any]])
    #expect(remotes.map { $0["name"] as? String } == ["origin", "usb"])
    #expect(remotes[0]["last_push"] is String && remotes[1]["last_push"] is NSNull)
    #expect(
      Set(remotes[0].keys) == [
        "name", "url", "default", "encrypted", "last_push", "last_pull", "last_error",
        "last_error_at",
      ])
  }
}
