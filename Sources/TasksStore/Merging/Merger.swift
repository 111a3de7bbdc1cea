import TasksModel

/// Takes operations into the store: keeps them, merges what they write, and brings the tasks up to date.
///
/// Operations made here and operations from elsewhere go the same way. What they come to is gathered in memory and
/// written by `flush`, so that a row which many operations touch is written once.
final class Merger {
  let connection: Connection
  let now: Instant
  /// The conflicts that were found.
  private(set) var found: [String] = []
  /// The tasks that were touched.
  private(set) var touched: Set<Int64> = []

  private var states: [Int64: TaskState] = [:]
  private var tasks = Projection.rows
  private var operations = RowBuffer(
    into: "operations (key, task, kind, at, clock, fields, over, change, command, queued)",
    width: 10, atOnce: [32, 8, 1])
  private var writes = RowBuffer(
    into: "writes (task, field, operation, at, value, wins)", width: 6, atOnce: [32, 8, 1])
  private var numbers: Numbers
  /// The next free keys; 0 before somebody asked.
  private var nextOperation: Int64 = 0
  private var nextTask: Int64 = 0
  private var device: DeviceID?

  init(connection: Connection, now: Instant) {
    self.connection = connection
    self.now = now
    numbers = Numbers(connection: connection, now: now)
  }

  // MARK: - Keys

  /// Keys for so many operations, one after the other; returns the first.
  func takeKeys(_ count: Int = 1) throws(StoreError) -> Int64 {
    if nextOperation == 0 {
      nextOperation = try nextKey("SELECT coalesce(max(key), 0) + 1 FROM operations")
    }
    let first = nextOperation
    nextOperation += Int64(count)
    return first
  }

  /// A new task, which has no fields yet.
  func makeTask(_ id: TaskID) throws(StoreError) -> Int64 {
    if nextTask == 0 { nextTask = try nextKey("SELECT coalesce(max(key), 0) + 1 FROM tasks") }
    let key = nextTask
    nextTask += 1
    let last = Instant.validRange.upperBound
    states[key] = TaskState(
      key: key, isNew: true, projection: Projection(id: id.text, createdAt: last, updatedAt: last))
    return key
  }

  private func nextKey(_ sql: String) throws(StoreError) -> Int64 {
    try connection.first(sql, read: { $0.integer(0) }) ?? 1
  }

  /// The id of this device.
  func ownDevice() throws(StoreError) -> DeviceID {
    if let device { return device }
    let own = try connection.ownDevice()
    device = own
    return own
  }

  /// Asks again which device this is, when it has become another.
  func forgetDevice() { device = nil }

  // MARK: - Merging

  /// Holds an operation from now on.
  func take(_ operation: HeldOperation) throws(StoreError) {
    let state = try state(of: operation.task)
    let over = operation.over
    if !state.isTouched {
      state.isTouched = true
      touched.insert(operation.task)
    }
    if state.isUnwritten, operation.replaced.isEmpty {
      state.only = TaskState.Only(operation)
    } else {
      try merge(operation, into: state, replacing: over)
    }
    state.earliest = min(state.earliest, operation.stamp.at)
    if state.projection.server == nil { state.projection.server = operation.server }
    try expect(operation)
    operations.append([
      .integer(operation.key), .integer(operation.task), .text(operation.kind),
      .integer(operation.stamp.at.milliseconds), SQLValue(operation.clock),
      .text(operation.fields), .text(operation.overText),
      operation.change.map(SQLValue.integer) ?? .null,
      operation.command.map(SQLValue.integer) ?? .null,
      operation.server == nil ? .text("pending") : .null,
    ])
  }

  private func merge(
    _ operation: HeldOperation, into state: TaskState, replacing over: Set<Int64>
  ) throws(StoreError) {
    for write in operation.written {
      let field = try fieldState(write.field, of: state, replacing: over)
      field.register.take(
        Register.Write(name: operation.key, stamp: operation.stamp, value: write.value),
        replacing: over, isReplaced: operation.replaced.contains(write.field))
    }
  }

