import TasksModel

/// Compares what the store shows of every task with what was written to it, and the index with the tasks.
struct TasksCheck {
  private let connection: Connection

  init(connection: Connection) { self.connection = connection }

  func run(_ report: inout CheckReport) throws {
    let own = try connection.ownDevice()
    let tasks = try connection.all("SELECT key FROM tasks ORDER BY key", read: { $0.integer(0) })
    report.tasks = tasks.count
    for task in tasks {
      guard let shown = try connection.projection(of: task) else { continue }
      if try !isRight(shown, task: task, own: own) {
        report.findings.append(.task(TaskID(stored: shown.id)))
      }
    }
    try checkNumbers(&report)
    try checkIndex(&report)
  }

  private func isRight(
    _ shown: Projection, task: Int64, own: DeviceID
  ) throws(StoreError) -> Bool {
    let history = try connection.history(of: task, own: own)
    let registers = history.registers

    // The writes that count.
    var expected: Set<UTF8Key> = []
    for (field, register) in registers {
      for (place, write) in register.writes.enumerated() {
        expected.insert(
          UTF8Key(
            "\(field.name) \(write.name) \(write.stamp.at.milliseconds) \(write.value) \(place == 0)"
          ))
      }
    }
    let held = try connection.all(
      "SELECT field, operation, at, value, wins FROM writes WHERE task = ?", .integer(task)
    ) { UTF8Key("\($0.text(0)) \($0.integer(1)) \($0.integer(2)) \($0.text(3)) \($0.bool(4))") }
    guard held.count == expected.count, Set(held) == expected else { return false }

    // The operations that will be dropped when they arrive.
    for entry in history.entries {
      for dot in entry.unknown {
        let isAwaited = try connection.first(
          "SELECT 1 FROM awaited WHERE change = ? AND place = ? AND operation = ?",
          .text(dot.change ?? ""), .integer(Int64(dot.index)), .integer(entry.key),
          read: { _ in true })
        guard isAwaited != nil else { return false }
      }
    }

    // What is shown.
    guard isShown(registers, history, by: shown) else { return false }

    // The conflicts that are open.
    let conflicts = registers.compactMap { field, register in
      register.isInConflict ? ConflictID.text(of: register, field: field, task: shown.id) : nil
    }
    let open = try connection.all(
      "SELECT id FROM conflicts WHERE task = ? AND ended_at IS NULL", .integer(task),
      read: { $0.text(0) })
    return Set(open) == Set(conflicts)
  }

  private func isShown(
    _ registers: [Field: Register], _ history: History, by shown: Projection
  ) -> Bool {
    let state = TaskState(
      key: 0, isNew: true,
      projection: Projection(id: shown.id, createdAt: shown.createdAt, updatedAt: shown.updatedAt))
    for (field, register) in registers {
      state.fields[field] = TaskState.FieldState(stored: [], register: register)
    }
    state.showWinners()
    let right = state.projection
    let createdAt =
      registers[.createdAt]?.creation ?? history.earliest
    func same(_ one: String?, _ other: String?) -> Bool {
      switch (one, other) {
      case (let one?, let other?): UTF8Order.areEqual(one, other)
      case (nil, nil): true
      default: false
      }
    }
    return same(right.title, shown.title) && same(right.description, shown.description)
      && same(right.project, shown.project) && same(right.priority, shown.priority)
      && same(right.due, shown.due) && same(right.wait, shown.wait)
      && same(right.tags, shown.tags) && (right.details > 0) == (shown.details > 0)
      && right.isCompleted == shown.isCompleted && right.completedAt == shown.completedAt
      && right.isDeleted == shown.isDeleted && right.updatedAt == shown.updatedAt
      && createdAt == shown.createdAt && (shown.closedAt == nil) == shown.isOpen
  }

  private func checkNumbers(_ report: inout CheckReport) throws(StoreError) {
    let wrong = try connection.first(
      """
      SELECT (SELECT count(*) FROM tasks WHERE number IS NULL AND NOT completed AND NOT is_deleted)
        + (SELECT count(*) FROM tasks WHERE number <= 0)
        + (SELECT count(*) FROM free_numbers JOIN tasks USING (number))
      """, read: { $0.integer(0) })
    if wrong != 0 { report.findings.append(.numbers) }
  }

  private func checkIndex(_ report: inout CheckReport) throws(StoreError) {
    do throws(StoreError) {
      try connection.run("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)")
    } catch {
      guard case .damaged = error else { throw error }
      report.findings.append(.index)
      return
    }
    let wrong = try connection.first(
      """
      SELECT (SELECT count(*) FROM search) <> (SELECT count(*) FROM tasks)
        OR EXISTS (SELECT 1 FROM unindexed)
        OR EXISTS (\(Connection.searchedTexts)
          EXCEPT SELECT rowid, title, description, notes FROM search)
      """, read: { $0.bool(0) })
    if wrong != false { report.findings.append(.index) }
  }
}
