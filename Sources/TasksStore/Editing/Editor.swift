package import TasksModel

/// The pen of one editing command: every operation of the command is written through it, in one transaction.
///
/// An operation is recorded, queued for the remote and shown in the task, together or not at all.
package final class Editor {
  let connection: Connection
  /// The moment of the edit.
  package let now: Instant
  private let name: String
  private let canUndo: Bool
  /// The command's row, made when there is a first operation.
  private var command: Int64?
  private var numbers: Numbers

  /// Whether there was an operation.
  var hasWritten: Bool { command != nil }

  init(connection: Connection, now: Instant, name: String, canUndo: Bool) {
    self.connection = connection
    self.now = now
    self.name = name
    self.canUndo = canUndo
    numbers = Numbers(connection: connection, now: now)
  }

  /// Makes a task and returns its key.
  @discardableResult
  package func create(_ edits: Edits, id: TaskID = .random()) throws(StoreError) -> TaskKey {
    try create(id: id, history: [Step(kind: .create, at: now, edits: edits)])
  }

  /// One operation of a task's life before it came here.
  struct Step {
    let kind: OperationKind
    let at: Instant
    let edits: Edits
  }

  /// Makes a task that already has a history, all of it written by somebody who saw what came before.
  func create(id: TaskID, history: [Step]) throws(StoreError) -> TaskKey {
    // What it all comes to is worked out before anything is written, so that every row is written once.
    var moment = history.first?.at ?? now
    var task = Projection(id: id.text, createdAt: moment, updatedAt: moment)
    var moments: [Instant] = []
    var last: [Field: (step: Int, value: JSON)] = [:]
    var replaced: [Set<Int>] = []
    for (index, step) in history.enumerated() {
      moment = index == 0 ? step.at : max(step.at, moment.next)
      moments.append(moment)
      var over: Set<Int> = []
      for (field, value) in step.edits.written(by: step.kind) {
        if let earlier = last[field] { over.insert(earlier.step) }
        last[field] = (index, value)
        task.show(value, of: field, at: moment)
      }
      replaced.append(over)
    }
    if task.isOpen { task.number = try numbers.take() } else { task.closedAt = now }
    let key = TaskKey(rawValue: try connection.insert(task))
    var operations: [Int64] = []
    for (index, step) in history.enumerated() {
      operations.append(
        try record(
          step.kind, at: moments[index], clock: nil, edits: step.edits,
          over: replaced[index].sorted().map { operations[$0] }, task: key))
    }
    try insert(
      last.map { field, write in
        NewWrite(
          field: field, value: write.value, operation: operations[write.step],
          at: moments[write.step], wins: true)
      }, task: key)
    return key
  }

  /// Writes fields of a task, those that do not already have the value.
  ///
  /// - Parameters:
  ///   - seen: what the author had seen, where that is not what the store shows now.
  ///   - at: when it was written, where that was not now: for imports.
  ///   - reasserting: whether a value that is there already is written again, with its later time.
  /// - Returns: the fields that were written; none if nothing would change.
  @discardableResult
  package func update(
    _ task: TaskKey, _ edits: Edits, seen: Snapshot? = nil, at: Instant? = nil,
    reasserting: Bool = false
  ) throws(StoreError) -> [Field] {
    var changes = Edits()
    var written: [Field] = []
    for (field, value) in edits.values {
      let current = try connection.writes(of: field, task: task.rawValue)
      let shown = current.first?.value ?? field.absentValue.canonicalText
      let isChanged = current.count > 1 || !UTF8Order.areEqual(shown, value.canonicalText)
      if isChanged || reasserting { changes.set(field, to: value) }
      if isChanged { written.append(field) }
    }
    guard !changes.isEmpty else { return [] }
    // What is not said about deletion is taken to mean that the task is there.
    if let isDeleted = edits.values[.isDeleted] { changes.set(.isDeleted, to: isDeleted) }
    try apply(.update, changes, to: task, seen: seen, at: at)
    return written.sorted()
  }

  /// Marks a task as deleted; its fields stay as they are.
  package func delete(_ task: TaskKey, at: Instant? = nil) throws(StoreError) {
    try apply(.delete, Edits(), to: task, seen: nil, at: at)
  }

  // MARK: - Operations

  private func apply(
    _ kind: OperationKind, _ edits: Edits, to task: TaskKey, seen: Snapshot?, at: Instant?
  ) throws(StoreError) {
    guard var shown = try connection.projection(of: task.rawValue) else { return }
    let fields = edits.written(by: kind)

    // What the author saw is replaced, though others may have replaced it since. The write is later than all of it,
    // whatever the clock says.
    var over: Set<Int64> = []
    var current: [Field: [Write]] = [:]
    let reading = at ?? now
    var moment = reading
    for field in fields.keys {
      current[field] = try connection.writes(of: field, task: task.rawValue)
      for write in seen?.writes(of: field) ?? current[field, default: []] {
        over.insert(write.operation)
        moment = max(moment, write.at.next)
      }
    }
    // Two writes of one device at one moment could not be told apart by others.
    while moment < Instant.validRange.upperBound,
      current.values.joined().contains(where: { $0.at == moment })
    {
      moment = moment.next
    }
    let isMoved = moment.milliseconds - reading.milliseconds > Editor.clockTolerance
    let operation = try record(
      kind, at: moment, clock: isMoved ? reading : nil, edits: edits,
      over: over.sorted(), task: task)

    var writes: [NewWrite] = []
    for (field, value) in fields {
      let rivals = current[field, default: []].filter { !over.contains($0.operation) }
      let wins = rivals.allSatisfy { ($0.at, $0.operation) < (moment, operation) }
      if wins {
        for rival in rivals where rival.wins {
          try connection.run(
            "UPDATE writes SET wins = 0 WHERE task = ? AND field = ? AND operation = ?",
            .integer(task.rawValue), .text(field.name), .integer(rival.operation))
        }
        shown.show(value, of: field, at: moment)
      }
      for write in current[field, default: []] where over.contains(write.operation) {
        try connection.run(
          "DELETE FROM writes WHERE task = ? AND field = ? AND operation = ?",
          .integer(task.rawValue), .text(field.name), .integer(write.operation))
      }
      writes.append(
        NewWrite(field: field, value: value, operation: operation, at: moment, wins: wins))
    }
    try insert(writes, task: task)
    shown.closedAt = shown.isOpen ? nil : shown.closedAt ?? now
    if shown.isOpen, shown.number == nil { shown.number = try numbers.take() }
    try connection.update(shown, key: task.rawValue)
  }

  /// A row of `writes` to be.
  private struct NewWrite {
    let field: Field
    let value: JSON
    let operation: Int64
    let at: Instant
    let wins: Bool
  }

  /// The statement that inserts so many writes.
  private static let insertions = (0...8).map { count in
    "INSERT INTO writes (task, field, operation, at, value, wins) VALUES "
      + [String](repeating: "(?, ?, ?, ?, ?, ?)", count: count).joined(separator: ", ")
  }

  /// Inserts writes of one task, several with each statement, since a statement costs more than a row.
  private func insert(_ writes: [NewWrite], task: TaskKey) throws(StoreError) {
    var values: [SQLValue] = []
    values.reserveCapacity(6 * min(writes.count, 8))
    for (index, write) in writes.enumerated() {
      values.append(.integer(task.rawValue))
      values.append(.text(write.field.name))
      values.append(.integer(write.operation))
      values.append(.integer(write.at.milliseconds))
      values.append(.text(write.value.canonicalText))
      values.append(SQLValue(write.wins))
      if values.count == 6 * 8 || index == writes.count - 1 {
        try connection.run(Editor.insertions[values.count / 6], values)
        values.removeAll(keepingCapacity: true)
      }
    }
  }

  /// Writes an operation down, which also puts it into the queue, and returns its key.
  private func record(
    _ kind: OperationKind, at: Instant, clock: Instant?, edits: Edits, over: [Int64], task: TaskKey
  ) throws(StoreError) -> Int64 {
    try connection.run(
      """
      INSERT INTO operations (task, kind, at, clock, fields, over, command, queued)
      VALUES (?, ?, ?, ?, ?, ?, ?, 'pending')
      """,
      .integer(task.rawValue), .text(kind.rawValue), .integer(at.milliseconds), SQLValue(clock),
      .text(edits.canonicalText), .text("[" + over.map(String.init).joined(separator: ",") + "]"),
      .integer(try commandKey()))
    return connection.lastInsertedKey
  }

  /// How far a write's time may be moved from the clock without the clock being noted beside it.
  private static let clockTolerance: Int64 = 5 * 60 * 1000

  private func commandKey() throws(StoreError) -> Int64 {
    if let command { return command }
    try connection.run(
      """
      INSERT INTO commands (at, name, can_undo, first)
      VALUES (?, ?, ?, (SELECT coalesce(max(key), 0) + 1 FROM operations))
      """,
      .integer(now.milliseconds), .text(name), SQLValue(canUndo))
    let key = connection.lastInsertedKey
    command = key
    return key
  }
}
