package import TasksModel

extension Store {
  /// Runs an editing command: all that `body` writes takes effect together, or nothing if it throws.
  ///
  /// - Parameter name: the command's name, which `undo` shows.
  package func edit<Result>(
    _ name: String, at now: Instant, _ body: (Editor) throws -> Result
  ) throws -> Result {
    try edit(name, at: now, canUndo: true, body)
  }

  func edit<Result>(
    _ name: String, at now: Instant, canUndo: Bool, _ body: (Editor) throws -> Result
  ) throws -> Result {
    let (result, isChanged) = try connection.transaction(writing: true) {
      let editor = Editor(connection: connection, now: now, name: name, canUndo: canUndo)
      let result = try body(editor)
      try connection.indexChangedTexts()
      // Undoing uses up a command even where there is nothing left to take back.
      return (result, editor.hasWritten || !canUndo)
    }
    if isChanged { hasEdited = true }
    return result
  }
}

extension Connection {
  /// What is searched of every task: its key, its title, its description, and the texts of its notes.
  ///
  /// No view of the schema, which may not read JSON: a schema is not trusted.
  static let searchedTexts = """
    SELECT key, title, description, CASE WHEN details > 0 THEN (
      SELECT group_concat(json_extract(value, '$.text'), char(10)) FROM writes
      WHERE task = key AND field >= 'note:' AND field < 'note;' AND wins
    ) END AS notes
    FROM tasks
    """

  /// Brings the full-text index up to date with what the transaction has written; triggers have noted the tasks.
  func indexChangedTexts() throws(StoreError) {
    // Most are new. The table that the index keeps for each of its rows says so faster than the index.
    try run(
      """
      DELETE FROM search
      WHERE rowid IN (SELECT task FROM unindexed JOIN search_docsize ON search_docsize.id = task)
      """)
    try run(
      """
      INSERT INTO search (rowid, title, description, notes)
      \(Connection.searchedTexts) WHERE key IN (SELECT task FROM unindexed)
      """)
    try run("DELETE FROM unindexed")
  }
}
