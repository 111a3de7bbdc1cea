/// A task as another program knows it, with the times it gives.
package struct ForeignTask: Sendable {
  package let id: TaskID
  package let createdAt: Instant
  /// When the fields were last written.
  package let modifiedAt: Instant
  /// When it was completed or deleted, if it was.
  package let closedAt: Instant?
  package let isDeleted: Bool
  /// What it says about the task's fields, completion included.
  package var edits: Edits

  package init(
    id: TaskID, createdAt: Instant, modifiedAt: Instant, closedAt: Instant?, isDeleted: Bool,
    edits: Edits
  ) {
    self.id = id
    self.createdAt = createdAt
    self.modifiedAt = modifiedAt
    self.closedAt = closedAt
    self.isDeleted = isDeleted
    self.edits = edits
  }
}
