import Testing
import TestSupport
import TasksModel

@testable import TasksStore

@Suite struct QueryTests {
  /// A zone that is never at the same hour as UTC, with a jump in spring and autumn.
  static let zone = Zone { seconds in
    let days = seconds / 86_400 % 365
    return days > 86 && days < 300 ? 7200 : 3600
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func aFilterFindsWhatItSays(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let desk = try Desk(zone: Self.zone)
    for index in 0..<40 { try QueryTests.addAny(index, desk, &random) }
    let all = try desk.store.tasks(TaskQuery(.all([]), detail: .full), clock: desk.clock)
    for _ in 0..<60 {
      let filter = QueryTests.filter(&random, depth: 3)
      let found = try desk.store.tasks(TaskQuery(filter), clock: desk.clock).compactMap(\.title)
      let expected = all.filter { QueryTests.holds(filter, $0, desk.clock) }.compactMap(\.title)
      #expect(found.sorted() == expected.sorted(), "seed \(seed): \(filter)")
      #expect(try desk.store.count(filter, clock: desk.clock) == expected.count)
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func aListIsInTheOrderAskedFor(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let desk = try Desk(zone: Self.zone)
    for index in 0..<40 { try QueryTests.addAny(index, desk, &random) }
    let found = try desk.store.tasks(TaskQuery(.open), clock: desk.clock)
    for (one, next) in zip(found, found.dropFirst()) {
      let keys = [one, next].map { task in
        (
          task.due?.deadline(in: Self.zone).milliseconds ?? .max,
          ["H", "M", "L"].firstIndex(of: task.priority) ?? 3, task.createdAt.milliseconds
        )
      }
      #expect(keys[0] <= keys[1])
    }
  }

  @Test func aDateIsDueAtItsEndWhereverYouLook() throws {
    let east = try Desk(zone: .fixed(9 * 3600))
    try east.add("date") { $0.setDue(Moment(text: "2023-11-15")) }
    try east.add("instant") { $0.setDue(Moment(text: "2023-11-15T14:59:59.999Z")) }
    // In Tokyo the day ends at 15:00 UTC, so the instant is as late as the date.
    #expect(try east.titles(.due(.on(CivilDate(iso: "2023-11-15")!))) == ["date", "instant"])
    let end = try #require(Instant(iso: "2023-11-15T14:59:59.999Z"))
    #expect(try east.titles(.due(.before(end))) == [])
    #expect(try east.titles(.due(.before(end.next))) == ["date", "instant"])
  }

  @Test func whatIsFoundBestComesFirst() throws {
    let desk = try Desk()
    try desk.add("call") { try $0.setDescription("about the milk") }
    try desk.add("milk")
    let query = TaskQuery(.text("milk"), isRanked: true)
    #expect(try desk.store.tasks(query, clock: desk.clock).map(\.title) == ["milk", "call"])
  }

  @Test(arguments: [
    ("caf", ["Café"]), ("CAFE", ["Café"]), ("नम", ["नमस्ते दुनिया"]), ("दुनिया", ["नमस्ते दुनिया"]),
    ("買う", ["牛乳を買う"]), ("🎉", ["party🎉"]), ("party", ["party🎉"]), ("a\"b", ["say \"a\"b\""]),
    ("AND", []), ("*", []), ("NEAR(", []), ("party 🎉", ["party🎉"]), ("' OR 1", []),
    ("title:caf", []), ("snow-drop", ["snow-drops"]),
    ("say\"\u{301}x", []), ("\"\u{301}", []), ("\u{301}", []),
  ])
  func wordsOfEveryScriptAreFound(words: String, expected: [String]) throws {
    let desk = try Desk()
    for title in ["Café", "नमस्ते दुनिया", "牛乳を買う", "party🎉", "say \"a\"b\"", "snow-drops"] {
      try desk.add(title)
    }
    #expect(try desk.titles(.text(words)) == expected)
  }

  @Test func theOpenTasksAreFoundWithoutReadingALongHistory() throws {
    let desk = try Desk()
    let condition = SQLCondition(.open, clock: desk.clock)
    let plan = try desk.store.connection.all(
      "EXPLAIN QUERY PLAN SELECT key FROM tasks WHERE \(condition.sql)", read: { $0.text(3) })
    #expect(plan.joined().contains("USING INDEX"), "\(plan)")
  }

  // MARK: - By chance

  static func addAny(_ index: Int, _ desk: Desk, _ random: inout SeededGenerator) throws {
    desk.pass()
    let start = desk.now
    let key = try desk.add("word\(index % 7) item\(index)") { edits in
      if Bool.random(using: &random) { edits.setDue(moment(near: start, &random)) }
      if Int.random(in: 0..<4, using: &random) == 0 { edits.setWait(moment(near: start, &random)) }
      if Bool.random(using: &random) {
        try edits.setProject(
          ["home", "home.garden", "homely", "Home"].randomElement(using: &random))
      }
      if Bool.random(using: &random) {
        edits.setPriority(Priority.allCases.randomElement(using: &random))
      }
      for tag in ["a", "ab", "b"] where Bool.random(using: &random) { try edits.addTag(tag) }
    }
    switch Int.random(in: 0..<6, using: &random) {
    case 0: try desk.update(key) { $0.setCompleted(true) }
    case 1: try desk.delete(key)
    case 2: try desk.update(key) { try $0.removeTag("a") }
    default: break
    }
  }

  private static func moment(near instant: Instant, _ random: inout SeededGenerator) -> Moment {
    let at = instant.adding(
      milliseconds: Int64.random(in: -3...3, using: &random) * 43_200_000)
    return Bool.random(using: &random) ? .instant(at) : .date(zone.civil(of: at).date)
  }

  private static func filter(_ random: inout SeededGenerator, depth: Int) -> Filter {
    let few = { (random: inout SeededGenerator) in
      (0..<Int.random(in: 0..<3, using: &random)).map { _ in filter(&random, depth: depth - 1) }
    }
    let day = moment(near: Instant(milliseconds: 1_700_000_000_000), &random)
    let tests: [DueTest] = [
      .none, .any, .before(day.start(in: zone)), .after(day.deadline(in: zone)),
      .on(day.date(in: zone)),
    ]
    let test = tests.randomElement(using: &random) ?? .none
    switch Int.random(in: depth > 0 ? 0..<14 : 3..<14, using: &random) {
    case 0: return .all(few(&random))
    case 1: return .any(few(&random))
    case 2: return .not(filter(&random, depth: depth - 1))
    case 3: return .open
    case 4: return .completed
    case 5: return .deleted
    case 6: return .waiting
    case 7: return .project([nil, "home", "Home", "hom"].randomElement(using: &random) ?? nil)
    case 8: return .tag(["a", "ab", "c"].randomElement(using: &random) ?? "a")
    case 9: return .tagged
    case 10: return .priority([nil, "H", "L"].randomElement(using: &random) ?? nil)
    case 11: return .due(test)
    case 12: return .wait(test)
    default: return .text("word\(Int.random(in: 0..<8, using: &random))")
    }
  }

  /// The same filters, in words of this language.
  private static func holds(_ filter: Filter, _ task: TaskRecord, _ clock: Clock) -> Bool {
    switch filter {
    case .all(let filters): filters.allSatisfy { holds($0, task, clock) }
    case .any(let filters): filters.contains { holds($0, task, clock) }
    case .not(let filter): !holds(filter, task, clock)
    case .open: task.isOpen
    case .completed: task.isCompleted && !task.isDeleted
    case .deleted: task.isDeleted
    case .ticked: task.isCompleted
    case .waiting: task.isWaiting(at: clock)
    case .project(nil): task.project == nil
    case .project(let name?): task.project == name || task.project?.hasPrefix(name + ".") ?? false
    case .tag(let tag): task.tags.contains(tag)
    case .tagged: !task.tags.isEmpty
    case .priority(let priority): task.priority == priority
    case .due(let test): holds(test, task.due, clock.zone)
    case .wait(let test): holds(test, task.wait, clock.zone)
    case .updated(let since): task.updatedAt >= since
    case .text(let word): task.title?.split(separator: " ").contains { $0.hasPrefix(word) } ?? false
    }
  }

  private static func holds(_ test: DueTest, _ moment: Moment?, _ zone: Zone) -> Bool {
    guard let moment else { return test == .none }
    return switch test {
    case .none: false
    case .any: true
    case .on(let date): moment.date(in: zone) == date
    case .before(let instant): moment.deadline(in: zone) < instant
    case .after(let instant): moment.deadline(in: zone) > instant
    }
  }
}
