import TasksFormat
import TasksModel

/// The changes that an old database holds and the files do not.
///
/// The database does not keep lines, but all that is in those which this program writes. If the line made of it has
/// the change's id, it is the line.
struct LostChanges {
  let old: Connection
  let new: Connection

  /// The changes, each nil if it could not be restored.
  var changes: [SealedChange?] {
    var lost: [Row] = []
    try? old.each(
      """
      SELECT changes.id, devices.id, changes.name, seq, note, first, count, devices.key
      FROM changes JOIN devices ON devices.key = device WHERE v = 1 ORDER BY changes.key
      """
    ) { row in
      lost.append(
        Row(
          id: row.text(0), device: row.text(1), name: row.text(2), sequence: Int(row.integer(3)),
          note: row.optionalText(4), first: row.integer(5), count: row.integer(6),
          deviceKey: row.integer(7)))
    }
    return lost.filter { !isHeld($0.id) }.map { try? restore($0) }
  }

  private struct Row {
    let id: String
    let device: String
    let name: String
    let sequence: Int
    let note: String?
    let first: Int64
    let count: Int64
    let deviceKey: Int64
  }

  private func isHeld(_ id: String) -> Bool {
    ChangeID(id).flatMap { try? new.key(of: $0) } != nil
  }

  private func restore(_ row: Row) throws -> SealedChange? {
    guard let device = DeviceID(row.device) else { return nil }
    let operations = try old.all(
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

  private func dot(_ element: JSON, _ row: Row) throws -> Dot? {
    guard case .integer(let key) = element else { return element.stringValue.flatMap(Dot.init) }
    if key >= row.first, key < row.first + row.count {
      return Dot(prefix: nil, index: Int(key - row.first))
    }
    return try old.dot(of: key)
  }

  private func candidates(before row: Row) throws -> [ChangeID?] {
    guard row.sequence > 1 else { return [nil] }
    let held = try old.all(
      "SELECT id FROM changes WHERE device = ? AND seq = ?", .integer(row.deviceKey),
      .integer(Int64(row.sequence - 1)), read: { ChangeID(trusted: $0.text(0)) })
    let absent = try old.all(
      "SELECT id FROM absent WHERE device = ? AND seq = ?", .integer(row.deviceKey),
      .integer(Int64(row.sequence - 1)), read: { ChangeID(trusted: $0.text(0)) })
    return held + absent
  }
}
