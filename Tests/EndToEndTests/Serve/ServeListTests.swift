import Foundation
import Testing

/// Lists over HTTP: what is in them, in which order, and page by page.
@Suite struct ServeListTests {
  private let server: RunningServer

  init() throws { server = try RunningServer() }

  private func titles(_ query: String) throws -> [String] {
    let answer = try server.get("/api/tasks" + query).expect(200)
    let titles = try answer.tasks().compactMap(\.title)
    #expect(answer.field("X-Total-Count") == "\(titles.count)", "\(query)")
    return titles
  }

  @Test func filtersLeaveWhatTheySay() throws {
    try server.add("a", ["project": "home", "priority": "H", "due": "2025-11-01"])
    try server.add("b", ["project": "home.garden", "tags": ["x", "y"], "due": "2025-11-02"])
    try server.add("c", ["project": "homework", "description": "the whole truth", "priority": "L"])
    let moment = try #require(try server.get("/api/tasks").tasks().last).updatedAt
    usleep(5_000)
    try server.add("d", ["completed": true, "tags": ["x"], "notes": [["text": "Wholly noted"]]])
    let gone = try server.add("e")
    try server.ask("DELETE", "/api/tasks/\(gone.id)").expect(204)

    #expect(try titles("") == ["a", "b", "c", "d"])
    #expect(try titles("?include_deleted=true") == ["a", "b", "c", "d", "e"])
    #expect(try titles("?completed=true") == ["d"])
    #expect(try titles("?completed=false") == ["a", "b", "c"])
    #expect(try titles("?project=home") == ["a", "b"])
    #expect(try titles("?tag=x") == ["b", "d"])
    #expect(try titles("?tag=x&completed=false") == ["b"])
    #expect(try titles("?priority=H") == ["a"])
    #expect(try titles("?q=whol") == ["c", "d"])
    #expect(try titles("?q=whol%20truth") == ["c"])
    #expect(try titles("?due_before=2025-11-02") == ["a"])
    #expect(try titles("?due_after=2025-11-01") == ["b"])
    #expect(try titles("?updated_since=\(moment)") == ["c", "d"])
    #expect(try titles("?sort=-title") == ["d", "c", "b", "a"])
    #expect(try titles("?sort=priority,-title").first == "a")
    #expect(try titles("?sort=due&project=home") == ["a", "b"])
    let bad = try server.get(
      "/api/tasks?completed=yes&priority=Z&limit=0&sort=colour&due_before=soon&x=1&limit=2"
    ).expect(400)
    #expect(
      Set(try bad.mistakes().keys)
        == ["completed", "priority", "limit", "sort", "due_before", "x"])
  }

  /// Follows the links until there is none.
  private func pages(_ first: String, meanwhile: (Int) throws -> Void = { _ in }) throws
    -> (titles: [String], totals: [String])
  {
    var (titles, totals): ([String], [String]) = ([], [])
    var next: String? = first
    var count = 0
    while let path = next, count < 100 {
      let answer = try server.get(path).expect(200)
      titles += try answer.tasks().compactMap(\.title)
      totals.append(answer.field("X-Total-Count") ?? "")
      next = (answer.field("Link")?.firstMatch(of: /^<([^>]*)>; rel="next"$/)?.1).map(String.init)
      try meanwhile(count)
      count += 1
    }
    return (titles, totals)
  }

  @Test(arguments: ["", "&sort=-title", "&sort=project,due,-title", "&sort=-updated"])
  func pagesHaveEachTaskOnce(sort: String) throws {
    let items = (10..<33).map { number -> [String: Any] in
      [
        "operation": "create",
        "data": [
          "title": "task \(number)", "project": number % 3 == 0 ? "p" as Any : NSNull(),
          "due": number % 4 == 0 ? "2025-11-01" as Any : NSNull(),
        ],
      ]
    }
    try server.ask("POST", "/api/tasks/batch", ["items": items]).expect(200)
    let whole = try titles(sort.isEmpty ? "" : "?" + sort.dropFirst())
    #expect(whole.count == 23)
    let (paged, totals) = try pages("/api/tasks?limit=5" + sort)
    #expect(paged == whole)
    #expect(totals == Array(repeating: "23", count: 5))
    // The page that ends with the last one says that it is the last.
    #expect(try server.get("/api/tasks?limit=23" + sort).field("Link") == nil)
  }

  @Test func pagesGoOnBehindLongTitles() throws {
    let titles = (0..<7).map { String(repeating: "長", count: 499) + "\($0)" }
    for title in titles.shuffled() { try server.add(title) }
    #expect(try pages("/api/tasks?limit=1&sort=title").titles == titles)
    #expect(try pages("/api/tasks?limit=2&sort=-title").titles == titles.reversed())
  }

  /// The link to the next page has the whole query, and must fit into a head.
  @Test func anOrderHasABound() throws {
    let sort = "title" + String(repeating: ",due", count: 50)
    #expect(try server.get("/api/tasks?sort=\(sort)").expect(400).mistakes()["sort"] != nil)
  }

  @Test func pagesStayWholeWhileTasksComeAndGo() throws {
    for number in 10..<30 { try server.add("task \(number)") }
    let ids = try server.get("/api/tasks?sort=title").tasks().map(\.id)
    let (titles, totals) = try pages("/api/tasks?limit=4&sort=title") { page in
      guard page < 5 else { return }
      // What was shown last goes, and something comes before it and something after it.
      try server.ask("DELETE", "/api/tasks/\(ids[page * 4 + 3])").expect(204)
      try server.add("task 0 \(page)")
      try server.add("task 9 \(page)")
    }
    #expect(titles.filter { $0.wholeMatch(of: /task [12]\d/) != nil }.count == 20)
    #expect(Set(titles).count == titles.count)
    #expect(titles == titles.sorted())
    #expect(titles.contains("task 9 0") && !titles.contains("task 0 0"))
    #expect(totals[0] == "20" && totals[1] == "21")
  }

  @Test func aCursorOfAnotherListLeadsNowhere() throws {
    for number in 1...3 { try server.add("task \(number)") }
    let link = try #require(try server.get("/api/tasks?limit=1&sort=title").field("Link"))
    let cursor = try #require(link.firstMatch(of: /cursor=([^&>]*)/)?.1)
    try server.get("/api/tasks?limit=1&sort=title&cursor=\(cursor)").expect(200)
    for path in [
      "?limit=1&sort=-title&cursor=\(cursor)", "?cursor=\(cursor)", "?cursor=abc",
      "?sort=title&cursor=\(cursor.dropLast(3))", "?sort=title&cursor=e30",
    ] {
      try server.get("/api/tasks" + path).expect(404)
    }
    try server.get("/api/tasks?cursor=%22").expect(400)
  }

  /// Many times what is sent in one piece.
  @Test func aLongListIsWhole() throws {
    let titles = (0..<3000).map { String(repeating: "long ", count: $0 % 50) + "\($0)" }
    for start in stride(from: 0, to: titles.count, by: 1000) {
      let items = titles[start..<start + 1000].map { title -> [String: Any] in
        ["operation": "create", "data": ["title": title]]
      }
      try server.ask("POST", "/api/tasks/batch", ["items": items]).expect(200)
    }
    #expect(try self.titles("") == titles)
    #expect(try self.titles("?sort=-created").count == titles.count)
    #expect(try server.get("/api/sync/queue").expect(200).objects().count == titles.count)
    let head = try server.ask("HEAD", "/api/tasks").expect(200)
    #expect(head.field("X-Total-Count") == "3000")
    // What was on the disk for it is gone.
    let left = try FileManager.default.contentsOfDirectory(atPath: server.machine.store)
    #expect(!left.contains { $0.hasSuffix(".part") })
  }
}