  /// Remembers what an operation replaces that has not arrived, to be dropped when it does.
  private func expect(_ operation: HeldOperation) throws(StoreError) {
    for case .unknown(let dot) in operation.replaces {
      try connection.run(
        "INSERT OR IGNORE INTO awaited VALUES (?, ?, ?)", .text(dot.change ?? ""),
        .integer(Int64(dot.index)), .integer(operation.key))
    }
  }

  /// Reads a field of a task again, so that `flush` finds anew which of its writes wins.
  func touch(_ field: Field, of task: Int64) throws(StoreError) {
    _ = try fieldState(field, of: state(of: task), replacing: [])
  }

  /// Merges everything that is held about a task from the beginning.
  func mergeAnew(_ task: Int64) throws(StoreError) {
    let history = try connection.history(of: task, own: ownDevice())
    let state = try state(of: task)
    touched.insert(task)
    state.isMergedAnew = true
    state.earliest = history.earliest ?? state.projection.createdAt
    for (field, register) in history.registers {
      let stored = try connection.storedWrites(of: field, task: task)
      state.fields[field] = TaskState.FieldState(stored: stored, register: register)
    }
  }

  private func state(of task: Int64) throws(StoreError) -> TaskState {
    if let state = states[task] { return state }
    guard let projection = try connection.projection(of: task) else {
      throw .damaged(path: connection.path, detail: "it has no task \(task)")
    }
    let state = TaskState(key: task, isNew: false, projection: projection)
    states[task] = state
    return state
  }

  private func fieldState(
    _ field: Field, of state: TaskState, replacing over: Set<Int64>
  ) throws(StoreError) -> TaskState.FieldState {
    if let operation = state.only?.operation {
      state.only = nil
      try merge(operation, into: state, replacing: [])
    }
    if let known = state.fields[field] { return known }
    let loaded = try load(field, of: state, replacing: over)
    state.fields[field] = loaded
    return loaded
  }

  private func load(
    _ field: Field, of state: TaskState, replacing over: Set<Int64>
  ) throws(StoreError) -> TaskState.FieldState {
    guard !state.isNew else { return .init(stored: [], register: Register()) }
    let stored = try connection.storedWrites(of: field, task: state.key)
    // Of what is about to be replaced nothing more needs to be known.
    if stored.allSatisfy({ over.contains($0.operation) }) {
      return .init(stored: stored, register: Register())
    }
    let writes = try connection.stampedWrites(of: field, task: state.key, own: ownDevice())
    return .init(stored: stored, register: Register(writes))
  }

  // MARK: - Writing

  /// How many tasks wait to be written.
  var pending: Int { states.count }

  /// Writes out the operations, where the tasks that they are about need not be there yet.
  func writeOperations() throws(StoreError) { try operations.flush(to: connection) }

  /// Writes everything out.
  func flush() throws(StoreError) {
    let states = self.states.values.sorted { $0.key < $1.key }
    for state in states { try write(state) }
    try tasks.flush(to: connection)
    try operations.flush(to: connection)
    for state in states { try writeFields(of: state) }
    try writes.flush(to: connection)
    self.states.removeAll(keepingCapacity: true)
  }

  private func write(_ state: TaskState) throws(StoreError) {
    state.showWinners()
    try showCreation(of: state)
    if state.projection.isOpen {
      if state.projection.closedAt != nil { try readNumber(of: state) }
      state.projection.closedAt = nil
      if state.projection.number == nil { state.projection.number = try numbers.take() }
    } else if state.projection.closedAt == nil {
      state.projection.closedAt = now
    }
    if state.isNew {
      tasks.append(state.projection.row(key: state.key, at: now))
    } else {
      try connection.update(state.projection, key: state.key, stored: state.stored, at: now)
    }
  }

