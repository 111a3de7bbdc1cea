import TasksExchange
import TasksModel
import TestSupport
import Testing

/// What is exported can be imported again, in every format that can carry it.
@Suite struct RoundTripTests {
  private static let seeds = UInt64(1)...400

  /// What an import finds in what an export has written.
  static func read(_ bytes: [UInt8], as format: ExchangeFormat) throws -> [ForeignRecord] {
    var records: [ForeignRecord] = []
    let file = ForeignFile(bytes, zone: RandomTask.zone, modifiedAt: RandomTask.now)
    try format.read(file) { records.append($0) }
    return records
  }

  static func write(
    _ tasks: [TaskRecord], as format: ExchangeFormat, isPlain: Bool = false
  ) -> (bytes: [UInt8], omissions: Omissions) {
    var writer = TaskWriter(format, clock: RandomTask.clock, isPlain: isPlain)
    var bytes: [UInt8] = []
    writer.begin(&bytes)
    for task in tasks { writer.append(task, to: &bytes) }
    writer.end(&bytes)
    return (bytes, writer.omissions)
  }

  /// The fields that an import of a task must set.
  private static func fields(_ task: TaskRecord, as format: ExchangeFormat) -> [Field: JSON] {
    var edits = Edits()
    edits.set(.title, to: task.title.map(JSON.string) ?? .null)
    if format != .todoTxt {
      if let text = task.description { edits.set(.description, to: .string(text)) }
      for note in task.notes { edits.set(.note(note.id), to: note.value) }
    }
    if let text = task.project { edits.set(.project, to: .string(text)) }
    if let text = task.priority { edits.set(.priority, to: .string(text)) }
    if let due = task.due { edits.setDue(due) }
    if let wait = task.wait { edits.setWait(wait) }
    for tag in task.tags { edits.set(.tag(tag), to: true) }
    if task.isCompleted { edits.setCompleted(true) }
    for member in task.otherFields where format != .todoTxt || member.key.hasPrefix("todotxt.") {
      edits.set(Field(member.key), to: member.value)
    }
    return edits.values
  }

  @Test(arguments: ExchangeFormat.allCases)
  func whatIsExportedComesBack(format: ExchangeFormat) throws {
    for seed in Self.seeds {
      var generator = SeededGenerator(seed: seed)
      let tasks = (0..<3).map { _ in RandomTask.make(using: &generator) }
      let records = try Self.read(Self.write(tasks, as: format).bytes, as: format)
      try #require(records.count == tasks.count, "seed \(seed)")
      for (record, task) in zip(records, tasks) {
        let read = try record.result.get()
        #expect(read.id == task.id, "seed \(seed)")
        let values = read.edits.values
        let expected = Self.fields(task, as: format)
        for field in Set(values.keys).union(expected.keys).sorted() {
          #expect(
            values[field] == expected[field], "seed \(seed): \(field.name) of \(task.title ?? "")")
        }
        guard format != .todoTxt else {
          let day = { (instant: Instant) in RandomTask.zone.civil(of: instant).date }
          if let completed = task.completedAt {
            #expect(read.closedAt.map(day) == day(completed), "seed \(seed)")
          }
          #expect(day(read.createdAt) == day(task.createdAt), "seed \(seed)")
          #expect(read.dating == .undated(since: task.updatedAt), "seed \(seed)")
          continue
        }
        #expect(read.createdAt == task.createdAt, "seed \(seed)")
        #expect(read.closedAt == task.completedAt, "seed \(seed)")
        if format == .csv {
          #expect(read.dating == .undated(since: task.updatedAt), "seed \(seed)")
        } else {
          #expect(read.modifiedAt == task.updatedAt, "seed \(seed)")
        }
      }
    }
  }

  @Test(arguments: ExchangeFormat.allCases)
  func itIsKnownForWhatItIs(format: ExchangeFormat) throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<50 {
      let bytes = Self.write([RandomTask.make(using: &generator)], as: format).bytes
      #expect(ExchangeFormat.guess(from: bytes) == format)
      #expect(ExchangeFormat.guess(from: [0xEF, 0xBB, 0xBF] + bytes) == format)
    }
  }

  /// Reading ends, and does not crash, whatever the bytes are.
  @Test(arguments: ExchangeFormat.allCases)
  func damagedBytesAreReadToTheEnd(format: ExchangeFormat) throws {
    for seed in UInt64(1)...1500 {
      var generator = SeededGenerator(seed: seed)
      var bytes = Self.write([RandomTask.make(using: &generator)], as: format).bytes
      for _ in 0..<Int.random(in: 1...12, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        case 2:
          bytes.insert(
            Array("\n\r\t \":;,\\{}[]=x(".utf8).randomElement(using: &generator) ?? 0, at: place)
        default: bytes.removeSubrange(place..<min(place + 9, bytes.count))
        }
        if bytes.isEmpty { bytes = [0x0A] }
      }
      _ = ExchangeFormat.guess(from: bytes)
      for record in try Self.read(bytes, as: format) {
        guard case .success(let task) = record.result else { continue }
        #expect(Instant.validRange.contains(task.modifiedAt), "seed \(seed)")
        #expect(Instant.validRange.contains(task.createdAt), "seed \(seed)")
      }
    }
  }

  /// Lines that are folded as RFC 5545 wants it.
  @Test func noLineOfACalendarIsTooLongOrCutsACharacter() throws {
    for seed in Self.seeds {
      var generator = SeededGenerator(seed: seed)
      let bytes = Self.write([RandomTask.make(using: &generator)], as: .ics).bytes
      #expect(bytes.suffix(2) == [0x0D, 0x0A])
      for line in bytes.split(separator: 0x0A) {
        #expect(line.last == 0x0D && line.count <= 76, "seed \(seed)")
        #expect(String(validating: line, as: UTF8.self) != nil, "seed \(seed)")
      }
    }
  }
}
