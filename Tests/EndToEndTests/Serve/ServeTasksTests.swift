import Foundation
import Testing

/// Tasks over HTTP, one at a time and many, and what the command line makes of them.
@Suite struct ServeTasksTests {
  private let server: RunningServer
  private var machine: Machine { server.machine }
  private let unknown = "6f2a1c9e-0b57-4d3a-9c41-2a5d8e7f1b60"

  init() throws { server = try RunningServer() }

  private func path(_ task: TaskDocument) -> String { "/api/tasks/\(task.id)" }

  private func tag(_ task: TaskDocument) throws -> String {
    try #require(try server.get(path(task)).expect(200).field("ETag"))
  }

  @Test func aTaskIsMade() throws {
    let answer = try server.ask(
      "POST", "/api/tasks",
      [
        "title": "Water the plants", "project": "home", "priority": "H", "due": "2025-11-28",
        "wait": "2025-11-21T14:00:00+02:00", "tags": ["garden", "b"], "description": "a\nb",
        "notes": [["text": "Not the cactus."]],
      ]
    ).expect(201)
    let task = try answer.task()
    #expect(answer.field("Location") == path(task))
    #expect(try answer.field("ETag") == tag(task))
    #expect(answer.field("X-Sync-Status") == "pending")
    #expect(task.title == "Water the plants" && task.priority == "H" && task.due == "2025-11-28")
    #expect(task.wait == "2025-11-21T12:00:00.000Z" && task.tags == ["b", "garden"])
    #expect(task.notes.map(\.text) == ["Not the cactus."] && task.syncStatus == "pending")
    // The command line has the very same.
    #expect(try machine.run("show", task.id, "--json").succeeded().task() == task)
    #expect(try server.get(path(task)).expect(200).task() == task)
  }

  @Test func whatIsSentAgainIsMadeOnce() throws {
    let body = ["id": unknown.uppercased(), "title": "one", "tags": ["a"]] as [String: Any]
    let made = try server.ask("POST", "/api/tasks", body).expect(201)
    #expect(try made.task().id == unknown)
    let again = try server.ask("POST", "/api/tasks", body).expect(200)
    #expect(again.bytes == made.bytes)
    #expect(again.field("Location") == "/api/tasks/\(unknown)")
    for other in [
      ["id": unknown, "title": "two", "tags": ["a"]], ["id": unknown, "title": "one"],
    ] as [[String: Any]] {
      try server.ask("POST", "/api/tasks", other).expect(409)
    }
    #expect(try server.get("/api/tasks").tasks().count == 1)
    #expect(try machine.run("queue", "--jsonl").lines.count == 1)
  }

