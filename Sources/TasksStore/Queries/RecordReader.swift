import TasksModel

/// Makes task records of rows.
struct RecordReader {
  /// The columns that `record(_:)` expects, from `tasks`.
  static let columns = """
    key, id, number, title, description, completed, completed_at, project, priority, due, wait,
    created_at, updated_at, is_deleted, server_id, last_synced_at,
    (SELECT max(queued = 'failed') FROM operations WHERE task = tasks.key AND queued > ''),
    tags, details
    """

  /// Dates as text that were read before, since few are different.
  private var moments: [String: Moment] = [:]

  /// Whether there may be more to read of the task.
  static func hasDetails(_ row: Row) -> Bool { row.bool(18) }

  mutating func record(_ row: Row) -> TaskRecord {
    var record = TaskRecord(
      id: TaskID(stored: row.text(1)), createdAt: Instant(milliseconds: row.integer(11)),
      updatedAt: Instant(milliseconds: row.integer(12)))
    record.number = row.optionalInteger(2).map { Int($0) }
    record.title = row.optionalText(3)
    record.description = row.optionalText(4)
    record.isCompleted = row.bool(5)
    record.completedAt = row.optionalInteger(6).map { Instant(milliseconds: $0) }
    record.project = row.optionalText(7)
    record.priority = row.optionalText(8)
    record.due = moment(row.optionalText(9))
    record.wait = moment(row.optionalText(10))
    record.isDeleted = row.bool(13)
    record.serverID = row.optionalText(14)
    record.lastSyncedAt = row.optionalInteger(15).map { Instant(milliseconds: $0) }
    record.syncStatus = row.optionalInteger(16).map { $0 == 0 ? .pending : .error } ?? .synced
    if let tags = row.optionalText(17) {
      record.tags = tags.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
    }
    return record
  }

  private mutating func moment(_ text: String?) -> Moment? {
    guard let text else { return nil }
    if let known = moments[text] { return known }
    let moment = Moment(text: text)
    moments[text] = moment
    return moment
  }
}

extension Connection {
  /// Reads the notes and unknown fields of a task.
  func readDetails(of task: Int64, into record: inout TaskRecord) throws(StoreError) {
    var notes: [Note] = []
    var others: [JSON.Member] = []
    try each(
      """
      SELECT field, value FROM writes WHERE task = ? AND wins AND value <> 'null'
        AND (field < 'tag:' OR field >= 'tag;')
        AND field <> 'completed' AND field <> 'created_at' AND field <> 'description' AND field <> 'due'
        AND field <> 'is_deleted' AND field <> 'priority' AND field <> 'project'
        AND field <> 'title' AND field <> 'wait'
      ORDER BY field
      """, [.integer(task)]
    ) { row in
      let field = Field(row.text(0))
      let value = JSON(canonicalText: row.text(1))
      if let id = field.noteID, let note = Note(id: id, value: value) {
        notes.append(note)
      } else {
        others.append(.init(key: field.name, value: value))
      }
    }
    record.notes = notes.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
    record.otherFields = others
  }
}
