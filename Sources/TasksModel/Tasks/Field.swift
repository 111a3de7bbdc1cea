/// The name of one register of a task: what can be written, replaced and fought over on its own.
///
/// Every tag and every note is a register of its own, so that two devices that tag the same task never collide.
/// Names compare by their UTF-8 bytes and not as Swift strings, which would call different bytes equal.
package struct Field: Sendable {
  package let name: String

  package init(_ name: String) { self.name = name }

  package static let title = Field("title")
  package static let description = Field("description")
  package static let completed = Field("completed")
  package static let project = Field("project")
  package static let priority = Field("priority")
  package static let due = Field("due")
  package static let wait = Field("wait")
  /// When the task came into being, in milliseconds, where that was before its first operation: for imports.
  package static let createdAt = Field("created_at")
  /// Written by every operation: false unless it says otherwise, true by a deletion.
  package static let isDeleted = Field("is_deleted")

  /// The prefix of all tag registers.
  package static let tagPrefix = "tag:"
  /// The prefix of all note registers.
  package static let notePrefix = "note:"

  /// What a field without a write comes to, which a reader cannot tell from a write of that value.
  package var absentValue: JSON { self == .completed || self == .isDeleted ? false : .null }

  package static func tag(_ tag: String) -> Field { Field(tagPrefix + tag) }
  package static func note(_ id: String) -> Field { Field(notePrefix + id) }

  /// The tag, if this is a tag's register.
  package var tag: String? { suffix(after: Field.tagPrefix) }

  /// The note's id, if this is a note's register.
  package var noteID: String? { suffix(after: Field.notePrefix) }

  private func suffix(after prefix: String) -> String? {
    guard name.utf8.first == prefix.utf8.first, name.utf8.starts(with: prefix.utf8) else {
      return nil
    }
    return String(name.utf8.dropFirst(prefix.utf8.count))
  }

  /// How a person calls it: `tag home` for `tag:home`.
  package var spoken: String {
    if let tag { return "tag \(tag)" }
    if noteID != nil { return "a note" }
    switch self {
    case .isDeleted: return "deletion"
    case .completed: return "completion"
    default: return name
    }
  }
}

extension Field: Hashable, Comparable {
  package static func == (lhs: Self, rhs: Self) -> Bool { UTF8Order.areEqual(lhs.name, rhs.name) }
  package static func < (lhs: Self, rhs: Self) -> Bool { UTF8Order.isLess(lhs.name, rhs.name) }
  package func hash(into hasher: inout Hasher) { UTF8Order.hash(name, into: &hasher) }
}
