import TasksExchange
import TasksModel
import TestSupport

/// Tasks with texts that formats could stumble over.
enum RandomTask {
  static let now = Instant(milliseconds: 1_790_000_000_000)
  static let zone = Zone.fixed(2 * 3600)
  static let clock = Clock(now: now, zone: zone)

  private static let pieces = [
    "milk", "x", "(A)", "(B)", "+garden", "@home", "+1", "@", "+", "due:2026-01-01", "due:soon",
    "t:x",
    "a:b", "uid:1", "rev:2", "title:%41", "project:none", "http://a.example/b?c=d", "2026-02-03",
    "BEGIN:VTODO", "END:VTODO", "\"", "\"\"", ",", ";", "\\", "\\n", "\\,", "=1+1", "ünïcödé",
    "日本語",
    "👨‍👩‍👧", "e\u{301}", "[b]", "{\"a\":1}", "%20", "&open;", "pri:A", "Note:", "none",
    String(repeating: "long ", count: 30),
  ]

  static func text(_ most: Int, using generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...most, using: &generator)).map { _ in
      pieces.randomElement(using: &generator) ?? "x"
    }.joined(separator: " ").trimmingWhitespace()
  }

  private static func paragraph(using generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...4, using: &generator)).map { _ in text(6, using: &generator) }
      .joined(separator: ["\n", "\n\n", "\n \n\t"].randomElement(using: &generator) ?? "\n")
  }

  /// Times are in whole seconds, which all formats have.
  static func instant(using generator: inout SeededGenerator) -> Instant {
    Instant(seconds: Int64.random(in: 1_600_000_000...1_780_000_000, using: &generator))
  }

  private static func moment(using generator: inout SeededGenerator) -> Moment {
    // Midnight would be a date to Taskwarrior.
    let instant = Instant(seconds: instant(using: &generator).seconds / 86_400 * 86_400 + 3661)
    return Bool.random(using: &generator)
      ? .instant(instant) : .date(zone.civil(of: instant).date)
  }

  static func make(using generator: inout SeededGenerator) -> TaskRecord {
    let created = instant(using: &generator)
    let updated = created.adding(milliseconds: 86_400_000)
    var id: [UInt8] = []
    for _ in 0..<4 { id += TaskIDBytes.hex(UInt32.random(in: 0 ... .max, using: &generator)) }
    let digits = String(decoding: id, as: UTF8.self)
    let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { range in
      String(digits.utf8.dropFirst(range.lowerBound).prefix(range.count)) ?? ""
    }
    var task = TaskRecord(
      id: TaskID(parts.joined(separator: "-")) ?? .random(), createdAt: created,
      updatedAt: updated)
    task.title = text(8, using: &generator)
    func maybe() -> Bool { Bool.random(using: &generator) }
    if maybe() { task.description = paragraph(using: &generator) }
    if maybe() { task.project = text(2, using: &generator) }
    if maybe() {
      task.priority = ["H", "M", "L", "X", "very high"].randomElement(using: &generator)
    }
    if maybe() { task.due = moment(using: &generator) }
    if maybe() { task.wait = moment(using: &generator) }
    if maybe() {
      let words = (0..<3).map { _ in text(1, using: &generator) }
      task.tags = Set(words.filter { !$0.contains(" ") }).sorted()
    }
    if maybe() {
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        task.notes.append(Note(at: instant(using: &generator), text: text(4, using: &generator)))
      }
      task.notes.sort { ($0.at, $0.id) < ($1.at, $1.id) }
    }
    if maybe() {
      task.isCompleted = true
      task.completedAt = created.adding(milliseconds: 3_600_000)
    }
    if maybe() {
      task.otherFields = [
        .init("estimate", "2h"), .init("points", .integer(3)), .init("odd name", .array([1, "x"])),
        .init("depends:3f2a9c1e-6f2b-4f0e-9a53-0242ac120009", true),
        .init("taskwarrior.title", "theirs"), .init("ics.RRULE", "FREQ=WEEKLY"),
        .init("ics.X-ODD", .array([";P=\"a:b\":1", "2"])),
        .init("ics.components", .array(["BEGIN:VALARM", "ACTION:AUDIO", "END:VALARM"])),
        .init("todotxt.rec", "+1w"), .init("nested", .object([.init("k", nil)])),
      ].filter { _ in Bool.random(using: &generator) }
      task.otherFields.sort { UTF8Order.isLess($0.key, $1.key) }
    }
    return task
  }
}

enum TaskIDBytes {
  static func hex(_ number: UInt32) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return (0..<8).map { digits[Int(number >> UInt32(28 - 4 * $0) & 15)] }
  }
}
