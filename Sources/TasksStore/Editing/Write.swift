import TasksModel

/// A write that counts: what one operation gave one field of one task, and no operation held here replaces.
struct Write {
  let operation: Int64
  let at: Instant
  /// The value as JSON text, as the store keeps it.
  let value: String
  let wins: Bool

  /// Reads the columns `operation, at, value, wins`.
  init(_ row: Row) { self.init(row, from: 0) }

  /// Reads them from that column on.
  init(_ row: Row, from column: Int32) {
    operation = row.integer(column)
    at = Instant(milliseconds: row.integer(column + 1))
    value = row.text(column + 2)
    wins = row.bool(column + 3)
  }

  /// Whether it gave the field this value, byte for byte.
  func gave(_ text: String) -> Bool { UTF8Order.areEqual(value, text) }
}

extension Connection {
  /// The current writes of one field, the winner first.
  func writes(of field: Field, task: Int64) throws(StoreError) -> [Write] {
    // The table is in the order of the operations.
    var writes = try all(
      "SELECT operation, at, value, wins FROM writes WHERE task = ? AND field = ?",
      .integer(task), .text(field.name), read: Write.init)
    if let place = writes.firstIndex(where: \.wins), place > 0 {
      writes.insert(writes.remove(at: place), at: 0)
    }
    return writes
  }

  /// The rows of one field's writes.
  func storedWrites(
    of field: Field, task: Int64
  ) throws(StoreError) -> [TaskState.StoredWrite] {
    try all(
      "SELECT operation, wins FROM writes WHERE task = ? AND field = ?",
      .integer(task), .text(field.name),
      read: { TaskState.StoredWrite(operation: $0.integer(0), wins: $0.bool(1)) })
  }

  /// The current writes of one field, with what decides between those of one time.
  func stampedWrites(
    of field: Field, task: Int64, own: DeviceID
  ) throws(StoreError) -> [Register.Write] {
    try all(
      """
      SELECT operation, value, writes.at, devices.id, changes.id, operation - changes.first
      FROM writes JOIN operations ON operations.key = operation
      LEFT JOIN changes ON changes.key = operations.change
      LEFT JOIN devices ON devices.key = changes.device
      WHERE writes.task = ? AND field = ?
      """,
      .integer(task), .text(field.name)
    ) { row in
      let key = row.integer(0)
      return Register.Write(
        name: key, stamp: row.stamp(2, operation: key, own: own), value: row.text(1))
    }
  }
}