  @Test func whatTheClientHasIsNotSentAgain() throws {
    let task = try server.add("one")
    let tag = try tag(task)
    for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
      let answer = try server.ask("GET", path(task), nil, "If-None-Match: \(known)").expect(304)
      #expect(answer.bytes.isEmpty && answer.field("ETag") == tag)
    }
    try server.ask("GET", path(task), nil, "If-None-Match: \"other\"").expect(200)
    let head = try server.ask("HEAD", path(task)).expect(200)
    #expect(head.bytes.isEmpty && head.field("ETag") == tag)
    let length = try server.get(path(task)).bytes.count
    #expect(head.field("Content-Length") == "\(length)")
    // A sync does not change what the task is.
    let meeting = try Machine()
    try machine.run("remote", "add", "\(meeting.home)/remote").succeeded()
    try server.sync().expect(200)
    try server.ask("GET", path(task), nil, "If-None-Match: \(tag)").expect(304)
    #expect(try server.get(path(task)).task().syncStatus == "synced")
  }

  @Test func aReplacementLeavesNothing() throws {
    let task = try server.add(
      "one",
      [
        "description": "d", "project": "p", "priority": "L", "due": "2025-01-01", "tags": ["a"],
        "notes": [["text": "n"]], "completed": true,
      ])
    #expect(task.completed && task.completedAt != nil)
    let replaced = try server.ask("PUT", path(task), ["title": "two"]).expect(200).task()
    #expect(replaced.title == "two" && replaced.description == nil && replaced.project == nil)
    #expect(replaced.priority == nil && replaced.due == nil && replaced.tags.isEmpty)
    #expect(replaced.notes.isEmpty && !replaced.completed && replaced.createdAt == task.createdAt)
    // An answer can be changed and sent back.
    var answer = try server.get(path(task)).object()
    answer["title"] = "three"
    let last = try server.ask("PUT", path(task), answer).expect(200).task()
    #expect(last.title == "three" && last.id == task.id)
    answer["id"] = unknown
    try server.ask("PUT", path(task), answer).expect(409)
    try server.ask("PUT", path(task), ["project": "x"]).expect(400)
    try server.ask("PUT", "/api/tasks/\(unknown)", ["title": "x"]).expect(404)
  }

  @Test func aPatchChangesWhatItNames() throws {
    let task = try server.add(
      "one", ["description": "d", "project": "p", "tags": ["a", "b"], "notes": [["text": "n"]]])
    let merge = "Content-Type: application/merge-patch+json"
    let patched = try server.ask(
      "PATCH", path(task), ["description": NSNull(), "tags": ["b", "c"]], merge
    ).expect(200).task()
    #expect(patched.description == nil && patched.project == "p" && patched.tags == ["b", "c"])
    #expect(patched.notes == task.notes && patched.title == "one")
    // A note keeps its time if its id or its text is known.
    let notes: [[String: Any]] = [["id": task.notes[0].id, "text": "m"], ["text": "new"]]
    let noted = try server.ask("PATCH", path(task), ["notes": notes], merge).expect(200).task()
    #expect(Set(noted.notes.map(\.text)) == ["m", "new"])
    #expect(noted.notes.first { $0.text == "m" }?.at == task.notes[0].at)
    let none = try server.ask("PATCH", path(task), ["notes": NSNull(), "tags": NSNull()], merge)
      .expect(200).task()
    #expect(none.notes.isEmpty && none.tags.isEmpty)
    let done = try server.ask("PATCH", path(task), ["completed": true], merge).expect(200).task()
    #expect(done.completed && done.completedAt != nil)
    try server.ask("PATCH", path(task), ["title": NSNull()], merge).expect(400)
  }

  @Test func whoHasSeenAnotherTaskChangesNothing() throws {
    let task = try server.add("one")
    let old = try tag(task)
    try server.ask("PATCH", path(task), ["title": "two"], "If-Match: \(old)").expect(200)
    for (method, body) in [
      ("PATCH", ["title": "three"]), ("PUT", ["title": "three"]), ("DELETE", nil),
    ] as [(String, [String: Any]?)] {
      try server.ask(method, path(task), body, "If-Match: \(old)").expect(412)
      try server.ask(method, path(task), body, "If-Match: W/\(try tag(task))").expect(412)
    }
    #expect(try server.get(path(task)).task().title == "two")
    try server.ask("PUT", path(task), ["title": "three"], "If-Match: *").expect(200)
    try server.ask("DELETE", path(task), nil, "If-Match: \(try tag(task))").expect(204)
    try server.ask("PATCH", path(task), ["title": "x"], "If-Match: *").expect(404)
  }

  @Test func aDeletedTaskCanBeBroughtBack() throws {
    let task = try server.add("one", ["tags": ["a"]])
    let answer = try server.ask("DELETE", path(task)).expect(204)
    #expect(answer.bytes.isEmpty)
    try server.get(path(task)).expect(404)
    try server.ask("DELETE", path(task)).expect(404)
    try server.ask("PATCH", path(task), ["title": "two"]).expect(404)
    #expect(try server.get("/api/tasks").text == "[]")
    #expect(try server.get(path(task) + "?include_deleted=true").expect(200).task().isDeleted)
    #expect(try server.get("/api/tasks?include_deleted=true").tasks().map(\.isDeleted) == [true])
    let back = try server.ask("PATCH", path(task), ["is_deleted": false]).expect(200).task()
    #expect(!back.isDeleted && back.title == "one" && back.tags == ["a"])
    #expect(try server.get(path(task)).expect(200).task() == back)
  }

  @Test func everythingThatIsWrongIsSaidAtOnce() throws {
    let answer = try server.ask(
      "POST", "/api/tasks?force=1",
      [
        "titel": "x", "priority": "Z", "tags": ["ok", "not ok"], "due": "tomorrow",
        "notes": [["txt": "x"]], "a/b~c": 1,
      ]
    ).expect(400)
    #expect(
      Set(try answer.mistakes().keys)
        == [
          "/titel", "/title", "/priority", "/tags/1", "/due", "/notes/0/txt", "/notes/0/text",
          "/a~1b~0c", "force",
        ])
    #expect(try server.get("/api/tasks").text == "[]")
    // Nothing of what is inside leaves.
    for word in ["sqlite", "SELECT", ".swift", machine.home] {
      #expect(!answer.text.contains(word))
    }
  }

  @Test func oneBadItemSpoilsNoBatch() throws {
    let task = try server.add("one")
    let other = try server.add("other")
    let old = try tag(task)
    let answer = try server.ask(
      "POST", "/api/tasks/batch",
      [
        "items": [
          ["operation": "create", "data": ["title": "two", "id": unknown]],
          ["operation": "update", "id": task.id, "data": ["title": "uno"], "if_match": old],
          ["operation": "update", "id": task.id, "data": ["title": "une"], "if_match": old],
          ["operation": "create", "data": ["title": "else", "id": unknown]],
          ["operation": "delete", "id": "00000000-0000-4000-8000-000000000000"],
          ["operation": "delete", "id": other.id],
          ["operation": "create", "data": ["title": "two", "id": unknown]],
        ]
      ]
    ).expect(200)
    let results = try answer.results()
    #expect(results.map { $0["status"] as? Int } == [201, 200, 412, 409, 404, 204, 200])
    let problems = results.map { ($0["problem"] as? [String: Any])?["status"] as? Int }
    #expect(problems == [nil, nil, 412, 409, 404, nil, nil])
    #expect(try machine.titles() == ["uno", "two"])
    // What no item can be spoils all of it, and nothing happens.
    let bad = try server.ask(
      "POST", "/api/tasks/batch",
      [
        "items": [
          ["operation": "create", "data": ["title": "three"]],
          ["operation": "create", "data": ["title": "", "x": 1]], ["operation": "shout"],
        ]
      ]
    ).expect(400)
    #expect(
      Set(try bad.mistakes().keys)
        == ["/items/1/data/title", "/items/1/data/x", "/items/2/operation"])
    #expect(try machine.titles() == ["uno", "two"])
  }

  @Test func oneUndoTakesABatchBack() throws {
    let task = try server.add("one")
    try server.ask(
      "POST", "/api/tasks/batch",
      [
        "items": [
          ["operation": "create", "data": ["title": "two"]],
          ["operation": "update", "id": task.id, "data": ["title": "uno"]],
          ["operation": "create", "data": ["title": "three"]],
        ]
      ]
    ).expect(200)
    #expect(try machine.titles() == ["uno", "two", "three"])
    try machine.run("undo").succeeded()
    #expect(try server.get("/api/tasks").tasks().map(\.title) == ["one"])
    try machine.run("undo").succeeded()
    #expect(try server.get("/api/tasks").text == "[]")
  }

  /// As when somebody puts a backup there.
  @Test func whoeverReplacesTheStoreIsNoticedAtOnce() throws {
    try server.add("kept")
    server.stop()
    try machine.shell("mkdir copy && cp $1* copy", machine.database).succeeded()
    try server.restart()
    try server.add("lost")
    #expect(try server.get("/api/tasks").tasks().map(\.title) == ["kept", "lost"])
    try machine.shell("rm $1* && mv copy/* $2", machine.database, machine.store).succeeded()
    let added = try server.add("new")
    try server.get("/api/tasks/\(added.id)").expect(200)
    let titles = try server.get("/api/tasks").tasks().map(\.title)
    #expect(titles == ["kept", "new"])
  }

  @Test func whileItRunsTheDatabaseIsNotMadeAnew() throws {
    try server.add("kept")
    let refused = try machine.run("fsck", "--rebuild")
    #expect(refused.status == 11, "\(refused.status)")
    #expect(
      refused.errorLines.first
        == "tasks: another process has the tasks open, and none may while the database is made anew"
    )
    server.stop()
    try machine.run("fsck", "--rebuild").succeeded()
    #expect(try machine.titles() == ["kept"])
  }

  @Test func theCommandLineAndTheServerAreOneDevice() throws {
    let task = try server.add("from the server")
    #expect(try machine.titles() == ["from the server"])
    try machine.run("add", "from the terminal").succeeded()
    #expect(
      try server.get("/api/tasks").tasks().map(\.title) == ["from the server", "from the terminal"])
    try machine.run("done", "1").succeeded()
    #expect(try server.get(path(task)).task().completed)
    try machine.run("undo").succeeded()
    #expect(try !server.get(path(task)).task().completed)
    // An edit made here is undone there.
    try server.ask("PATCH", path(task), ["title": "renamed"]).expect(200)
    try machine.run("undo").succeeded()
    #expect(try server.get(path(task)).task().title == "from the server")
    try machine.run("fsck").succeeded()
  }

  @Test func healthSaysWhatIsWrong() throws {
    let well = try server.curl([], "/health").expect(200).object()
    #expect(well["status"] as? String == "ok" && well["queue_length"] as? Int == 0)
    try server.add("one")
    #expect(try server.curl([], "/health").object()["queue_length"] as? Int == 1)
    // The store is gone, as when a disk is not mounted.
    try machine.shell("mv \"$1\" \"$1-away\"", machine.store).succeeded()
    let answer = try server.curl([], "/health")
    #expect(answer.status == 503)
    #expect(try answer.object()["status"] as? String == "failing")
    #expect(!answer.text.contains(machine.home))
    try machine.shell("rm -rf \"$1\"; mv \"$1-away\" \"$1\"", machine.store).succeeded()
    #expect(try waits { try server.curl([], "/health").status == 200 })
    #expect(try server.get("/api/tasks").expect(200).tasks().map(\.title) == ["one"])
  }
}
