import TasksModel

/// The columns of a task's row: what the winning writes come to.
struct Projection {
  var id: String
  var number: Int?
  var title: String?
  var description: String?
  var project: String?
  var priority: String?
  var due: String?
  var wait: String?
  /// With spaces between, by their bytes; nil if there are none.
  var tags: String?
  /// Counts the writes to notes and to fields without a column.
  ///
  /// If it changes the task is indexed anew; while it is 0 there is nothing more to read.
  var details: Int64 = 0
  var isCompleted = false
  var completedAt: Instant?
  /// When it was done or deleted, by the clock of this device.
  var closedAt: Instant?
  var isDeleted = false
  var createdAt: Instant
  var updatedAt: Instant
  /// The bundle on the default remote that new operations were read in.
  var server: String?

  var isOpen: Bool { !isCompleted && !isDeleted }

  /// Shows the write that wins a field that is no tag.
  ///
  /// A field without a column of its own is read from the writes when it is needed; tags are shown all at once.
  /// A value of an unexpected kind counts as none: it is kept in the writes, and passed on.
  mutating func show(_ value: JSON, of field: Field, at: Instant) {
    switch field {
    case .title: title = value.stringValue
    case .description: description = value.stringValue
    case .project: project = value.stringValue
    case .priority: priority = value.stringValue
    case .due: due = value.stringValue
    case .wait: wait = value.stringValue
    case .createdAt: break  // it takes the times of all operations to know
    case .completed:
      isCompleted = value.boolValue ?? false
      completedAt = isCompleted ? at : nil
    case .isDeleted:
      isDeleted = value.boolValue ?? false
      updatedAt = at
    default: details += 1
    }
  }

  /// Shows tags, or no longer: those given and taken away.
  ///
  /// Nobody can enter one with a blank in it. What another program may have written is kept, and not shown: in a list
  /// with blanks between, it could not be told from two.
  mutating func show(tags changes: [(tag: String, isThere: Bool)]) {
    guard !changes.isEmpty else { return }
    var all = Set(
      (tags ?? "").utf8.split(separator: UInt8(ascii: " ")).map { UTF8Key(String(Substring($0))) })
    for (tag, isThere) in changes where !tag.isEmpty && !tag.utf8.contains(UInt8(ascii: " ")) {
      if isThere { all.insert(UTF8Key(tag)) } else { all.remove(UTF8Key(tag)) }
    }
    tags = all.isEmpty ? nil : all.sorted().map(\.text).joined(separator: " ")
  }

  /// The values in the order of the statements below, but for number and `closed_at`.
  fileprivate var values: [SQLValue] {
    [
      SQLValue(title), SQLValue(description), SQLValue(project),
      SQLValue(priority), SQLValue(due), SQLValue(wait), SQLValue(tags), .integer(details),
      SQLValue(isCompleted),
      SQLValue(completedAt), SQLValue(isDeleted), SQLValue(createdAt),
      SQLValue(updatedAt), SQLValue(server),
    ]
  }
}

// New tasks, which are inserted together.
extension Projection {
  /// What is to become of a broken constraint counts for the trigger, too, whose row is there once only because tasks are never
  /// deleted: the key of a new one is not in `unindexed`.
  ///
  /// One at a time: where a table has a trigger SQLite puts the rows of a statement with many aside before it inserts any.
  static var rows: RowBuffer {
    RowBuffer(
      into: """
        tasks (title, description, project, priority, due, wait, tags, details, completed,
          completed_at, is_deleted, created_at, updated_at, server_id, last_synced_at, number,
          closed_at, id, key)
        """, width: 19)
  }

  func row(key: Int64, at now: Instant) -> InlineArray<19, SQLValue> {
    [
      SQLValue(title), SQLValue(description), SQLValue(project), SQLValue(priority), SQLValue(due),
      SQLValue(wait), SQLValue(tags), .integer(details), SQLValue(isCompleted),
      SQLValue(completedAt), SQLValue(isDeleted), SQLValue(createdAt), SQLValue(updatedAt),
      SQLValue(server), server == nil ? .null : SQLValue(now), SQLValue(number),
      SQLValue(closedAt), .text(id), .integer(key),
    ]
  }
}

extension Connection {
  func projection(of task: Int64) throws(StoreError) -> Projection? {
    try first(
      """
      SELECT id, number, title, description, project, priority, due, wait, tags, details,
        completed, completed_at, closed_at, is_deleted, created_at, updated_at
      FROM tasks WHERE key = ?
      """,
      .integer(task)
    ) { row in
      Projection(
        id: row.text(0), number: row.optionalInteger(1).map { Int($0) },
        title: row.optionalText(2), description: row.optionalText(3),
        project: row.optionalText(4), priority: row.optionalText(5), due: row.optionalText(6),
        wait: row.optionalText(7), tags: row.optionalText(8), details: row.integer(9),
        isCompleted: row.bool(10),
        completedAt: row.optionalInteger(11).map { Instant(milliseconds: $0) },
        closedAt: row.optionalInteger(12).map { Instant(milliseconds: $0) },
        isDeleted: row.bool(13), createdAt: Instant(milliseconds: row.integer(14)),
        updatedAt: Instant(milliseconds: row.integer(15)))
    }
  }

  /// Updates a task, of which the store has this number and this time of closing.
  func update(
    _ task: Projection, key: Int64, stored: (number: Int?, closedAt: Instant?), at now: Instant
  ) throws(StoreError) {
    let values = task.values + [task.server == nil ? .null : SQLValue(now)]
    // SQLite writes to the index of a column that is set, even to what it was. A closed task's number is not touched:
    // another may have it by now.
    if task.closedAt == stored.closedAt, !task.isOpen || task.number == stored.number {
      try run(
        """
        UPDATE tasks SET title = ?, description = ?, project = ?, priority = ?, due = ?, wait = ?,
          tags = ?, details = ?, completed = ?, completed_at = ?, is_deleted = ?, created_at = ?,
          updated_at = ?, server_id = coalesce(server_id, ?),
          last_synced_at = coalesce(?, last_synced_at)
        WHERE key = ?
        """, values + [.integer(key)])
      return
    }
    try run(
      """
      UPDATE tasks SET title = ?, description = ?, project = ?, priority = ?, due = ?, wait = ?,
        tags = ?, details = ?, completed = ?, completed_at = ?, is_deleted = ?, created_at = ?,
        updated_at = ?, server_id = coalesce(server_id, ?),
        last_synced_at = coalesce(?, last_synced_at), number = coalesce(?, number), closed_at = ?
      WHERE key = ?
      """,
      values + [
        task.isOpen ? SQLValue(task.number) : .null, SQLValue(task.closedAt), .integer(key),
      ])
  }
}
