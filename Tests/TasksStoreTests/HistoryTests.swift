import Testing
import TestSupport
import TasksModel

@testable import TasksStore

/// Random histories, checked against the rule as it is stated: a write counts until an operation that sets the same
/// field names it, and the latest of those that count is shown.
@Suite struct HistoryTests {
  @Test(arguments: 0..<60 as Range<UInt64>)
  func theStoreShowsWhatTheRuleSays(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let desk = try Desk()
    var player = Player(desk)
    for _ in 0..<60 { try player.play(&random) }
    try check(desk)
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func undoGoesBackStepByStep(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 1000)
    let desk = try Desk()
    var player = Player(desk)
    var states = [try state(desk)]
    while states.count < 25 {
      let before = try desk.store.queue().count
      try player.play(&random, withSnapshots: false)
      if try desk.store.queue().count > before { states.append(try state(desk)) }
    }
    while states.count > 1 {
      states.removeLast()
      desk.pass()
      let outcome = try desk.store.undo(at: desk.now)
      #expect(outcome.skipped.isEmpty)
      #expect(try state(desk) == states.last, "after \(states.count - 1) steps, seed \(seed)")
    }
    #expect(throws: StoreError.self) { _ = try desk.store.undo(at: desk.now) }
    try check(desk)
  }

  /// The tasks that are not deleted, as people see them.
  private func state(_ desk: Desk) throws -> [String] {
    try desk.store.tasks(
      TaskQuery(.not(.deleted), order: [SortKey(.title)], detail: .full), clock: desk.clock
    ).map { task in
      let notes = task.notes.map(\.text).joined(separator: "|")
      return "\(task.id.text) \(task.title ?? "-") \(task.isCompleted) \(task.project ?? "-") "
        + "\(task.due?.description ?? "-") \(task.tags) \(notes) \(task.description ?? "-")"
    }
  }

  /// Works everything out anew from the operations, and compares.
  private func check(_ desk: Desk) throws {
    struct Operation {
      let key: Int64
      let task: Int64
      let at: Int64
      let fields: [String: String]
      let over: Set<Int64>
    }
    let connection = desk.store.connection
    let operations = try connection.all(
      "SELECT key, task, at, kind, fields, over FROM operations"
    ) { row in
      var fields = ["is_deleted": row.text(3) == "delete" ? "true" : "false"]
      for member in JSON(canonicalText: row.text(4)).objectValue ?? [] {
        fields[member.key] = member.value.canonicalText
      }
      let over = JSON(canonicalText: row.text(5)).arrayValue?.compactMap(\.integerValue) ?? []
      return Operation(
        key: row.integer(0), task: row.integer(1), at: row.integer(2), fields: fields,
        over: Set(over))
    }
    var expected: Set<String> = []
    for operation in operations {
      for (field, value) in operation.fields {
        let rivals = operations.filter { $0.task == operation.task && $0.fields[field] != nil }
        guard !rivals.contains(where: { $0.over.contains(operation.key) }) else { continue }
        let current = rivals.filter { rival in
          !rivals.contains { $0.over.contains(rival.key) }
        }
        let wins = current.allSatisfy { ($0.at, $0.key) <= (operation.at, operation.key) }
        expected.insert("\(operation.task) \(field) \(operation.key) \(value) \(wins)")
      }
    }
    let held = try connection.all("SELECT task, field, operation, value, wins FROM writes") {
      "\($0.integer(0)) \($0.text(1)) \($0.integer(2)) \($0.text(3)) \($0.bool(4))"
    }
    #expect(Set(held) == expected)

    // The columns show the winners.
    let shown = try connection.all(
      """
      SELECT key FROM tasks WHERE
        title IS NOT (SELECT json_extract(value, '$') FROM writes
          WHERE task = key AND field = 'title' AND wins)
        OR project IS NOT (SELECT json_extract(value, '$') FROM writes
          WHERE task = key AND field = 'project' AND wins)
        OR due IS NOT (SELECT json_extract(value, '$') FROM writes
          WHERE task = key AND field = 'due' AND wins)
        OR description IS NOT (SELECT json_extract(value, '$') FROM writes
          WHERE task = key AND field = 'description' AND wins)
        OR completed IS NOT coalesce((SELECT json_extract(value, '$') FROM writes
          WHERE task = key AND field = 'completed' AND wins), 0)
        OR is_deleted IS NOT (SELECT json_extract(value, '$') FROM writes
          WHERE task = key AND field = 'is_deleted' AND wins)
        OR updated_at IS NOT (SELECT max(at) FROM operations WHERE task = tasks.key)
        OR (number IS NULL AND NOT completed AND NOT is_deleted)
      """, read: { $0.integer(0) })
    #expect(shown == [])

    let tagged = try connection.all(
      """
      SELECT key FROM tasks WHERE tags IS NOT (
        SELECT group_concat(substr(field, 5), ' ') FROM writes
        WHERE task = key AND field >= 'tag:' AND field < 'tag;' AND wins AND value <> 'null')
      """, read: { $0.integer(0) })
    #expect(tagged == [])

    // The index holds what the tasks say, and FTS5 finds nothing wrong with it.
    let texts = try connection.all(
      Connection.searchedTexts + " EXCEPT SELECT rowid, title, description, notes FROM search",
      read: { $0.integer(0) })
    #expect(texts == [])
    let counts = try connection.first(
      "SELECT (SELECT count(*) FROM search) = (SELECT count(*) FROM tasks)", read: { $0.bool(0) })
    #expect(counts == true)
    try connection.run("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)")
  }
}

