package import TasksModel

/// A task from elsewhere, ready to be brought in.
///
/// Making it needs nothing of the store, so another thread can do that ahead of the one that brings it in.
package struct IncomingTask: Sendable {
  let task: ForeignTask
  /// What makes it, if it is not here yet.
  let history: [Step]

  /// One operation of a task's life before it came here.
  struct Step: Sendable {
    let content: OperationContent
    let at: Instant

    init(_ kind: OperationKind, _ edits: Edits, at: Instant) {
      content = OperationContent(kind, edits)
      self.at = at
    }
  }

  package init(_ task: ForeignTask) {
    self.task = task
    var task = task
    // What was written since is somewhere in between.
    if case .undated(since: let since?) = task.dating { task.modifiedAt = since }
    let writes = task.writes
    var history = writes.dropFirst().map { Step(.update, $0.edits, at: $0.at) }
    // The first of its writes makes it, and says when it came into being if that was earlier.
    var edits = writes.first?.edits ?? Edits()
    let at = writes.first?.at ?? task.createdAt
    if at != task.createdAt { edits.setCreatedAt(task.createdAt) }
    history.insert(Step(.create, edits, at: at), at: 0)
    if task.isDeleted { history.append(Step(.delete, Edits(), at: task.goneAt)) }
    self.history = history
  }
}

extension ForeignTask {
  /// When it was deleted, if it was.
  var goneAt: Instant { deletedAt ?? closedAt ?? modifiedAt }

  /// What was written to the task, moment by moment: the completion when it was closed, all else when it was last
  /// modified.
  ///
  /// Nothing is older than the task.
  var writes: [(at: Instant, edits: Edits, isLast: Bool)] {
    let last = max(modifiedAt, createdAt)
    let closed = max(closedAt ?? modifiedAt, createdAt)
    var rest = edits
    var completion = Edits()
    if closed != last, let isCompleted = edits.values[.completed] {
      completion.set(.completed, to: isCompleted)
      rest.forget(.completed)
    }
    let writes = [
      (at: last, edits: rest, isLast: true), (at: closed, edits: completion, isLast: false),
    ]
    return writes.filter { !$0.edits.isEmpty }.sorted { $0.at < $1.at }
  }
}
