import Foundation
import Testing

/// Conflicts that come by a sync, and how they end everywhere.
@Suite struct ConflictSyncTests {
  private let meeting: Meeting

  /// Both gave the task another title, the desk later, and the desk has sent its own.
  init() throws {
    meeting = try Meeting()
    try meeting.begin()
    try meeting.laptop.run("edit", "1", "--title", "Buy soy milk").succeeded()
    try meeting.desk.run("edit", "1", "--title", "Buy oat milk").succeeded()
    try meeting.desk.run("sync").succeeded()
  }

  @Test func theSyncThatFindsItSaysSoOnce() throws {
    let outcome = try meeting.laptop.run("sync")
    #expect(outcome.status == 3)
    let id = try #require(try meeting.laptop.conflicts().first?.id.prefix(8))
    #expect(outcome.errorLines.count == 1)
    #expect(
      outcome.errors.hasPrefix(
        "Conflict \(id): title of task 1 is \"Buy oat milk\" (desk), and also \"Buy soy milk\""))
    #expect(outcome.errors.hasSuffix("tasks conflicts take \(id)\n"))
    #expect(try meeting.laptop.run("sync").succeeded().errors == "")
    #expect(try meeting.desk.run("sync").status == 3)
  }

  @Test func programsGetItsId() throws {
    let outcome = try meeting.laptop.run("sync", "--json")
    #expect(outcome.status == 3)
    let pull = try #require(try outcome.object()["pull"] as? [String: Any])
    #expect(pull["conflicts"] as? [String] == [try meeting.laptop.conflicts()[0].id])
  }

  @Test func whatSettlesItTravels() throws {
    #expect(try meeting.laptop.run("sync").status == 3)
    let id = try meeting.laptop.conflicts()[0].id
    try meeting.laptop.run("conflicts", "take", id).succeeded()
    try meeting.laptop.run("sync").succeeded()
    // The desk hears of the conflict and of its end at once.
    try meeting.desk.run("sync").succeeded()
    for machine in [meeting.laptop, meeting.desk] {
      #expect(try machine.titles() == ["Buy soy milk"])
      #expect(try machine.conflicts().isEmpty)
    }
  }

  @Test func bothFindTheSameConflict() throws {
    #expect(try meeting.laptop.run("sync").status == 3)
    #expect(try meeting.desk.run("sync").status == 3)
    let (laptop, desk) = (try meeting.laptop.conflicts(), try meeting.desk.conflicts())
    #expect(laptop.map(\.id) == desk.map(\.id) && laptop[0].winner == desk[0].winner)
    #expect(try meeting.desk.object("status")["conflicts"] as? Int == 1)
  }
}
