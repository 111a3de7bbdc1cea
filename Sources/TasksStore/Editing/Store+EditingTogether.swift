package import TasksModel

/// One of several edits that are made together.
package struct JointEdit {
  /// What `undo` calls it.
  let name: String
  /// Writes it; what it throws undoes this edit alone.
  let body: (Editor) throws -> Void
  /// Hears how it failed.
  let failed: (any Error) -> Void

  package init(
    _ name: String, _ body: @escaping (Editor) throws -> Void,
    failed: @escaping (any Error) -> Void
  ) {
    self.name = name
    self.body = body
    self.failed = failed
  }
}

extension Store {
  /// Makes edits of several people in one transaction, which waits for the disk once.
  ///
  /// Each takes effect or fails by itself. When this returns, all that did not fail is on the disk; if it throws, nothing
  /// of any of them is here.
  package func edit(_ edits: [JointEdit], at now: Instant) throws {
    var hasWritten = false
    try connection.transaction(writing: true) {
      for edit in edits {
        try connection.run("SAVEPOINT edit")
        let editor = Editor(connection: connection, now: now, name: edit.name, canUndo: true)
        do {
          try edit.body(editor)
          try connection.run("RELEASE edit")
          hasWritten = hasWritten || editor.hasWritten
        } catch {
          // After some errors, a full disk for one, SQLite has rolled everything back by itself.
          guard connection.isInTransaction else { throw error }
          try connection.run("ROLLBACK TO edit")
          try connection.run("RELEASE edit")
          edit.failed(error)
        }
      }
      try connection.indexChangedTexts()
    }
    if hasWritten { hasEdited = true }
  }
}
