import TasksModel

/// An operation as the store holds it, to find out what it replaced.
struct PastOperation {
  let task: Int64
  let taskID: TaskID
  let kind: String
  let stamp: Stamp
  let clock: Instant?
  let deviceName: String?
  let written: [Field: JSON]
  /// Whether it says itself whether the task is deleted.
  let saysDeletion: Bool
  let over: JSON

  /// Reads the columns that `Connection.pastOperation` asks for.
  init(_ row: Row, key: Int64, own: DeviceID) {
    task = row.integer(0)
    taskID = TaskID(stored: row.text(1))
    kind = row.text(2)
    clock = row.optionalInteger(3).map { Instant(milliseconds: $0) }
    let fields = row.text(4)
    over = JSON(canonicalText: row.text(5))
    deviceName = row.optionalText(6).flatMap { $0.isEmpty ? nil : $0 }
    stamp = row.stamp(7, operation: key, own: own)
    written = WrittenFields.of(kind, fields)
    saysDeletion = JSON(canonicalText: fields)[Field.isDeleted.name] != nil
  }
}

extension Connection {
  func pastOperation(_ key: Int64, own: DeviceID) throws(StoreError) -> PastOperation? {
    try first(
      """
      SELECT task, tasks.id, kind, clock, fields, over, devices.name,
        operations.at, devices.id, changes.id, operations.key - first
      FROM operations JOIN tasks ON tasks.key = task
      LEFT JOIN changes ON changes.key = change LEFT JOIN devices ON devices.key = device
      WHERE operations.key = ?
      """, .integer(key), read: { PastOperation($0, key: key, own: own) })
  }

  /// The keys of a change's operations, in their order.
  func keys(of change: LoggedChange) throws(StoreError) -> [Int64] {
    try all(
      "SELECT key FROM operations WHERE key >= ? AND key < ? AND change = ? ORDER BY key",
      .integer(change.first), .integer(change.first + Int64(change.count)), .integer(change.key),
      read: { $0.integer(0) })
  }

  /// What the fields were that an operation wrote: the values that it replaced, of several the greatest.
  ///
  /// A field whose former value has not arrived is not there; one that had none is what no write comes to.
  func replacedValues(
    of operation: PastOperation, own: DeviceID
  ) throws(StoreError) -> [Field: JSON] {
    let over = try replaced(by: operation.over)
    var latest: [Field: (stamp: Stamp, value: JSON)] = [:]
    for key in over.held {
      guard let before = try pastOperation(key, own: own),
        before.task == operation.task
      else { continue }
      for (field, value) in before.written where operation.written[field] != nil {
        if let known = latest[field], known.stamp > before.stamp { continue }
        latest[field] = (before.stamp, value)
      }
    }
    var values = latest.mapValues(\.value)
    guard over.unknown.isEmpty else { return values }
    for field in operation.written.keys where values[field] == nil {
      values[field] = field.absentValue
    }
    return values
  }

  func logged(
    _ operation: PastOperation, own: DeviceID
  ) throws(StoreError) -> LoggedOperation {
    let before = try replacedValues(of: operation, own: own)
    let fields = operation.written.map {
      FieldChange(field: $0.key, from: before[$0.key], to: $0.value)
    }
    return LoggedOperation(
      task: operation.taskID, kind: operation.kind, at: operation.stamp.at,
      clock: operation.clock, device: operation.stamp.device, deviceName: operation.deviceName,
      change: operation.stamp.change,
      fields: fields.filter {
        $0.field != .isDeleted || operation.saysDeletion || !$0.saysTaskIsThereAsBefore
      }.sorted { $0.field < $1.field })
  }
}
