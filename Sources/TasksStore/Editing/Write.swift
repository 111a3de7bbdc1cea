import TasksModel

/// A write that counts: what one operation gave one field of one task, and no operation held here replaces.
struct Write {
  let operation: Int64
  let at: Instant
  /// The value as JSON text, as the store keeps it.
  let value: String
  let wins: Bool

  /// Reads the columns `operation, at, value, wins`.
  init(_ row: Row) {
    operation = row.integer(0)
    at = Instant(milliseconds: row.integer(1))
    value = row.text(2)
    wins = row.bool(3)
  }

  /// Whether it gave the field this value, byte for byte.
  func gave(_ text: String) -> Bool { UTF8Order.areEqual(value, text) }
}

extension Connection {
  /// The current writes of one field, the winner first.
  func writes(of field: Field, task: Int64) throws(StoreError) -> [Write] {
    try all(
      """
      SELECT operation, at, value, wins FROM writes
      WHERE task = ? AND field = ? ORDER BY wins DESC, operation
      """,
      .integer(task), .text(field.name), read: Write.init)
  }
}
