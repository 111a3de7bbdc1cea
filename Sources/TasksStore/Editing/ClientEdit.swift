package import TasksModel

/// An edit that somebody made elsewhere, without seeing what was written here meanwhile: from an app's offline queue.
package struct ClientEdit: Sendable {
  package let task: TaskID
  package let kind: OperationKind
  /// Who made it.
  package let client: String
  /// When it was made, by the client's clock.
  package let at: Instant
  /// The `updated_at` of the task as the client last got it; nil if it does not know.
  package let base: Instant?
  /// A hash of all that the client said, by which the same is known again.
  package let hash: String

  package init(
    _ kind: OperationKind, _ task: TaskID, by client: String, at: Instant, base: Instant? = nil,
    hash: String
  ) {
    self.task = task
    self.kind = kind
    self.client = client
    self.at = at
    self.base = base
    self.hash = hash
  }
}

/// What became of a client's edit.
package enum ClientOutcome: Hashable, Sendable {
  /// Nothing competed with it.
  case applied
  /// It is what the task shows, beside other writes that its author cannot have seen.
  case won
  /// Something later is what the task shows, in at least one field.
  case lost
  /// It was here already.
  case duplicate
  /// There is no such task to update or delete.
  case unknownTask
}
