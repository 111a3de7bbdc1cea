import TasksModel

/// Everything that is held about one task, and what the rule of merging makes of it from the beginning.
///
/// What the store keeps beside its operations is this, worked out step by step.
struct History {
  /// An operation as it is held.
  struct Entry {
    let key: Int64
    let stamp: Stamp
    let written: [Field: JSON]
    /// The operations held that it names as replaced.
    let over: Set<Int64>
    /// Those that are not held.
    let unknown: [Dot]
  }

  let entries: [Entry]

  /// What the fields come to.
  var registers: [Field: Register] {
    var registers: [Field: Register] = [:]
    var replacing: [Int64: [Entry]] = [:]
    for entry in entries {
      for key in entry.over { replacing[key, default: []].append(entry) }
      let replaced = Self.fields(of: entry.written, in: (replacing[entry.key] ?? []).map(\.written))
      for (field, value) in entry.written {
        registers[field, default: Register()].take(
          Register.Write(name: entry.key, stamp: entry.stamp, value: value.canonicalText),
          replacing: entry.over, isReplaced: replaced.contains(field))
      }
    }
    return registers
  }

  /// Which of the fields that an operation writes others write too.
  static func fields(of written: [Field: JSON], in others: [[Field: JSON]]) -> Set<Field> {
    var found: Set<Field> = []
    for other in others {
      // Somebody may have made either of them as long as can be.
      let (few, many) = written.count < other.count ? (written, other) : (other, written)
      for field in few.keys where many[field] != nil { found.insert(field) }
    }
    return found
  }

  /// When the first of them was made.
  var earliest: Instant? { entries.map(\.stamp.at).min() }
}

extension Connection {
  /// Reads all operations on a task.
  func history(of task: Int64, own: DeviceID) throws(StoreError) -> History {
    let rows = try all(
      """
      SELECT operations.key, kind, fields, over, operations.at, devices.id, changes.id,
        operations.key - first
      FROM operations LEFT JOIN changes ON changes.key = change
      LEFT JOIN devices ON devices.key = device
      WHERE task = ? ORDER BY operations.key
      """, .integer(task)
    ) { row -> (entry: History.Entry, over: JSON) in
      let key = row.integer(0)
      return (
        History.Entry(
          key: key, stamp: row.stamp(4, operation: key, own: own),
          written: WrittenFields.of(row.text(1), row.text(2)), over: [], unknown: []),
        JSON(canonicalText: row.text(3))
      )
    }
    var entries: [History.Entry] = []
    for (entry, over) in rows {
      let replaced = try replaced(by: over)
      entries.append(
        History.Entry(
          key: entry.key, stamp: entry.stamp, written: entry.written, over: replaced.held,
          unknown: replaced.unknown))
    }
    return History(entries: entries)
  }

  /// The operations that one replaces, as the store keeps it: those held, and the names of the others.
  ///
  /// What had not arrived when this was written down may be here now; and a name that begins like another's stands
  /// for both.
  func replaced(by over: JSON) throws(StoreError) -> (held: Set<Int64>, unknown: [Dot]) {
    var held: Set<Int64> = []
    var unknown: [Dot] = []
    for element in over.arrayValue ?? [] {
      if let key = element.integerValue {
        held.insert(key)
        held.formUnion(try namesakes(of: key))
      } else if let dot = element.stringValue.flatMap(Dot.init) {
        let keys = try operations(named: dot)
        held.formUnion(keys)
        if keys.isEmpty { unknown.append(dot) }
      }
    }
    return (held, unknown)
  }

  /// The operations that a name from elsewhere means; none if it has not arrived.
  func operations(named dot: Dot) throws(StoreError) -> [Int64] {
    try all(
      "SELECT first FROM changes WHERE short = ? AND count > ?",
      .text(dot.change ?? ""), .integer(Int64(dot.index)),
      read: { $0.integer(0) + Int64(dot.index) })
  }

  /// The other operations that have the name of this one, if somebody made two changes whose names begin alike.
  private func namesakes(of key: Int64) throws(StoreError) -> [Int64] {
    try all(
      """
      SELECT other.first + operations.key - mine.first FROM operations
      JOIN changes AS mine ON mine.key = change
      JOIN changes AS other ON other.short = mine.short
        AND other.key <> mine.key AND operations.key - mine.first < other.count
      WHERE operations.key = ?
      """, .integer(key), read: { $0.integer(0) })
  }
}
