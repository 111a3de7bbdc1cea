package import TasksFormat

/// What making a store anew came to.
package struct RebuildOutcome: Sendable {
  package var files = 0
  package var changes = 0
  package var tasks = 0
  /// Files that failed a check, and were put into quarantine.
  package var quarantined: [(name: String, error: FormatError)] = []
  /// Changes whose file was damaged or gone, and that the old database still had.
  package var restored = 0
  /// Changes of the old database that could not be restored.
  package var lost = 0
  /// Edits that were not sealed, from the old database.
  package var edits = 0
  /// Whether some of those may be missing, because the old database is damaged where they were.
  package var isPartial = false
  /// Where the old database is now; nil if there was none.
  package var kept: String?
  /// Whether the old database could be read, so that numbers, settings and the device's id are as they were.
  package var isOldReadable = false
  package var missing = Missing()

  package init() {}
}