  /// A closed task may have lost its number to another that was opened just now.
  private func readNumber(of state: TaskState) throws(StoreError) {
    let number = try connection.first(
      "SELECT number FROM tasks WHERE key = ?", .integer(state.key),
      read: { $0.optionalInteger(0) })
    state.projection.number = (number ?? nil).map { Int($0) }
  }

  /// A task came into being when a write says so, else with the earliest of its operations.
  private func showCreation(of state: TaskState) throws(StoreError) {
    if state.fields[.createdAt] == nil {
      guard state.isNew || state.earliest < state.projection.createdAt else { return }
      if !state.isNew { try touch(.createdAt, of: state.key) }
    }
    if let said = state.creation {
      state.projection.createdAt = said
      return
    }
    let before =
      state.isNew
      ? nil
      : try connection.first(
        "SELECT min(at) FROM operations WHERE task = ?", .integer(state.key),
        read: { $0.optionalInteger(0) })
    state.projection.createdAt = min(
      state.earliest, before?.map { Instant(milliseconds: $0) } ?? state.earliest)
  }

  private func writeFields(of state: TaskState) throws(StoreError) {
    if let operation = state.only?.operation {
      for write in operation.written {
        add(
          operation.key, operation.stamp, write.value, wins: true, of: write.field, task: state.key)
      }
    }
    for (field, value) in state.fields {
      try write(value, of: field, task: state.key)
      if value.register.count > 1 || value.stored.count > 1 || state.isMergedAnew {
        let id = try connection.note(
          value.register, of: field, task: (state.key, state.projection.id), at: now)
        if let id { found.append(id) }
      }
    }
  }

  /// Makes the rows of a field what its register says, with as few statements as will do.
  private func write(
    _ value: TaskState.FieldState, of field: Field, task: Int64
  ) throws(StoreError) {
    let stored = value.stored
    let current = value.register.writes
    if let old = stored.first, let write = current.first, stored.count == 1, current.count == 1 {
      if old.operation != write.name || !old.wins {
        try replace(old.operation, by: write, wins: true, of: field, task: task)
      }
      return
    }
    let names = Set(current.map(\.name))
    var gone = stored.filter { !names.contains($0.operation) }
    let kept = Dictionary(uniqueKeysWithValues: stored.map { ($0.operation, $0) })
    for (place, write) in current.enumerated() {
      let wins = place == 0
      if let old = kept[write.name] {
        guard old.wins != wins else { continue }
        try connection.run(
          "UPDATE writes SET wins = ? WHERE task = ? AND field = ? AND operation = ?",
          SQLValue(wins), .integer(task), .text(field.name), .integer(write.name))
      } else if let old = gone.popLast() {
        try replace(old.operation, by: write, wins: wins, of: field, task: task)
      } else {
        add(write.name, write.stamp, write.value, wins: wins, of: field, task: task)
      }
    }
    for old in gone {
      try connection.run(
        "DELETE FROM writes WHERE task = ? AND field = ? AND operation = ?",
        .integer(task), .text(field.name), .integer(old.operation))
    }
  }

  /// Puts a write into a row of its own.
  private func add(
    _ operation: Int64, _ stamp: Stamp, _ value: String, wins: Bool, of field: Field, task: Int64
  ) {
    writes.append([
      .integer(task), .text(field.name), .integer(operation), .integer(stamp.at.milliseconds),
      .text(value), SQLValue(wins),
    ])
  }

  /// Puts a write into the row of another one of the same field.
  private func replace(
    _ old: Int64, by write: Register.Write, wins: Bool, of field: Field, task: Int64
  ) throws(StoreError) {
    try connection.run(
      """
      UPDATE writes SET operation = ?, at = ?, value = ?, wins = ?
      WHERE task = ? AND field = ? AND operation = ?
      """,
      .integer(write.name), .integer(write.stamp.at.milliseconds), .text(write.value),
      SQLValue(wins), .integer(task), .text(field.name), .integer(old))
  }
}
