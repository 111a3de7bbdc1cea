package import TasksModel

/// The pen of one editing command: every operation of the command is written through it, in one transaction.
///
/// An operation is recorded, queued for the remote and shown in the task, together or not at all.
package final class Editor {
  let connection: Connection
  /// The moment of the edit.
  package let now: Instant
  private let merger: Merger
  private let name: String
  private let canUndo: Bool
  /// The command's row, made when there is a first operation.
  private(set) var command: Int64?

  /// Whether there was an operation.
  var hasWritten: Bool { command != nil }
  /// The tasks that were brought in, and whether there were tasks before: if not, no other needs to be looked for.
  var broughtIn: Set<TaskID> = []
  var hadTasks = true

  init(
    connection: Connection, now: Instant, name: String, canUndo: Bool, command: Int64? = nil
  ) {
    self.command = command
    self.connection = connection
    self.now = now
    self.name = name
    self.canUndo = canUndo
    merger = Merger(connection: connection, now: now)
  }

  /// Makes a task and returns its key.
  @discardableResult
  package func create(_ edits: Edits, id: TaskID = .random()) throws(StoreError) -> TaskKey {
    try create(edits, id: id, at: now)
  }

  /// Makes a task that was made at that moment.
  func create(_ edits: Edits, id: TaskID, at: Instant) throws(StoreError) -> TaskKey {
    let task = try make(id, history: [IncomingTask.Step(.create, edits, at: at)])
    try merger.flush()
    return TaskKey(rawValue: task)
  }

  /// Makes tasks that come from elsewhere, and writes their rows together: that is much less work than one by one.
  func create(_ tasks: [IncomingTask]) throws(StoreError) {
    for incoming in tasks { _ = try make(incoming.task.id, history: incoming.history) }
    try merger.flush()
  }

  /// Makes a task with a history, all of it written by somebody who saw what came before.
  private func make(_ id: TaskID, history: [IncomingTask.Step]) throws(StoreError) -> Int64 {
    let task = try merger.makeTask(id)
    var moment = history.first?.at ?? now
    // The operations that wrote the fields last.
    var last: [Field: Int64] = [:]
    for (index, step) in history.enumerated() {
      moment = index == 0 ? step.at : max(step.at, moment.next)
      let key = try merger.takeKeys()
      var over: Set<Int64> = []
      if history.count > 1 {
        for write in step.content.written {
          if let earlier = last.updateValue(key, forKey: write.field) { over.insert(earlier) }
        }
      }
      try take(step.content, key: key, task: task, at: moment, clock: nil, over: over)
    }
    return task
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
    try apply(.update, changes, to: task, at: at ?? now, replacing: replacing(seen))
    return written.sorted()
  }

  /// Marks a task as deleted; its fields stay as they are.
  package func delete(_ task: TaskKey, at: Instant? = nil) throws(StoreError) {
    try apply(.delete, Edits(), to: task, at: at ?? now, replacing: replacing(nil))
  }

  // MARK: - Operations

  /// Which of a field's current writes an operation replaces.
  typealias Replacing = (_ field: Field, _ current: [Write]) throws(StoreError) -> [Write]

  /// What the author saw is replaced: what is there, or what a snapshot shows, though others may have replaced it
  /// since.
  private func replacing(_ seen: Snapshot?) -> Replacing {
    { field, writes throws(StoreError) in
      guard let seen else { return writes }
      return try self.held(seen.writes(of: field), writes)
    }
  }

  /// Writes an operation that is later than all that it replaces, whatever the clock says.
  ///
  /// - Parameters:
  ///   - reading: the clock's reading.
  ///   - isExact: whether the reading is kept wherever the time had to be moved away from it, however little.
  func apply(
    _ kind: OperationKind, _ edits: Edits, to task: TaskKey, at reading: Instant,
    isExact: Bool = false, replacing: Replacing
  ) throws(StoreError) {
    let content = OperationContent(kind, edits)
    var over: Set<Int64> = []
    var current: [Write] = []
    var moment = reading
    for field in content.written.lazy.map(\.field) {
      let writes = try connection.writes(of: field, task: task.rawValue)
      current += writes
      for write in try replacing(field, writes) {
        over.insert(write.operation)
        moment = max(moment, write.at.next)
      }
    }
    // Two writes of one device at one moment could not be told apart by others.
    let taken = Set(current.map(\.at))
    while moment < Instant.validRange.upperBound, taken.contains(moment) {
      moment = moment.next
    }
    // What replaces very many writes is said in several operations, each of which replaces a part, and the one before.
    var rest = over.sorted()
    while true {
      let part = rest.prefix(Editor.mostReplaced)
      rest.removeFirst(part.count)
      let isMoved =
        moment.milliseconds - reading.milliseconds > (isExact ? 0 : Editor.clockTolerance)
      let key = try merger.takeKeys()
      try take(
        content, key: key, task: task.rawValue, at: moment, clock: isMoved ? reading : nil,
        over: Set(part))
      guard !rest.isEmpty else { break }
      rest.append(key)
      moment = moment.next
    }
    try merger.flush()
  }

  /// So many names of operations fit into a change beside the largest edit.
  private static let mostReplaced = 10_000
  /// The largest edit, in bytes of JSON.
  private static let mostFields = 700_000

  /// What of the writes that somebody saw is still held.
  ///
  /// One that a copy of this store had sealed is held under another name since it came back from there.
  private func held(_ seen: [Write], _ current: [Write]) throws(StoreError) -> [Write] {
    var held: [Write] = []
    for write in seen {
      let isHeld = try connection.first(
        "SELECT 1 FROM operations WHERE key = ?", .integer(write.operation), read: { _ in true })
      if isHeld != nil {
        held.append(write)
      } else {
        held += current.filter { $0.at == write.at && $0.gave(write.value) }
      }
    }
    return held
  }

  /// Holds an operation made here, which also puts it into the queue.
  private func take(
    _ content: OperationContent, key: Int64, task: Int64, at: Instant, clock: Instant?,
    over: Set<Int64>
  ) throws(StoreError) {
    // What fits into no change could never be sealed.
    guard content.fields.utf8.count <= Editor.mostFields else {
      throw .tooLarge(limit: Editor.mostFields)
    }
    try merger.take(
      HeldOperation(
        key: key, task: task, kind: content.kind.rawValue,
        stamp: Stamp(at: at, device: merger.ownDevice(), change: nil, index: Int(key)),
        clock: clock, fields: content.fields, written: content.written,
        replaces: over.sorted().map(HeldOperation.Replaced.held),
        command: commandKey(first: key)))
  }

  /// How far a write's time may be moved from the clock without the clock being noted beside it.
  private static let clockTolerance: Int64 = 5 * 60 * 1000

  private func commandKey(first operation: Int64) throws(StoreError) -> Int64 {
    if let command { return command }
    try connection.run(
      "INSERT INTO commands (at, name, can_undo, first) VALUES (?, ?, ?, ?)",
      .integer(now.milliseconds), .text(name), SQLValue(canUndo), .integer(operation))
    let key = connection.lastInsertedKey
    command = key
    return key
  }
}
