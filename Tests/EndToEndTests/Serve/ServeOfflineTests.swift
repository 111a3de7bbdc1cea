import Foundation
import SSHSupport
import Testing

/// The whole story: edits while the remote is out of reach, and what becomes of them when it is back.
@Suite(.enabled(if: SSHServer.isPossible)) struct ServeOfflineTests {
  private func status(_ server: RunningServer) throws -> [String: Any] {
    try server.get("/api/sync/status").expect(200).object()
  }

  private func queue(_ server: RunningServer) throws -> [[String: Any]] {
    try server.get("/api/sync/queue").expect(200).objects()
  }

  @Test func editsWaitUntilTheRemoteIsBack() throws {
    let shore = try SSHShore()
    let laptop = try Machine(shore.variables)
    let desk = try Machine(shore.variables)
    try laptop.run("init", "--name", "laptop").succeeded()
    try laptop.run("remote", "add", shore.address).succeeded()
    let server = try RunningServer(on: laptop)
    let follower = try server.events()

    let milk = try server.add("Buy milk")
    let synced = try server.sync().expect(200)
    #expect(synced.field("X-Sync-Status") == "synced")
    #expect(try synced.object()["online"] as? Bool == true)
    #expect(try queue(server).isEmpty)
    try desk.run("clone", shore.address).succeeded()

    // The remote is gone, and two people go on.
    shore.close()
    try desk.run("edit", "1", "--title", "Buy oat milk").succeeded()
    usleep(5_000)
    let patched = try server.ask("PATCH", "/api/tasks/\(milk.id)", ["title": "Buy soy milk"])
    #expect(patched.expect(200).field("X-Sync-Status") == "pending")
    try server.add("Buy bread")
    var rows = try queue(server)
    #expect(rows.map { $0["status"] as? String } == ["pending", "pending"])
    #expect(rows.map { $0["operation"] as? String } == ["update", "create"])
    #expect(rows.allSatisfy { $0["retry_count"] as? Int == 0 && $0["last_error"] is NSNull })

    let failed = try server.sync().expect(503)
    #expect(failed.field("X-Sync-Status") == "offline" && failed.field("Retry-After") != nil)
    #expect(try failed.object()["type"] as? String == "urn:tasks:problem:sync-failed")
    rows = try queue(server)
    #expect(rows.map { $0["status"] as? String } == ["failed", "failed"])
    for row in rows {
      #expect(row["retry_count"] as? Int == 3 && row["max_retries"] as? Int == 3)
      #expect((row["last_error"] as? String)?.contains("origin") == true, "\(row)")
      #expect(row["last_attempted_at"] is String)
    }
    var now = try status(server)
    #expect(now["failed"] as? Int == 2 && now["pending"] as? Int == 0)
    #expect(now["online"] as? Bool == false && now["last_error"] is String)
    #expect(server.log.contains(" trying again in "))
    // Reading and writing go on.
    try server.add("Buy eggs")
    #expect(try server.get("/api/tasks").expect(200).tasks().count == 3)

    // After three failures it waits, until somebody asks for it.
    while try status(server)["breaker"] as? String == "closed" { try server.sync().expect(503) }
    #expect(try status(server)["breaker"] as? String == "open")
    let begun = try server.ask("POST", "/api/sync/trigger").expect(202).object()
    #expect(begun["breaker"] as? String == "half_open")
    #expect(try waits { try status(server)["breaker"] as? String == "open" })

    // It is back.
    try shore.open()
    let back = try server.sync().expect(200)
    #expect(back.field("X-Sync-Status") == "synced")
    #expect(try queue(server).isEmpty)
    now = try status(server)
    #expect(now["synced"] as? Int == 3 && now["failed"] as? Int == 0)
    #expect(now["breaker"] as? String == "closed" && now["last_error"] is NSNull)
    #expect(now["online"] as? Bool == true && now["last_sync"] is String)
    #expect(try server.get("/api/tasks").tasks().allSatisfy { $0.syncStatus == "synced" })

    // The desk's edit was made at the same time, and lost.
    #expect(try desk.run("sync").status == 3)
    try server.sync().expect(200)
    let event = try #require(follower.event("conflict"))
    let conflict = try #require(try server.get("/api/sync/conflicts").objects().first)
    #expect(conflict["id"] as? String == event.data["id"] as? String)
    #expect((conflict["winner"] as? [String: Any])?["value"] as? String == "Buy soy milk")
    let losers = try #require(conflict["losers"] as? [[String: Any]])
    #expect(losers.map { $0["value"] as? String } == ["Buy oat milk"])
    #expect(follower.event("sync") { $0["breaker"] as? String == "open" } != nil)
    #expect(server.log.contains(" found\n"))

    let id = try #require(conflict["id"] as? String)
    try server.ask("POST", "/api/sync/conflicts/\(id)", ["action": "take", "loser": 0]).expect(200)
    try server.sync().expect(200)
    try desk.run("sync").succeeded()
    #expect(try Set(desk.titles()) == ["Buy oat milk", "Buy bread", "Buy eggs"])
    #expect(try desk.run("conflicts", "--json").output == "[]\n")
    for machine in [laptop, desk] { try machine.run("fsck").succeeded() }
    server.stop()
  }

  @Test func anEditGoesOutByItself() throws {
    let shore = try SSHShore()
    let laptop = try Machine(shore.variables)
    let desk = try Machine(shore.variables)
    try laptop.run("add", "one").succeeded()
    try laptop.run("remote", "add", shore.address).succeeded()
    // At its start it syncs anyway.
    let server = try RunningServer(on: laptop)
    #expect(try waits { try status(server)["synced"] as? Int == 1 })
    try desk.run("clone", shore.address).succeeded()
    try server.add("two")
    #expect(try waits { try queue(server).isEmpty })
    try desk.run("sync").succeeded()
    #expect(try desk.titles() == ["one", "two"])
    server.stop()
  }
}
