import TasksModel

/// The fields that an edit of a script sets, and their values, in an order of their own.
struct FieldValues: Sendable, ExpressibleByDictionaryLiteral {
  var members: [JSON.Member]

  init(_ members: [JSON.Member]) { self.members = members }

  init(dictionaryLiteral elements: (String, JSON)...) {
    members = elements.map { JSON.Member($0.0, $0.1) }
  }

  var fields: [Field: JSON] {
    Dictionary(members.map { (Field($0.key), $0.value) }) { _, last in last }
  }

  var edits: Edits {
    var edits = Edits()
    for member in members { edits.set(Field(member.key), to: member.value) }
    return edits
  }
}
