import Foundation
import Testing

/// What an app did while it was offline, and the conflicts that come of it.
@Suite struct ServeQueueTests {
  private let server: RunningServer
  private let past = "2024-01-15T10:30:00.000Z"

  init() throws { server = try RunningServer() }

  private func item(
    _ operation: String, _ id: String?, _ members: [String: Any] = [:], at: String? = nil,
    base: String? = nil
  ) -> [String: Any] {
    var data = members
    data["id"] = id
    data["updated_at"] = at ?? past
    var item: [String: Any] = ["client_id": "phone", "operation": operation, "data": data]
    item["base"] = base
    return item
  }

  private func send(_ items: [[String: Any]], to server: RunningServer? = nil) throws
    -> [[String: Any]]
  {
    try (server ?? self.server).ask("POST", "/api/sync/batch", ["items": items]).expect(200)
      .results()
  }

  private func words(_ results: [[String: Any]], _ member: String = "status") -> [String?] {
    results.map { $0[member] as? String }
  }

  private func now(_ seconds: Double = 0) -> String {
    (Date.now + seconds).formatted(.iso8601)
  }

  private func conflicts() throws -> [[String: Any]] {
    try server.get("/api/sync/conflicts").expect(200).objects()
  }

  private func title(_ id: String) throws -> String? {
    try server.get("/api/tasks/\(id)").expect(200).task().title
  }

  @Test func aQueueIsTakenInInItsOrder() throws {
    let batch = [
      item("create", "offline-1", ["title": "one", "tags": ["a"]]),
      item("update", "offline-1", ["completed": true], at: "2024-01-15T10:31:00Z"),
      item("create", "offline-2", ["title": "two"]),
      item("delete", "offline-2", at: "2024-01-15T10:32:00Z"),
    ]
    let results = try send(batch)
    #expect(words(results) == Array(repeating: "applied", count: 4))
    #expect(words(results, "resolution") == Array(repeating: nil, count: 4))
    #expect(words(results, "id") == ["offline-1", "offline-1", "offline-2", "offline-2"])
    let id = try #require(results[0]["server_id"] as? String)
    let task = try server.get("/api/tasks/\(id)").expect(200).task()
    #expect(task.title == "one" && task.completed && task.createdAt == past)
    #expect(task.updatedAt == "2024-01-15T10:31:00.000Z")
    #expect(try server.get("/api/tasks").tasks().count == 1)
    // The same again changes nothing.
    #expect(words(try send(batch)) == Array(repeating: "duplicate", count: 4))
    #expect(try server.get("/api/sync/queue").expect(200).objects().count == 4)
    #expect(try conflicts().isEmpty)
    // With items, this address is the same.
    let other = try server.ask("POST", "/api/sync", ["items": batch]).expect(200).results()
    #expect(words(other) == Array(repeating: "duplicate", count: 4))
  }

