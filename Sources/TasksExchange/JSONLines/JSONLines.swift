import TasksModel

/// Tasks as our own `--json` and `--jsonl` print them.
enum JSONLines {
  /// Understands one object.
  ///
  /// - Parameter modifiedAt: when the file was written, for an object that names no times.
  static func task(
    from object: JSON, modifiedAt: Instant
  ) throws(RefusedRecord) -> ForeignTask {
    guard object.objectValue != nil else { throw .notAnObject }
    guard let text = try text("id", of: object), let id = TaskID(text) else { throw .noID }
    let updated = try instant("updated_at", of: object)
    let completed = try instant("completed_at", of: object)
    let isCompleted = try bool("completed", of: object)
    let isDeleted = try bool("is_deleted", of: object)
    let modified = updated ?? modifiedAt
    let created = try instant("created_at", of: object) ?? min(modified, completed ?? modified)
    var edits = Edits()
    guard let title = try self.text("title", of: object) else { throw .missing("title") }
    edits.set(.title, to: .string(title))
    for field in [Field.description, .project, .priority] {
      if let text = try self.text(field.name, of: object) { edits.set(field, to: .string(text)) }
    }
    for field in [Field.due, .wait] {
      guard let text = try self.text(field.name, of: object) else { continue }
      edits.set(field, to: .string(try moment(text, field.name).text))
    }
    if isCompleted { edits.setCompleted(true) }
    try setTags(object["tags"], in: &edits)
    try setNotes(object["notes"], in: &edits)
    try setFields(object["fields"], in: &edits)
    // A deletion is the last that was written, and must be later than all else.
    let isAlone = isDeleted && modified > created && completed != modified
    let written = isAlone ? modified.adding(milliseconds: -1) : modified
    var task = ForeignTask(
      id: id, createdAt: created, modifiedAt: written,
      closedAt: isCompleted ? max(completed ?? modified, created) : nil, isDeleted: isDeleted,
      edits: edits)
    task.deletedAt = isDeleted ? modified : nil
    task.dating = updated == nil ? .undated(since: nil) : .written
    task.speaksOf = { _ in true }
    return task
  }

  /// Reads the notes of an object, or of a cell.
  static func setNotes(_ value: JSON?, in edits: inout Edits) throws(RefusedRecord) {
    guard let value, !value.isNull else { return }
    guard let notes = value.arrayValue else { throw .unexpected("notes") }
    for note in notes {
      guard let text = try text("text", of: note), let at = try instant("at", of: note) else {
        throw .unexpected("notes")
      }
      let read = Note(at: at, text: text)
      edits.set(.note(try self.text("id", of: note) ?? read.id), to: read.value)
    }
  }

  /// Reads the fields that are not known here.
  static func setFields(_ value: JSON?, in edits: inout Edits) throws(RefusedRecord) {
    guard let value, !value.isNull else { return }
    guard let members = value.objectValue else { throw .unexpected("fields") }
    for member in members where !isKnown(Field(member.key)) && !member.value.isNull {
      edits.set(Field(member.key), to: member.value)
    }
  }

  /// Whether a name means something that stands elsewhere in a task.
  static func isKnown(_ field: Field) -> Bool {
    switch field {
    case .title, .description, .completed, .project, .priority, .due, .wait, .createdAt,
      .isDeleted:
      true
    default: field.tag != nil || field.name.isEmpty
    }
  }

  static func moment(_ text: String, _ name: String) throws(RefusedRecord) -> Moment {
    if let moment = Moment(text: text) { return moment }
    return .instant(try ForeignText.instant(text, name))
  }

  private static func setTags(_ value: JSON?, in edits: inout Edits) throws(RefusedRecord) {
    guard let value, !value.isNull else { return }
    guard let tags = value.arrayValue else { throw .unexpected("tags") }
    for tag in tags {
      guard let text = tag.stringValue else { throw .unexpected("tags") }
      if let tag = ForeignText.tag(text) { edits.set(.tag(tag), to: .bool(true)) }
    }
  }

  // MARK: - Values

  private static func text(_ key: String, of object: JSON) throws(RefusedRecord) -> String? {
    guard let value = object[key], !value.isNull else { return nil }
    guard let text = value.stringValue else { throw .unexpected(key) }
    return text
  }

  private static func bool(_ key: String, of object: JSON) throws(RefusedRecord) -> Bool {
    guard let value = object[key], !value.isNull else { return false }
    guard let bool = value.boolValue else { throw .unexpected(key) }
    return bool
  }

  private static func instant(_ key: String, of object: JSON) throws(RefusedRecord) -> Instant? {
    guard let text = try text(key, of: object) else { return nil }
    return try ForeignText.instant(text, key)
  }
}
