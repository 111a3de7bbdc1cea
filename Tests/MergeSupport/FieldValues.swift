package import TasksModel

/// The fields that an edit of a script sets, and their values, in an order of their own.
package struct FieldValues: Sendable, ExpressibleByDictionaryLiteral {
  package var members: [JSON.Member]

  package init(_ members: [JSON.Member]) { self.members = members }

  package init(dictionaryLiteral elements: (String, JSON)...) {
    members = elements.map { JSON.Member($0.0, $0.1) }
  }

  package var fields: [Field: JSON] {
    Dictionary(members.map { (Field($0.key), $0.value) }) { _, last in last }
  }

  package var edits: Edits {
    var edits = Edits()
    for member in members { edits.set(Field(member.key), to: member.value) }
    return edits
  }
}
