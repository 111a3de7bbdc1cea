/// The fields that one operation writes, checked by the rules for what people may enter.
///
/// The rules hold at entry only: what another device or program wrote is merged whatever it looks like.
package struct Edits: Sendable {
  /// The value each field gets; null takes a value away.
  package private(set) var values: [Field: JSON] = [:]

  package init() {}

  /// Starts with room for so many fields: a dictionary that grows hashes all its keys anew.
  package init(minimumCapacity: Int) { values = Dictionary(minimumCapacity: minimumCapacity) }

  package var isEmpty: Bool { values.isEmpty }

  /// Writes a field without any check: for importers and for values that came from the store.
  package mutating func set(_ field: Field, to value: JSON) { values[field] = value }

  /// The edits but for those of which this holds.
  package func without(_ isLeftOut: (Field, JSON) -> Bool) -> Edits {
    var rest = Edits()
    for (field, value) in values where !isLeftOut(field, value) { rest.set(field, to: value) }
    return rest
  }

  /// Says nothing of a field after all.
  package mutating func forget(_ field: Field) { values[field] = nil }

  package mutating func setTitle(_ text: String) throws(EntryError) {
    values[.title] = .string(try EntryRules.title(text))
  }

  /// Sets the description, or takes it away if it is nil or blank.
  package mutating func setDescription(_ text: String?) throws(EntryError) {
    values[.description] =
      try text.flatMap { text throws(EntryError) in
        try EntryRules.longText(text, field: .description)
      }.map(JSON.string) ?? .null
  }

  package mutating func setProject(_ name: String?) throws(EntryError) {
    guard let name else {
      values[.project] = .null
      return
    }
    values[.project] = .string(try EntryRules.project(name))
  }

  package mutating func setPriority(_ priority: Priority?) {
    values[.priority] = priority.map { .string($0.rawValue) } ?? .null
  }

  package mutating func setDue(_ due: Moment?) {
    values[.due] = due.map { .string($0.description) } ?? .null
  }

  package mutating func setWait(_ wait: Moment?) {
    values[.wait] = wait.map { .string($0.description) } ?? .null
  }

  package mutating func setCreatedAt(_ instant: Instant) {
    values[.createdAt] = .integer(instant.milliseconds)
  }

  package mutating func setCompleted(_ completed: Bool) { values[.completed] = .bool(completed) }

  package mutating func addTag(_ tag: String) throws(EntryError) {
    values[.tag(try EntryRules.tag(tag))] = .bool(true)
  }

  /// Takes a tag away, also one that another program gave and nobody could enter.
  package mutating func removeTag(_ tag: String) throws(EntryError) {
    let field = Field("tag")
    values[.tag(try EntryRules.line(tag, field: field, limit: .max))] = .null
  }

  package mutating func addNote(_ text: String, at: Instant) throws(EntryError) {
    guard let text = try EntryRules.longText(text, field: Field("note")) else {
      throw .empty(Field("note"))
    }
    let note = Note(at: at, text: text)
    values[.note(note.id)] = note.value
  }

  package mutating func removeNote(_ id: String) { values[.note(id)] = .null }
}
