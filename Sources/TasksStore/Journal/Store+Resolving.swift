package import TasksModel

extension Store {
  /// Ends a conflict everywhere, by an ordinary edit that replaces all its values.
  ///
  /// The conflict is read anew inside the transaction, so what is decided is what the person saw: with another value
  /// it would have another id.
  ///
  /// - Parameters:
  ///   - prefix: how its id begins.
  ///   - name: the command's name, which `undo` shows.
  ///   - choose: says which value the field gets.
  /// - Returns: the conflict as it was.
  @discardableResult
  package func resolve(
    _ prefix: String, as name: String, at now: Instant, _ choose: (Conflict) throws -> JSON
  ) throws -> Conflict {
    try edit(name, at: now) { editor in
      let conflict = try openConflict(idPrefix: prefix)
      try editor.settle(conflict, with: choose(conflict), seen: nil)
      return conflict
    }
  }

  /// Gives a field the text that somebody made of all its values.
  ///
  /// It replaces what was there when the person began. What came since stays beside it, as a conflict.
  package func resolve(
    _ material: MergeMaterial, with value: JSON, as name: String, at now: Instant
  ) throws {
    try edit(name, at: now) { editor in
      try editor.settle(material.conflict, with: value, seen: material.seen)
    }
  }

  /// The one conflict whose id begins like that, open or ended; of several, the one that is open.
  package func conflict(idPrefix prefix: String) throws -> Conflict {
    let found = try conflicts(idPrefix: prefix)
    let open = found.filter(\.isOpen)
    let candidates = open.isEmpty ? found : open
    guard let first = candidates.first else { throw StoreError.noSuchConflict(prefix) }
    guard candidates.count == 1 else {
      throw StoreError.ambiguousConflict(prefix, candidates: candidates)
    }
    return first
  }

  /// The one open conflict whose id begins like that.
  func openConflict(idPrefix prefix: String) throws -> Conflict {
    let conflict = try conflict(idPrefix: prefix)
    guard conflict.isOpen else {
      throw StoreError.endedConflict(conflict, since: try successor(of: conflict))
    }
    return conflict
  }

  /// The conflict that an ended one grew into: the open one of its field, or the last that there was.
  package func successor(of conflict: Conflict) throws -> Conflict? {
    guard !conflict.isOpen, conflict.ending == nil else { return nil }
    let others = try conflicts(ofField: conflict.field, of: conflict.task)
      .filter { $0.id != conflict.id }
    return others.first(where: \.isOpen) ?? others.last { $0.ending != nil }
  }
}

extension Editor {
  /// Ends a conflict, and returns it as it is then.
  ///
  /// - Parameter choose: says which value the field gets.
  package func settle(
    _ prefix: String, in store: Store, _ choose: (Conflict) throws -> JSON
  ) throws -> Conflict {
    let conflict = try store.openConflict(idPrefix: prefix)
    try settle(conflict, with: choose(conflict), seen: nil)
    return try store.conflict(idPrefix: conflict.id)
  }

  /// Gives the field of a conflict a value in place of all those it had.
  fileprivate func settle(
    _ conflict: Conflict, with value: JSON, seen: Snapshot?
  ) throws(StoreError) {
    // Without a title nobody could tell what the task is.
    guard conflict.field != .title || value.stringValue?.isEmpty == false else {
      throw .noTitle(conflict)
    }
    if conflict.field == .isDeleted, value == true {
      try delete(conflict.task)
      return
    }
    var edits = Edits()
    edits.set(conflict.field, to: value)
    try updateAsShown(conflict.task, edits, seen: seen)
  }

  /// Writes fields of a task and leaves it deleted if it is shown so, though an edit says that the task is there.
  ///
  /// If devices disagree on whether it is deleted, that stays open: it is not what this edit is about. Only where an
  /// operation that wrote one of these fields also said so it is replaced in both.
  @discardableResult
  func updateAsShown(
    _ task: TaskKey, _ edits: Edits, seen: Snapshot? = nil
  ) throws(StoreError) -> [Field] {
    guard edits.values[.isDeleted] == nil, !edits.isEmpty else {
      return try update(task, edits, seen: seen)
    }
    var edits = edits
    let deletion = try connection.writes(of: .isDeleted, task: task.rawValue)
    guard let shown = deletion.first else { return try update(task, edits, seen: seen) }
    if !shown.gave("false") { edits.set(.isDeleted, to: JSON(canonicalText: shown.value)) }
    var seen = if let seen { seen } else { try connection.snapshot(of: task) }
    seen.keep(.isDeleted) { $0.gave(shown.value) }
    return try update(task, edits, seen: seen)
  }
}
