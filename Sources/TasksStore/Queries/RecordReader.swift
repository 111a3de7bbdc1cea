import TasksModel

/// Makes task records of rows.
struct RecordReader {
  /// The columns that `record(_:)` expects, from `tasks`.
  static func columns(_ detail: Detail) -> String {
    line + (detail == .full ? ", " + details : "")
  }

  /// What stands in one line of a list.
  private static let line = """
    key, id, number, title, description, completed, completed_at, project, priority, due, wait,
    created_at, updated_at, is_deleted, server_id, last_synced_at,
    (SELECT max(queued = 'failed') FROM operations WHERE task = tasks.key AND queued > ''),
    tags
    """

  /// The notes and the fields not known here, as a JSON object; null if there are none.
  private static let details = """
    CASE WHEN details > 0 THEN (
      SELECT '{' || group_concat(json_quote(field) || ':' || value) || '}' FROM (
        SELECT field, value FROM writes WHERE task = tasks.key AND wins AND value <> 'null'
          AND (field < 'tag:' OR field >= 'tag;')
          AND field <> 'completed' AND field <> 'created_at' AND field <> 'description'
          AND field <> 'due' AND field <> 'is_deleted' AND field <> 'priority'
          AND field <> 'project' AND field <> 'title' AND field <> 'wait'
        ORDER BY field))
    END
    """

  private let detail: Detail

  /// Dates as text that were read before, since few are different.
  private var moments: [String: Moment] = [:]

  init(_ detail: Detail) { self.detail = detail }

  /// The first column after those of the task.
  var nextColumn: Int32 { detail == .full ? 19 : 18 }

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
    if detail == .full, let details = row.optionalText(18) {
      Self.read(JSON(canonicalText: details), into: &record)
    }
    return record
  }

  private static func read(_ details: JSON, into record: inout TaskRecord) {
    for member in details.objectValue ?? [] {
      let field = Field(member.key)
      if let id = field.noteID, let note = Note(id: id, value: member.value) {
        record.notes.append(note)
      } else {
        record.otherFields.append(member)
      }
    }
    record.notes.sort { ($0.at, $0.id) < ($1.at, $1.id) }
  }

  private mutating func moment(_ text: String?) -> Moment? {
    guard let text else { return nil }
    if let known = moments[text] { return known }
    let moment = Moment(text: text)
    moments[text] = moment
    return moment
  }
}
