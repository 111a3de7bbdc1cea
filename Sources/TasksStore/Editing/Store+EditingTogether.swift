package import TasksModel

/// One of several edits that are made together.
package struct JointEdit {
  /// What `undo` calls it.
  let name: String
  /// Edits of one command are taken back together.
  let command: Int
  /// Writes it; what it throws undoes this edit alone.
  let body: (Editor) throws -> Void
  /// Hears how it failed.
  let failed: (any Error) -> Void

  package init(
    _ name: String, of command: Int, _ body: @escaping (Editor) throws -> Void,
    failed: @escaping (any Error) -> Void
  ) {
    self.name = name
    self.command = command
    self.body = body
    self.failed = failed
  }
}

extension Store {
  /// Makes edits of several people in one transaction, which waits for the disk once.
  ///
  /// Each takes effect or fails by itself. When this returns, all that did not fail is on the disk; if it throws, nothing
  /// of any of them is here.
  ///
  /// Returns whether anything was written.
  package func edit(_ edits: [JointEdit], at now: Instant) throws -> Bool {
    var hasWritten = false
    var commands: [Int: Int64] = [:]
    try connection.transaction(writing: true) {
      for edit in edits {
        try connection.run("SAVEPOINT edit")
        let editor = Editor(
          connection: connection, now: now, name: edit.name, canUndo: true,
          command: commands[edit.command])
        do {
          try edit.body(editor)
          try connection.run("RELEASE edit")
          hasWritten = hasWritten || editor.hasWritten
          commands[edit.command] = editor.command
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
    return hasWritten
  }
}
