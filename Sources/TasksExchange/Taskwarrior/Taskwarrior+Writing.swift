import TasksModel

extension Taskwarrior {
  /// Appends the object that `task import` reads.
  ///
  /// What Taskwarrior has no attribute for it keeps as one that it does not know, and gives it back.
  static func append(_ task: TaskRecord, zone: Zone, to bytes: inout [UInt8]) {
    var object = ObjectWriter()
    object.text("uuid", task.id.text)
    let whole = ForeignText.whole(of: task)
    object.text("description", whole ?? task.title ?? "(no title yet)")
    object.text("entry", basic(task.createdAt))
    object.text("modified", basic(task.updatedAt))
    let isPattern = task.isOpen && task.otherFields.contains { isTemplate($0) }
    object.text("status", isPattern ? "recurring" : status(of: task))
    if !task.isOpen {
      object.text(
        "end", basic(task.isCompleted ? task.completedAt ?? task.updatedAt : task.updatedAt))
    }
    if let project = task.project { object.text("project", project) }
    if let priority = task.priority { object.text("priority", priority) }
    if let due = task.due { object.text("due", basic(due.start(in: zone))) }
    if let wait = task.wait { object.text("wait", basic(wait.start(in: zone))) }
    // Taskwarrior takes a comma for the end of a tag.
    let (torn, tags) = task.tags.split { $0.utf8.contains(UInt8(ascii: ",")) }
    if !tags.isEmpty { object.value("tags", .array(tags.map(JSON.string))) }
    appendNotes(task.notes, to: &object)
    if whole == nil, let description = task.description {
      object.text(descriptionKey, description)
    }
    var others = torn.map { JSON.Member(Field.tag($0).name, true) }
    var depends: [JSON] = []
    for member in task.otherFields {
      if let name = dependency(member) {
        depends.append(.string(name))
      } else if let key = attribute(member) {
        object.value(key, member.value)
      } else if !isTemplate(member) {
        others.append(member)
      }
    }
    if !depends.isEmpty { object.value("depends", .array(depends)) }
    if !others.isEmpty { object.text(fieldsKey, JSON.object(others).canonicalText) }
    bytes += object.finish()
  }

  /// Since version 2.6 a task that waits is pending.
  private static func status(of task: TaskRecord) -> String {
    task.isDeleted ? "deleted" : task.isCompleted ? "completed" : "pending"
  }

  /// Writes the annotations, of which Taskwarrior has one a second.
  private static func appendNotes(_ notes: [Note], to object: inout ObjectWriter) {
    guard !notes.isEmpty else { return }
    var last = Int64.min
    object.value(
      "annotations",
      .array(
        notes.map { note in
          last = max(note.at.seconds, last == .min ? .min : last + 1)
          return [
            "entry": .string(basic(Instant(seconds: last))), "description": .string(note.text),
          ]
        }))
  }

  private static func isTemplate(_ member: JSON.Member) -> Bool {
    member.key == "status" && member.value.stringValue == "recurring"
  }

  /// The task that must be done before, if the field says so.
  private static func dependency(_ member: JSON.Member) -> String? {
    guard member.key.utf8.starts(with: "depends:".utf8), member.value.boolValue == true else {
      return nil
    }
    return TaskID(String(member.key.dropFirst(8))).map(\.text)
  }

  /// The name of the attribute that a field was, or can be.
  private static func attribute(_ member: JSON.Member) -> String? {
    switch member.value {
    case .string(let text) where !text.isEmpty: break
    case .integer, .number: break
    default: return nil
    }
    var key = member.key
    if key.utf8.starts(with: "taskwarrior.".utf8) {
      key = String(key.dropFirst(12))
      guard isOurs(key) else { return nil }
    } else if isOurs(key) || isReserved(key) {
      return nil
    }
    let isName = key.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }
    return isName && !key.isEmpty ? key : nil
  }

  /// `20251121T123456Z`; fractions of a second are left out.
  static func basic(_ instant: Instant) -> String {
    String(instant.description.prefix(19).filter { $0 != "-" && $0 != ":" }) + "Z"
  }
}

extension Array {
  fileprivate func split(_ isFirst: (Element) -> Bool) -> ([Element], [Element]) {
    (filter(isFirst), filter { !isFirst($0) })
  }
}

/// An object that is written member by member.
struct ObjectWriter {
  private var bytes = [UInt8(ascii: "{")]
  private var isFirst = true

  mutating func text(_ key: String, _ text: String) {
    begin(key)
    JSONWriter.append(string: text, to: &bytes)
  }

  mutating func value(_ key: String, _ value: JSON) {
    begin(key)
    JSONWriter.append(value, to: &bytes)
  }

  private mutating func begin(_ key: String) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    JSONWriter.append(key: key, to: &bytes)
  }

  consuming func finish() -> [UInt8] {
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }
}
