package import TasksModel
package import TasksStore

/// What a store shows, in the terms in which it is judged.
extension Store {
  /// Every task that any held operation writes to, deleted ones too.
  package func shownTasks(at now: Instant) throws -> [TaskID: ShownTask] {
    var state: [TaskID: ShownTask] = [:]
    let clock = Clock(now: now, zone: .utc)
    try forEach(TaskQuery(.all([]), detail: .full), clock: clock) { record in
      state[record.id] = ShownTask(record)
      try Violation.unless(
        record.number != nil || !record.isOpen, "task \(record.id.text) is open and has no number")
    }
    return state
  }

  package func foundConflicts() throws -> [FoundConflict] {
    try conflicts().map { conflict in
      FoundConflict(
        id: conflict.id, task: conflict.taskID, field: conflict.field,
        winner: .init(conflict.winner), losers: conflict.losers.map { .init($0) })
    }
  }

  /// What `fsck` says: whatever is held, nothing is damaged.
  package func expectNoDamage(at now: Instant) throws {
    let damage = try check(at: now).findings.filter(\.isDamage)
    try Violation.unless(damage.isEmpty, "the check found \(damage)")
  }
}

extension ShownTask {
  fileprivate init(_ record: TaskRecord) {
    self.init()
    set(.title, to: record.title.map(JSON.string))
    set(.description, to: record.description.map(JSON.string))
    set(.project, to: record.project.map(JSON.string))
    set(.priority, to: record.priority.map(JSON.string))
    set(.due, to: record.due.map { .string($0.description) })
    set(.wait, to: record.wait.map { .string($0.description) })
    set(.completed, to: .bool(record.isCompleted))
    set(.isDeleted, to: .bool(record.isDeleted))
    set(ShownTask.completedAt, to: record.completedAt.map { .integer($0.milliseconds) })
    set(ShownTask.createdAt, to: .integer(record.createdAt.milliseconds))
    set(ShownTask.updatedAt, to: .integer(record.updatedAt.milliseconds))
    for tag in record.tags { set(.tag(tag), to: true) }
    for note in record.notes { set(.note(note.id), to: note.value) }
    for other in record.otherFields { set(Field(other.key), to: other.value) }
  }
}

extension FoundConflict.Side {
  fileprivate init(_ side: Conflict.Side) {
    self.init(
      value: UTF8Key(side.value.canonicalText), at: side.at.milliseconds,
      device: side.device.text, change: side.change?.text)
  }
}
