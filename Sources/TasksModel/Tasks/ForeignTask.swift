/// A task as another program knows it, with the times it gives.
package struct ForeignTask: Sendable {
  package let id: TaskID
  package let createdAt: Instant
  /// When the fields were last written.
  package var modifiedAt: Instant
  /// When it was completed or deleted, if it was.
  package let closedAt: Instant?
  package let isDeleted: Bool
  /// When it was deleted, where it had been completed before.
  package var deletedAt: Instant?
  /// What it says about the task's fields, completion included.
  package var edits: Edits
  package var dating = Dating.written
  /// Whether the source would name that field if the task had it.
  ///
  /// What an earlier import brought, and a source that speaks of it names no longer, was taken away there.
  package var speaksOf: @Sendable (Field) -> Bool = { _ in false }

  /// What `modifiedAt` says.
  package enum Dating: Hashable, Sendable {
    /// The fields were written then.
    case written
    /// The fields were written at some time until then, by somebody who had seen the task as it was at `since`; nil: as
    /// the last import found it.
    case undated(since: Instant?)
  }

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
