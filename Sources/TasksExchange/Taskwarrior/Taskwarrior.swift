package import TasksModel

/// Tasks as Taskwarrior's `task export` writes them.
///
/// https://github.com/GothenburgBitFactory/taskwarrior/blob/v2.6.2/doc/devel/rfcs/task.md is the format.
package enum Taskwarrior {
  /// Understands one exported object.
  ///
  /// - Parameter zone: where midnight is: Taskwarrior has no dates, and writes a day as the instant it begins.
  package static func task(
    from object: JSON, zone: Zone
  ) throws(RefusedRecord) -> ForeignTask {
    guard let members = object.objectValue else { throw .notAnObject }
    guard let uuid = try text("uuid", of: object), let id = TaskID(uuid) else { throw .noID }
    let changed = try instant("modified", of: object)
    guard let created = try instant("entry", of: object) ?? changed else {
      throw .missing("entry")
    }
    let modified = max(changed ?? created, created)
    let status = try text("status", of: object) ?? "pending"
    let isClosed = status == "completed" || status == "deleted"
    let end = try instant("end", of: object) ?? modified
    var edits = Edits(minimumCapacity: members.count)
    try ForeignText.setTitle(try text("description", of: object), named: "description", in: &edits)
    if status == "completed" { edits.setCompleted(true) }
    for member in members { try set(member, zone: zone, in: &edits) }
    var task = ForeignTask(
      id: id, createdAt: created, modifiedAt: modified,
      closedAt: isClosed ? max(end, created) : nil,
      isDeleted: status == "deleted", edits: edits)
    task.speaksOf = speaks
    return task
  }

  /// Whether Taskwarrior knows such a field, or keeps it.
  @Sendable private static func speaks(of field: Field) -> Bool {
    field != .description && !field.name.utf8.starts(with: "ics.".utf8)
      && !field.name.utf8.starts(with: "todotxt.".utf8)
  }

  /// A description, which Taskwarrior does not have but keeps.
  static let descriptionKey = "tasks.description"
  /// A text with an object: what it could not keep as it is.
  static let fieldsKey = "tasks.fields"

  /// What Taskwarrior works out anew, what stands elsewhere in the task, and what the caller has read.
  private static let handled: Set<String> = [
    "id", "urgency", "uuid", "entry", "modified", "end", "status", "description",
  ]

  private static func set(
    _ member: JSON.Member, zone: Zone, in edits: inout Edits
  ) throws(RefusedRecord) {
    let (key, value) = (member.key, member.value)
    switch key {
    case "project":
      if let text = try string(value, key) { edits.set(.project, to: .string(text)) }
    case "priority":
      if let text = try string(value, key) { edits.set(.priority, to: .string(text)) }
    case "due":
      if let moment = try moment(value, key, zone) { edits.setDue(moment) }
    case "wait":
      if let moment = try moment(value, key, zone) { edits.setWait(moment) }
    case "tags":
      for tag in try strings(value, key) {
        if let word = ForeignText.tag(tag) { edits.set(.tag(word), to: .bool(true)) }
      }
    case "depends":
      for id in try strings(value, key) {
        edits.set(Field("depends:" + id.lowercased()), to: .bool(true))
      }
    case "annotations": try setNotes(value, in: &edits)
    case "status":
      // A recurring task's pattern: nothing here recurs yet, and it must find its way back.
      if value.stringValue == "recurring" { edits.set(Field("status"), to: value) }
    case descriptionKey:
      if let text = try string(value, key) { edits.set(.description, to: .string(text)) }
    case fieldsKey:
      guard let fields = try string(value, key).flatMap({ try? JSONParser.parse($0) }) else {
        throw .unexpected(key)
      }
      for member in fields.objectValue ?? [] where !member.value.isNull {
        let field = Field(member.key)
        guard !JSONLines.isKnown(field) || field.tag != nil else { continue }
        edits.set(field, to: member.value)
      }
    default:
      guard !handled.contains(key) else { return }
      edits.set(Field(isOurs(key) ? "taskwarrior." + key : key), to: value)
    }
  }

  /// Whether the name is one of Taskwarrior's own attributes, or of those that are written apart.
  static func isReserved(_ key: String) -> Bool {
    handled.contains(key)
      || [
        "project", "priority", "due", "wait", "tags", "depends", "annotations", descriptionKey,
        fieldsKey,
      ].contains(key)
  }

  /// Whether a name means something else here than in the file it comes from.
  static func isOurs(_ key: String) -> Bool {
    let field = Field(key)
    return [.title, .completed, .createdAt, .isDeleted].contains(field) || field.tag != nil
      || field.noteID != nil
  }

  private static func setNotes(_ value: JSON, in edits: inout Edits) throws(RefusedRecord) {
    guard let annotations = value.arrayValue else { throw .unexpected("annotations") }
    for annotation in annotations {
      guard let at = try instant("entry", of: annotation),
        let text = try text("description", of: annotation)
      else { throw .unexpected("annotations") }
      let note = Note(at: at, text: text)
      edits.set(.note(note.id), to: note.value)
    }
  }

  // MARK: - Values

  private static func text(_ key: String, of object: JSON) throws(RefusedRecord) -> String? {
    guard let value = object[key] else { return nil }
    return try string(value, key)
  }

  /// The text; nil if it is empty, which Taskwarrior takes for absent.
  private static func string(_ value: JSON, _ key: String) throws(RefusedRecord) -> String? {
    guard let text = value.stringValue else { throw .unexpected(key) }
    return text.isEmpty ? nil : text
  }

  /// A list; old versions wrote it as one text with commas.
  private static func strings(_ value: JSON, _ key: String) throws(RefusedRecord) -> [String] {
    if let text = value.stringValue {
      return text.split(separator: ",").map { String($0).trimmingWhitespace() }
    }
    guard let values = value.arrayValue else { throw .unexpected(key) }
    var strings: [String] = []
    for value in values {
      guard let text = value.stringValue else { throw .unexpected(key) }
      strings.append(text)
    }
    return strings
  }

  private static func instant(_ key: String, of object: JSON) throws(RefusedRecord) -> Instant? {
    guard let text = try text(key, of: object) else { return nil }
    return try instant(text, key)
  }

  private static func instant(_ text: String, _ key: String) throws(RefusedRecord) -> Instant {
    try ForeignText.instant(text, key)
  }

  private static func moment(
    _ value: JSON, _ key: String, _ zone: Zone
  ) throws(RefusedRecord) -> Moment? {
    guard let text = try string(value, key) else { return nil }
    let instant = try instant(text, key)
    let date = zone.civil(of: instant).date
    return zone.startOfDay(date) == instant ? .date(date) : .instant(instant)
  }
}
