import TasksFormat
import TasksModel

/// A change as the database keeps it.
struct ChangeRow {
  let id: String
  let device: String
  let name: String
  let sequence: Int
  let note: String?
  let first: Int64
  let count: Int64
  let deviceKey: Int64

  /// The columns that are read, from `changes` and `devices`.
  static let columns =
    "changes.id, devices.id, changes.name, seq, note, first, count, devices.key"

  init(_ row: Row) {
    id = row.text(0)
    device = row.text(1)
    name = row.text(2)
    sequence = Int(row.integer(3))
    note = row.optionalText(4)
    first = row.integer(5)
    count = row.integer(6)
    deviceKey = row.integer(7)
  }
}

/// Changes made anew from what the database knows of them.
///
/// It does not keep lines, but all that is in those which this program writes. If the line made of it has the change's id,
/// it is the line.
extension Connection {
  /// The change as it was sealed; nil if that does not follow from what is here.
  func restore(_ row: ChangeRow) throws -> SealedChange? {
    guard let device = DeviceID(row.device) else { return nil }
    let operations = try all(
      """
      SELECT id, kind, at, clock, fields, over FROM operations JOIN tasks ON tasks.key = task
      WHERE operations.key >= ? AND operations.key < ? ORDER BY operations.key
      """, .integer(row.first), .integer(row.first + row.count)
    ) { found in
      (
        operation: Operation(
          task: TaskID(stored: found.text(0)), kind: found.text(1),
          at: Instant(milliseconds: found.integer(2)),
          clock: found.optionalInteger(3).map { Instant(milliseconds: $0) }, over: [],
          fields: JSON(canonicalText: found.text(4)).objectValue ?? []),
        over: JSON(canonicalText: found.text(5)).arrayValue ?? []
      )
    }
    guard operations.count == Int(row.count) else { return nil }
    let named = try operations.map { found in
      Operation(
        task: found.operation.task, kind: found.operation.kind, at: found.operation.at,
        clock: found.operation.clock, over: try found.over.compactMap { try dot($0, row) },
        fields: found.operation.fields)
    }
    // The store does not say which of several changes came before.
    for previous in try candidates(before: row) {
      let change = Change(
        device: device, name: row.name, sequence: row.sequence, previous: previous,
        note: row.note, operations: named)
      if let sealed = try? SealedChange(sealing: change),
        UTF8Order.areEqual(sealed.id.text, row.id)
      {
        return sealed
      }
    }
    return nil
  }

  private func dot(_ element: JSON, _ row: ChangeRow) throws -> Dot? {
    guard case .integer(let key) = element else { return element.stringValue.flatMap(Dot.init) }
    if key >= row.first, key < row.first + row.count {
      return Dot(prefix: nil, index: Int(key - row.first))
    }
    return try dot(of: key)
  }

  private func candidates(before row: ChangeRow) throws -> [ChangeID?] {
    guard row.sequence > 1 else { return [nil] }
    let held = try all(
      "SELECT id FROM changes WHERE device = ? AND seq = ?", .integer(row.deviceKey),
      .integer(Int64(row.sequence - 1)), read: { ChangeID(trusted: $0.text(0)) })
    let absent = try all(
      "SELECT id FROM absent WHERE device = ? AND seq = ?", .integer(row.deviceKey),
      .integer(Int64(row.sequence - 1)), read: { ChangeID(trusted: $0.text(0)) })
    return held + absent
  }
}