  @Test func aNameIsTheSameTaskOnEveryServer() throws {
    let other = try RunningServer()
    let batch = [item("create", "offline-1", ["title": "one"])]
    let here = words(try send(batch), "server_id")
    #expect(try words(send(batch, to: other), "server_id") == here)
    // Version 5, and another client's is another.
    #expect(here[0]?.dropFirst(14).first == "5")
    var foreign = batch[0]
    foreign["client_id"] = "tablet"
    #expect(try words(send([foreign]), "server_id") != here)
    // A UUID is the task's own.
    let own = "6F2A1C9E-0B57-4D3A-9C41-2A5D8E7F1B60"
    #expect(
      try words(send([item("create", own, ["title": "x"])]), "server_id") == [own.lowercased()])
  }

  @Test func whoIsOlderLosesAndIsInTheJournal() throws {
    let task = try server.add("here")
    let results = try send([item("update", task.id, ["title": "there"])])
    #expect(words(results) == ["conflict"] && words(results, "resolution") == ["server"])
    #expect((results[0]["task"] as? [String: Any])?["title"] as? String == "here")
    let conflict = try #require(try conflicts().first)
    #expect(conflict["field"] as? String == "title" && conflict["task"] as? String == task.id)
    #expect((conflict["winner"] as? [String: Any])?["value"] as? String == "here")
    let losers = try #require(conflict["losers"] as? [[String: Any]])
    #expect(losers.map { $0["value"] as? String } == ["there"])
    #expect(losers[0]["updated_at"] as? String == past)
    #expect(server.log.contains("conflict: an edit of task \(task.id) by a client, server wins"))
    // The command line has it, too.
    #expect(try server.machine.run("conflicts", "--json").succeeded().output.contains("\"there\""))
  }

  @Test func whoIsNewerWins() throws {
    let task = try server.add("here")
    let after = now(60)
    let results = try send([item("update", task.id, ["title": "there"], at: after)])
    #expect(words(results) == ["applied"])
    #expect(try title(task.id) == "there" && conflicts().isEmpty)
  }

  @Test func whatTheClientHadSeenItReplaces() throws {
    let task = try server.add("one")
    let seen = task.updatedAt
    usleep(5_000)
    try server.ask("PATCH", "/api/tasks/\(task.id)", ["title": "two"]).expect(200)
    // It has not seen the second, but is later: it wins, and the second is kept.
    let results = try send([item("update", task.id, ["title": "three"], at: now(60), base: seen)])
    #expect(words(results) == ["applied"] && words(results, "resolution") == ["client"])
    #expect(try title(task.id) == "three")
    let losers = try #require(try conflicts().first?["losers"] as? [[String: Any]])
    #expect(losers.map { $0["value"] as? String } == ["two"])
    // Who has seen it is not in conflict with it.
    let newest = try server.get("/api/tasks/\(task.id)").task().updatedAt
    let last = try send([
      item("update", task.id, ["project": "p"], at: now(90), base: newest)
    ])
    #expect(words(last) == ["applied"] && words(last, "resolution") == [nil])
  }

  @Test func oneBadItemSpoilsNoOther() throws {
    let results = try send([
      item("create", "a", ["title": "good"]), item("create", "b", ["title": ""]),
      item("update", "nobody", ["title": "x"]), item("delete", "nobody"),
      item("create", "c", ["title": "x", "colour": "red", "tags": [1]]),
      item("create", "d", ["title": "x"], at: now(400)), item("create", nil, ["title": "x"]),
      ["shout": 1], item("create", "e"), item("create", "f", ["title": "good"], at: now(200)),
    ])
    #expect(
      words(results) == [
        "applied", "error", "error", "error", "error", "error", "error", "error", "error",
        "applied",
      ])
    let problems = results.map { $0["error"] as? [String: Any] }
    #expect(
      problems.map { $0?["status"] as? Int } == [
        nil, 400, 404, 404, 400, 400, 400, 400, 400, nil,
      ])
    let pointers = (problems[4]?["errors"] as? [[String: String]])?.compactMap { $0["pointer"] }
    #expect(Set(pointers ?? []) == ["/data/colour", "/data/tags/0"])
    #expect(try server.get("/api/tasks").tasks().map(\.title) == ["good", "good"])
    // More than a thousand are too many, and none is taken.
    let many = (0...1000).map { item("create", "many-\($0)", ["title": "x"]) }
    try server.ask("POST", "/api/sync/batch", ["items": many]).expect(400)
    #expect(try server.get("/api/tasks").tasks().count == 2)
  }

  /// A time that no change can carry was taken in, and nothing could be committed any more.
  @Test(arguments: ["1969-12-31T23:59:59.999Z", "0000-01-01T00:00:00Z"])
  func aClockThatStandsBefore1970SpoilsNothing(at: String) throws {
    let task = try server.add("here")
    let results = try send([
      item("create", "a", ["title": "x"], at: at), item("update", task.id, ["title": "y"], at: at),
      item("delete", task.id, at: at),
      item("create", "b", ["title": "first"], at: "1970-01-01T00:00:00Z"),
    ])
    #expect(words(results) == ["error", "error", "error", "applied"])
    try server.sync().expect(200)
    #expect(try Set(server.get("/api/tasks").tasks().map(\.title)) == ["first", "here"])
    try server.machine.run("fsck").succeeded()
  }

  @Test func aThousandItemsAreTakenAtOnce() throws {
    let many = (0..<1000).map { item("create", "many-\($0)", ["title": "task \($0)"]) }
    #expect(words(try send(many)) == Array(repeating: "applied", count: 1000))
    #expect(try server.get("/api/tasks?limit=1").field("X-Total-Count") == "1000")
  }

  @Test func manyConflictsAreReadQuickly() throws {
    // An operation of a thousand tags was read once for each of the thousand conflicts that it is a side of.
    let tags = (0..<1000).map { "tag-\($0)" }
    let task = try server.add("one", ["tags": tags])
    try server.ask("PATCH", "/api/tasks/\(task.id)", ["tags": NSNull()]).expect(200)
    try send([item("update", task.id, ["tags": tags])]).forEach {
      #expect($0["status"] as? String == "conflict")
    }
    let start = Date.now
    #expect(try conflicts().count == 1000)
    // A twentieth of a second where nobody else is; it was half a minute.
    #expect(Date.now.timeIntervalSince(start) < 5)
  }

  // MARK: - Settling

  private func conflict() throws -> (task: String, address: String) {
    let task = try server.add("here")
    _ = try send([item("update", task.id, ["title": "there"])])
    let id = try #require(try conflicts().first?["id"] as? String)
    return (task.id, "/api/sync/conflicts/\(id)")
  }

  @Test func whatLostIsTaken() throws {
    let (task, address) = try conflict()
    try server.ask("POST", address, ["action": "take", "loser": 7]).expect(409)
    try server.ask("POST", address, ["action": "take"]).expect(400)
    let ended = try server.ask("POST", address, ["action": "take", "loser": 0]).expect(200).object()
    #expect((ended["ending"] as? [String: Any])?["value"] as? String == "there")
    #expect(ended["ended_at"] is String)
    #expect(try title(task) == "there" && conflicts().isEmpty)
    // It has ended, whoever asks again.
    try server.ask("POST", address, ["action": "keep"]).expect(409)
    try server.ask("POST", "/api/sync/conflicts/0123456789abcdef", ["action": "keep"]).expect(404)
    try server.ask("POST", "/api/sync/conflicts/x", ["action": "keep"]).expect(404)
    try server.machine.run("fsck").succeeded()
  }

  @Test func whatWonIsKept() throws {
    let (task, address) = try conflict()
    try server.ask("POST", address, ["action": "keep"]).expect(200)
    #expect(try title(task) == "here" && conflicts().isEmpty)
    try server.ask("POST", address, ["action": "take", "loser": 0]).expect(409)
  }

  /// Where things are on this machine is nobody's business.
  @Test func noPathLeavesWithAnError() throws {
    let remote = "\(server.machine.home)/stick"
    try server.machine.run("remote", "add", remote).succeeded()
    try server.sync().expect(200)
    try server.add("one")
    try server.machine.shell("rm -r stick; echo > stick").succeeded()
    let failed = try server.sync().expect(503)
    let told = try [
      failed.text, server.get("/api/sync/queue").expect(200).text,
      server.get("/api/sync/status").expect(200).text, server.get("/health").text,
    ]
    for text in told { #expect(!text.contains(server.machine.home), "\(text)") }
    let row = try #require(server.get("/api/sync/queue").objects().first)
    #expect(row["last_error"] as? String == "the sync failed; the log of the server says why")
    #expect(server.log.contains(remote))
  }
}
