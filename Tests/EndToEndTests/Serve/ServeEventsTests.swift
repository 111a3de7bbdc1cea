import Foundation
import Testing

/// Following what happens.
@Suite struct ServeEventsTests {
  @Test func whoFollowsHearsOfEveryEdit() throws {
    let server = try RunningServer()
    let follower = try server.events()
    let task = try server.add("from the server")
    #expect(follower.event("task") { $0["id"] as? String == task.id } != nil)
    try server.machine.run("add", "from the terminal").succeeded()
    #expect(follower.event("task") { $0["title"] as? String == "from the terminal" } != nil)
    try server.ask("DELETE", "/api/tasks/\(task.id)").expect(204)
    #expect(follower.event("task") { $0["is_deleted"] as? Bool == true } != nil)
    // How syncing stands changed with each.
    #expect(follower.event("sync") { $0["pending"] as? Int == 2 } != nil)
    #expect(follower.events.allSatisfy { Int($0.id) != nil })
    server.stop()
    #expect(follower.hasEnded)
  }

  @Test func aConflictIsTold() throws {
    let server = try RunningServer()
    let task = try server.add("one")
    let follower = try server.events()
    let results = try server.ask(
      "POST", "/api/sync/batch",
      [
        "items": [
          [
            "client_id": "phone", "operation": "update",
            "data": ["id": task.id, "title": "older", "updated_at": "2024-01-15T10:30:00Z"],
          ]
        ]
      ]
    ).expect(200).results()
    #expect(results[0]["status"] as? String == "conflict")
    let event = try #require(follower.event("conflict"))
    let journal = try server.get("/api/sync/conflicts").expect(200).objects()
    #expect(journal.map { $0["id"] as? String } == [event.data["id"] as? String])
    server.stop()
  }

  @Test func whoWasAwayMissesNothing() throws {
    let server = try RunningServer()
    let first = try server.events()
    try server.add("one")
    let last = try #require(first.event("task")).id
    try server.add("two")
    server.stop()
    // Also what happened while there was no server.
    try server.machine.run("add", "three").succeeded()
    try server.restart()
    try server.add("four")
    let second = try server.events(after: last)
    #expect(second.event("task") { $0["title"] as? String == "four" } != nil)
    #expect(
      second.events.filter { $0.kind == "task" }.map { $0.data["title"] as? String }
        == ["two", "three", "four"])
    try server.add("five")
    #expect(second.event("task") { $0["title"] as? String == "five" } != nil)
    // Who says nothing hears only what comes.
    let third = try server.events()
    try server.add("six")
    #expect(third.event("task") { $0["title"] as? String == "six" } != nil)
    #expect(third.events.count { $0.kind == "task" } == 1)
    server.stop()
  }
}
