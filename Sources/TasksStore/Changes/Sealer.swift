import TasksFormat
import TasksModel

/// Makes changes of the operations that are not sealed yet, and bundles of the changes, inside one transaction.
///
/// The operations of a change have keys that follow one another, so that a name such as `3f2a9c1e7b00aa11:4` leads to
/// an operation without an index. Where something came from elsewhere between two commands, a new change begins.
struct Sealer {
  private let connection: Connection
  private let device: DeviceID
  private let name: String
  private let note: String?
  /// The row of the device.
  private let row: Int64
  private var last: (sequence: Int, id: ChangeID?)
  private var writer = BundleWriter()
  private var bundle: Int64
  /// Every change that was sealed now, by the key of its first operation.
  private var sealed: [(first: Int64, count: Int, id: ChangeID)] = []
  /// The tasks that were written to.
  private(set) var tasks: Set<TaskID> = []

  init(connection: Connection, device: DeviceID, name: String, note: String?) throws {
    self.connection = connection
    self.device = device
    self.name = name
    self.note = note
    try connection.run(
      """
      INSERT INTO devices (id, name, last, is_own) VALUES (?, ?, 0, 1)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, is_own = 1
      """, .text(device.text), .text(name))
    let found = try connection.first(
      "SELECT key, last FROM devices WHERE id = ?", .text(device.text),
      read: { (row: $0.integer(0), last: Int($0.integer(1))) })
    row = found?.row ?? 0
    let tip = try connection.first(
      "SELECT id FROM changes WHERE device = ? AND seq = ? ORDER BY key LIMIT 1", .integer(row),
      .integer(Int64(found?.last ?? 0)), read: { ChangeID(trusted: $0.text(0)) })
    last = (found?.last ?? 0, tip)
    bundle =
      try connection.first(
        "SELECT coalesce(max(key), 0) + 1 FROM bundles", read: { $0.integer(0) }) ?? 1
    try beginBundle()
  }

  /// An operation that is not sealed.
  private struct Open {
    let key: Int64
    let operation: Operation
    let over: [JSON]
    /// About how long it will be in the line.
    let length: Int
  }

  /// Seals the first operations that are not sealed yet; nil if there are none.
  mutating func sealNext() throws -> SealOutcome.Change? {
    var open = try nextOperations()
    guard let first = open.first?.key else { return nil }
    while true {
      let keys = first..<first + Int64(open.count)
      let operations = try open.map { try named($0, in: keys) }
      let change = Change(
        device: device, name: name, sequence: last.sequence + 1, previous: last.id, note: note,
        operations: operations)
      do {
        let sealed = try SealedChange(sealing: change)
        return try take(sealed, first: first, count: open.count)
      } catch FormatError.line(.tooLong, _, _) where open.count > 1 {
        open.removeLast((open.count + 1) / 2)
      }
    }
  }

  /// The operations of the next change: those whose keys follow one another, as many as will fit.
  private func nextOperations() throws(StoreError) -> [Open] {
    let found = try connection.all(
      """
      SELECT operations.key, id, kind, at, clock, fields, over FROM operations
      JOIN tasks ON tasks.key = task
      WHERE change IS NULL ORDER BY operations.key LIMIT \(ChangeLimits.operations)
      """
    ) { row in
      let fields = row.text(5)
      let over = row.text(6)
      return Open(
        key: row.integer(0),
        operation: Operation(
          task: TaskID(stored: row.text(1)), kind: row.text(2),
          at: Instant(milliseconds: row.integer(3)),
          clock: row.optionalInteger(4).map { Instant(milliseconds: $0) }, over: [],
          fields: JSON(canonicalText: fields).objectValue ?? []),
        over: JSON(canonicalText: over).arrayValue ?? [],
        length: fields.utf8.count + 2 * over.utf8.count + 150)
    }
    var length = 0
    var count = 0
    for open in found {
      length += open.length
      guard count == 0 || open.key == found[0].key + Int64(count) && length < ChangeLimits.bytes
      else { break }
      count += 1
    }
    return Array(found.prefix(count))
  }

  /// The operation with the names of what it replaces.
  private func named(_ open: Open, in keys: Range<Int64>) throws(StoreError) -> Operation {
    var dots: [Dot] = []
    for element in open.over {
      switch element {
      case .integer(let key): dots.append(try dot(of: key, in: keys))
      case .string(let text): if let dot = Dot(text) { dots.append(dot) }
      default: break
      }
    }
    let operation = open.operation
    return Operation(
      task: operation.task, kind: operation.kind, at: operation.at, clock: operation.clock,
      over: dots, fields: operation.fields)
  }

  /// The name of an operation, as it is called in the change that seals those keys.
  private func dot(of key: Int64, in keys: Range<Int64>) throws(StoreError) -> Dot {
    if keys.contains(key) { return Dot(prefix: nil, index: Int(key - keys.lowerBound)) }
    if let change = sealed.last(where: { $0.first <= key }),
      key < change.first + Int64(change.count)
    {
      return Dot(prefix: change.id.prefix, index: Int(key - change.first))
    }
    let found = try connection.dot(of: key)
    guard let found else {
      throw .damaged(path: connection.path, detail: "operation \(key) is not there")
    }
    return found
  }

  private mutating func take(
    _ change: SealedChange, first: Int64, count: Int
  ) throws -> SealOutcome.Change {
    if try !writer.append(change) {
      try finishBundle()
      bundle += 1
      try beginBundle()
      _ = try writer.append(change)
    }
    let key = try connection.nextChangeKey()
    try connection.insert(change, key: key, device: row, first: first, bundle: bundle)
    try connection.run(
      "UPDATE operations SET change = ? WHERE key >= ? AND key < ?", .integer(key),
      .integer(first), .integer(first + Int64(count)))
    last = (change.change.sequence, change.id)
    sealed.append((first, count, change.id))
    for operation in change.change.operations { tasks.insert(operation.task) }
    return SealOutcome.Change(
      id: change.id, sequence: change.change.sequence, operations: count)
  }

  /// Ends the last bundle.
  mutating func finish() throws {
    guard !writer.isEmpty else {
      try connection.run("DELETE FROM bundles WHERE key = ?", .integer(bundle))
      return
    }
    try finishBundle()
    try connection.run(
      "UPDATE devices SET last = ? WHERE key = ?", .integer(Int64(last.sequence)), .integer(row))
  }

  /// Makes the row that those of changes refer to; the file is not known yet.
  private func beginBundle() throws(StoreError) {
    try connection.run("INSERT INTO bundles (key, digest) VALUES (?, '')", .integer(bundle))
  }

  /// Keeps the whole file in the database, until it is known to be on the disk.
  private mutating func finishBundle() throws {
    let file = try writer.finish()
    try connection.run(
      "UPDATE bundles SET digest = ?, content = ? WHERE key = ?", .text(file.digest.text),
      .blob(file.bytes), .integer(bundle))
    writer = BundleWriter()
  }
}
