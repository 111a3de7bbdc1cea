package import TasksModel

/// A format in which tasks are given to other programs, and got from them.
package enum ExchangeFormat: String, CaseIterable, Sendable {
  /// What `task export` writes and `task import` reads.
  case taskwarrior
  /// http://todotxt.org
  case todoTxt = "todo.txt"
  /// iCalendar's VTODO (RFC 5545).
  case ics
  /// A table (RFC 4180).
  case csv
  /// What `--jsonl` prints: an object a line.
  case jsonLines = "jsonl"
}

/// What a reader must know beside the bytes.
package struct ForeignFile: Sendable {
  package let bytes: [UInt8]
  /// Where midnight is.
  package let zone: Zone
  /// When it was last written: the latest that what it does not date can be of.
  package let modifiedAt: Instant
  /// The zone of a name such as `Europe/Berlin`; nil if there is none.
  package let zoneNamed: @Sendable (String) -> Zone?
  /// The most bytes of a record.
  package let longestRecord: Int

  package init(
    _ bytes: [UInt8], zone: Zone, modifiedAt: Instant,
    longestRecord: Int = ChangeLimits.bytes / 2,
    zoneNamed: @escaping @Sendable (String) -> Zone? = { _ in nil }
  ) {
    self.bytes = bytes
    self.zone = zone
    self.modifiedAt = modifiedAt
    self.longestRecord = longestRecord
    self.zoneNamed = zoneNamed
  }

  /// Where the text begins: behind a byte order mark.
  var start: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }
}

/// What a reader found at a line: a task, or why there is none.
package struct ForeignRecord: Sendable {
  /// From 1.
  package let line: Int
  /// How far the reader has got, in bytes.
  package let offset: Int
  package let result: Result<ForeignTask, RefusedRecord>

  init(_ line: Int, _ offset: Int, _ task: () throws(RefusedRecord) -> ForeignTask) {
    self.line = line
    self.offset = offset
    do throws(RefusedRecord) {
      result = .success(try task())
    } catch {
      result = .failure(error)
    }
  }
}

extension ExchangeFormat {
  /// Calls `each` for every record of a file, one after the other.
  package func read(
    _ file: ForeignFile, _ each: (ForeignRecord) throws -> Void
  ) throws {
    switch self {
    case .taskwarrior:
      try JSONRecords.read(file, each) { value throws(RefusedRecord) in
        try Taskwarrior.task(from: value, zone: file.zone)
      }
    case .jsonLines:
      try JSONRecords.read(file, each) { value throws(RefusedRecord) in
        try JSONLines.task(from: value, modifiedAt: file.modifiedAt)
      }
    case .todoTxt: try TodoTxt.read(file, each)
    case .ics: try ICalendar.read(file, each)
    case .csv: try CSVTasks.read(file, each)
    }
  }
}

/// The records of a file that is one JSON array, or has an object a line.
enum JSONRecords {
  static func read(
    _ file: ForeignFile, _ each: (ForeignRecord) throws -> Void,
    _ task: (JSON) throws(RefusedRecord) -> ForeignTask
  ) throws {
    let elements = JSONElements(file.bytes)
    let limits = JSONLimits(maximumDepth: 24, maximumBytes: file.longestRecord)
    for element in elements {
      try each(
        ForeignRecord(element.line, element.range.upperBound) { () throws(RefusedRecord) in
          let value: JSON
          do throws(JSONError) {
            value = try elements.value(of: element, limits: limits)
          } catch {
            throw .notJSON(error.kind)
          }
          return try task(value)
        })
    }
  }
}