/// Somebody who edits at random.
private struct Player {
  private let desk: Desk
  private var tasks: [TaskKey] = []
  private var snapshot: (task: TaskKey, seen: Snapshot)?

  init(_ desk: Desk) { self.desk = desk }

  mutating func play(_ random: inout SeededGenerator, withSnapshots: Bool = true) throws {
    desk.pass(milliseconds: Int64.random(in: -20_000...60_000, using: &random))
    guard let task = tasks.randomElement(using: &random), Int.random(in: 0..<5, using: &random) > 0
    else {
      tasks.append(
        try desk.add("task \(tasks.count)") { try $0.addTag("t\(Int.random(in: 0..<3))") })
      return
    }
    if withSnapshots, Int.random(in: 0..<6, using: &random) == 0 {
      snapshot = (task, try desk.store.snapshot(of: task))
    }
    if Int.random(in: 0..<12, using: &random) == 0 {
      try desk.delete(task)
      return
    }
    var change = Edits()
    for _ in 0...Int.random(in: 0..<3, using: &random) {
      try Player.edit(&change, desk, &random)
    }
    if let snapshot, Int.random(in: 0..<3, using: &random) == 0 {
      try desk.update(snapshot.task, seen: snapshot.seen) { $0 = change }
      self.snapshot = nil
    } else {
      try desk.update(task) { $0 = change }
    }
  }

  private static func edit(_ change: inout Edits, _ desk: Desk, _ random: inout SeededGenerator)
    throws
  {
    let pick = Int.random(in: 0..<4, using: &random)
    switch Int.random(in: 0..<9, using: &random) {
    case 0: try change.setTitle("title \(pick)")
    case 1: try change.setProject(pick == 0 ? nil : "project \(pick)")
    case 2: change.setDue(pick == 0 ? nil : Moment(text: "2023-12-0\(pick)"))
    case 3: change.setCompleted(pick < 2)
    case 4: try change.addTag("t\(pick)")
    case 5: try change.removeTag("t\(pick)")
    case 6: try change.setDescription(pick == 0 ? nil : "words number\(pick)")
    case 7: try change.addNote("note \(pick)", at: Instant(milliseconds: Int64(pick)))
    default:
      change.removeNote(Note(at: Instant(milliseconds: Int64(pick)), text: "note \(pick)").id)
    }
  }
}
