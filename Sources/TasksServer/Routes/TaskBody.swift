import TasksModel

/// What a body says of a task, as edits.
///
/// The schema has checked the forms; the rules of entry are checked here.
struct TaskBody {
  let members: JSON

  /// The edits that make a new task of it.
  func creation(at now: Instant) throws -> Edits {
    var edits = try changes(of: nil, at: now)
    if members["completed"]?.boolValue == true { edits.setCompleted(true) }
    return edits
  }

  /// The edits that make of a task what the body says.
  ///
  /// - Parameter replaces: whether what is not there falls back to its default, which is what null means anyway.
  func edits(of task: TaskRecord, replaces: Bool, at now: Instant) throws -> Edits {
    var members = members
    if replaces {
      let defaults: [JSON.Member] = Self.names.filter { self.members[$0] == nil }
        .map { JSON.Member($0, .null) }
      members = .object((self.members.objectValue ?? []) + defaults)
    }
    let body = TaskBody(members: members)
    var edits = try body.changes(of: task, at: now)
    if let completed = members["completed"] { edits.setCompleted(completed.boolValue ?? false) }
    if let deleted = members["is_deleted"] {
      edits.set(.isDeleted, to: .bool(deleted.boolValue ?? false))
    } else if task.isDeleted {
      // An edit says of a task that it is there, unless it says something else.
      edits.set(.isDeleted, to: true)
    }
    return edits
  }

  /// What a client may write, beside the title.
  private static let names = [
    "description", "project", "priority", "due", "wait", "tags", "notes", "completed", "is_deleted",
  ]

  private func changes(of task: TaskRecord?, at now: Instant) throws -> Edits {
    var edits = Edits()
    if let title = members["title"]?.stringValue { try edits.setTitle(title) }
    if let value = members["description"] { try edits.setDescription(value.stringValue) }
    if let value = members["project"] { try edits.setProject(value.stringValue) }
    if let value = members["priority"] {
      edits.setPriority(value.stringValue.flatMap(Priority.init(rawValue:)))
    }
    if let value = members["due"] { edits.setDue(Self.moment(value)) }
    if let value = members["wait"] { edits.setWait(Self.moment(value)) }
    if let value = members["tags"] {
      try setTags(value.arrayValue?.compactMap(\.stringValue) ?? [], of: task, in: &edits)
    }
    if let value = members["notes"] {
      try setNotes(value.arrayValue ?? [], of: task, at: now, in: &edits)
    }
    return edits
  }

  private static func moment(_ value: JSON) -> Moment? {
    value.stringValue.flatMap { Moment(written: $0) }
  }

  private func setTags(_ tags: [String], of task: TaskRecord?, in edits: inout Edits) throws {
    for tag in tags { try edits.addTag(tag) }
    let kept = Set(tags.map(UTF8Key.init))
    for tag in task?.tags ?? [] where !kept.contains(UTF8Key(tag)) { try edits.removeTag(tag) }
  }

  /// A note whose id is known keeps its time; any other is new.
  private func setNotes(
    _ notes: [JSON], of task: TaskRecord?, at now: Instant, in edits: inout Edits
  ) throws {
    let known = Dictionary(
      (task?.notes ?? []).map { (UTF8Key($0.id), $0) }, uniquingKeysWith: { first, _ in first })
    var kept: Set<UTF8Key> = []
    for note in notes {
      let text = note["text"]?.stringValue ?? ""
      let id = note["id"]?.stringValue
      if let id, let old = known[UTF8Key(id)] {
        kept.insert(UTF8Key(id))
        guard !UTF8Order.areEqual(old.text, text) else { continue }
        edits.set(.note(id), to: try Self.note(text, at: old.at))
      } else if let id {
        edits.set(.note(id), to: try Self.note(text, at: now))
      } else if let same = known.first(where: {
        UTF8Order.areEqual($0.value.text, text) && !kept.contains($0.key)
      }) {
        kept.insert(same.key)
      } else {
        try edits.addNote(text, at: now)
      }
    }
    for note in task?.notes ?? [] where !kept.contains(UTF8Key(note.id)) {
      edits.removeNote(note.id)
    }
  }

  private static func note(_ text: String, at: Instant) throws -> JSON {
    guard let text = try EntryRules.longText(text, field: Field("note")) else {
      throw EntryError.empty(Field("note"))
    }
    return Note(at: at, text: text).value
  }

  /// Whether a task is just what the body would make: then the same request came twice.
  func describes(_ task: TaskRecord) -> Bool {
    guard let edits = try? creation(at: task.createdAt) else { return false }
    var other = TaskRecord(id: task.id, createdAt: task.createdAt, updatedAt: task.updatedAt)
    other.title = edits.values[.title]?.stringValue
    other.description = edits.values[.description]?.stringValue
    other.project = edits.values[.project]?.stringValue
    other.priority = edits.values[.priority]?.stringValue
    other.due = edits.values[.due]?.stringValue.flatMap(Moment.init(text:))
    other.wait = edits.values[.wait]?.stringValue.flatMap(Moment.init(text:))
    other.isCompleted = edits.values[.completed]?.boolValue ?? false
    let tags = edits.values.keys.compactMap(\.tag).map(UTF8Key.init)
    let notes = edits.values.filter { $0.key.noteID != nil }
      .compactMap { $0.value["text"]?.stringValue }.map(UTF8Key.init)
    return !task.isDeleted && same(task.title, other.title)
      && same(task.description, other.description) && same(task.project, other.project)
      && same(task.priority, other.priority) && task.due == other.due && task.wait == other.wait
      && task.isCompleted == other.isCompleted && Set(task.tags.map(UTF8Key.init)) == Set(tags)
      && task.notes.map { UTF8Key($0.text) }.sorted() == notes.sorted()
  }

  private func same(_ one: String?, _ other: String?) -> Bool {
    one.map(UTF8Key.init) == other.map(UTF8Key.init)
  }
}
