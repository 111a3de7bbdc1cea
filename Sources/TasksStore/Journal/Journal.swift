import TasksFormat
import TasksModel

/// The name of an open conflict: the same on every device that holds the same changes.
///
/// It is the start of a hash of the task, the field, and the time, device and value of every write that counts.
enum ConflictID {
  /// How many hexadecimal digits it has.
  static let length = 16

  static func text(of register: Register, field: Field, task: String) -> String {
    let writes = register.writes.sorted {
      if $0.stamp.at != $1.stamp.at { return $0.stamp.at < $1.stamp.at }
      if $0.stamp.device != $1.stamp.device { return $0.stamp.device < $1.stamp.device }
      return UTF8Order.isLess($0.value, $1.value)
    }
    let sides = writes.map { write -> JSON in
      [
        .integer(write.stamp.at.milliseconds), .string(write.stamp.device.text),
        .string(write.value),
      ]
    }
    let whole: JSON = [.string(task), .string(field.name), .array(sides)]
    let digest = Digest(of: JSONWriter.bytes(whole, style: .canonical))
    return String(digest.text.prefix(length))
  }
}

extension Connection {
  /// Brings the journal up to date with what a field has come to; returns the conflict's id if it is a new one.
  func note(
    _ register: Register, of field: Field, task: (key: Int64, id: String), at now: Instant
  ) throws(StoreError) -> String? {
    let id =
      register.isInConflict ? ConflictID.text(of: register, field: field, task: task.id) : nil
    try run(
      """
      UPDATE conflicts SET ended_at = ?, ended_by = ?
      WHERE task = ? AND field = ? AND ended_at IS NULL AND id IS NOT ?
      """,
      .integer(now.milliseconds),
      id == nil ? register.winner.map { .integer($0.name) } ?? .null : .null,
      .integer(task.key), .text(field.name), SQLValue(id))
    guard let id else { return nil }
    let isOpen = try first(
      "SELECT 1 FROM conflicts WHERE id = ? AND ended_at IS NULL", .text(id), read: { _ in true })
    guard isOpen == nil else { return nil }
    let sides = register.writes.map { String($0.name) }.joined(separator: ",")
    try run(
      """
      INSERT INTO conflicts (id, task, field, sides, found_at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET ended_at = NULL, ended_by = NULL, sides = excluded.sides
      """,
      .text(id), .integer(task.key), .text(field.name), .text("[\(sides)]"),
      .integer(now.milliseconds))
    return id
  }
}
