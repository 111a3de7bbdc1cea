import TasksExchange
import TasksModel
import Testing

@Suite struct TodoTxtTests {
  private let saved = Instant(iso: "2026-11-21T12:00:00Z") ?? Instant(milliseconds: 0)

  private func read(_ text: String) throws -> [ForeignRecord] {
    var records: [ForeignRecord] = []
    let file = ForeignFile(Array(text.utf8), zone: .utc, modifiedAt: saved)
    try ExchangeFormat.todoTxt.read(file) { records.append($0) }
    return records
  }

  private func one(_ line: String) throws -> ForeignTask {
    try #require(try read(line).first).result.get()
  }

  @Test(
    arguments: [
      ("Buy milk", Field.title, "Buy milk"),
      ("(A) Buy milk", .priority, "H"), ("(B) Buy milk", .priority, "M"),
      ("(C) 2026-01-01 Buy milk", .priority, "L"), ("x 2026-01-02 Buy milk pri:A", .priority, "H"),
      ("(D) Buy milk", Field("todotxt:priority"), "D"),
      ("Buy +shop milk +home", .project, "shop"), ("Buy +shop milk +home", .tag("home"), true),
      ("Buy @phone milk", .tag("@phone"), true), ("Buy @phone milk", .title, "Buy milk"),
      ("Buy milk due:2026-12-24", .due, "2026-12-24"),
      ("Buy milk t:2026-12-01", .wait, "2026-12-01"),
      ("Buy milk due:soon", Field("todotxt.due"), "soon"),
      ("Buy milk rec:+1w", Field("todotxt.rec"), "+1w"),
      ("See http://a.example/b", .title, "See http://a.example/b"),
      ("Meet 12:30 at Ann's: now", .title, "Meet 12:30 at Ann's: now"),
      ("x Buy milk", .completed, true), ("xylophone", .title, "xylophone"),
      ("X Buy milk", .title, "X Buy milk"), ("(a) Buy milk", .title, "(a) Buy milk"),
      ("(A)Buy milk", .title, "(A)Buy milk"), ("+shop @home", .title, "+shop @home"),
      ("Buy @phone milk", Field("todotxt:text"), "Buy @phone milk"),
    ] as [(String, Field, JSON)])
  func everyPartOfALineFindsItsField(line: String, field: Field, value: JSON) throws {
    #expect(try one(line).edits.values[field] == value)
  }

  @Test func datesAreThoseOfTheLineOrNone() throws {
    let both = try one("x 2026-11-03 2026-11-01 Buy milk")
    #expect(both.createdAt == Instant(iso: "2026-11-01T00:00:00Z"))
    #expect(both.closedAt == Instant(iso: "2026-11-03T23:59:59.999Z"))
    let today = try one("x 2026-11-21 Buy milk")
    #expect(today.closedAt == saved, "not later than the file")
    #expect(today.edits.values[Field("todotxt:not_created")] == true)
    #expect(today.edits.values[Field("todotxt:not_completed")] == nil)
    #expect(try one("2026-11-01 Buy milk").edits.values.keys.sorted() == [.title])
  }

  @Test func aLineKeepsItsNameWhenItIsTickedOff() throws {
    let open = try one("(A) 2026-11-01 Buy milk +shop")
    #expect(try one("x 2026-11-21 2026-11-01 Buy milk +shop pri:A").id == open.id)
    #expect(try one("Buy milk +shop").id == open.id)
    #expect(try one("Buy bread +shop").id != open.id)
    let ids = try read("Buy milk\nBuy milk\nx Buy milk\n").map { try $0.result.get().id }
    #expect(Set(ids).count == 3)
  }

  /// What was read is written as it stood, down to the blanks.
  @Test(
    arguments: [
      "(A) 2026-01-02 Call mom +family @phone due:2026-12-01", "Plain thing",
      "x 2026-11-20 2026-11-01 Done thing +a +b pri:B rec:+1w", "x undated",
      "(F)   weird  spaces +x in the middle due:2026-12-24 of words", "@a first +b then words",
      "http://example.com re:zero re:two Note: x:", "x 2026-11-20 only completed",
      "title:x project:y",
    ])
  func aPlainExportIsTheFileItCameFrom(line: String) throws {
    let task = try one(line)
    var record = TaskRecord(id: task.id, createdAt: task.createdAt, updatedAt: task.modifiedAt)
    record.completedAt = task.closedAt
    for (field, value) in task.edits.values.sorted(by: { $0.key < $1.key }) {
      switch field {
      case .title: record.title = value.stringValue
      case .project: record.project = value.stringValue
      case .priority: record.priority = value.stringValue
      case .completed: record.isCompleted = true
      case .due: record.due = value.stringValue.flatMap(Moment.init(text:))
      default:
        if let tag = field.tag {
          record.tags.append(tag)
        } else {
          record.otherFields.append(.init(field.name, value))
        }
      }
    }
    var writer = TaskWriter(.todoTxt, clock: Clock(now: saved, zone: .utc), isPlain: true)
    var bytes: [UInt8] = []
    writer.append(record, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == line + "\n")
    // With the keys, and read again, it is the same task.
    var named = TaskWriter(.todoTxt, clock: Clock(now: saved, zone: .utc))
    bytes = []
    named.append(record, to: &bytes)
    let again = try one(String(decoding: bytes, as: UTF8.self))
    #expect(again.id == task.id)
    var values = task.edits.values
    // Words that mean something else beside the keys cannot stand there as they did.
    if line.hasPrefix("title:") { values[Field("todotxt:text")] = nil }
    #expect(again.edits.values == values)
  }

  @Test func badLinesAreNamedAndTheRestGoesOn() throws {
    var records: [ForeignRecord] = []
    let bytes = Array("one\n\n".utf8) + [0xFF, 0x0A] + Array("three\0\r\nfour\r\n".utf8)
    let file = ForeignFile(bytes, zone: .utc, modifiedAt: saved)
    try ExchangeFormat.todoTxt.read(file) { records.append($0) }
    #expect(records.map(\.line) == [1, 3, 4, 5])
    let results = records.map { record in
      if case .failure(let reason) = record.result { reason } else { nil as RefusedRecord? }
    }
    #expect(results == [nil, .notText, .notText, nil])
  }
}
