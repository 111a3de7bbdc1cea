import TasksFiles
package import TasksFormat
package import TasksModel

/// Something that a check of the store found.
package enum Finding: Sendable {
  /// The database itself: SQLite's words.
  case database(String)
  /// So many changes are not in the files that the store says they are in.
  case changesWithoutFile(Int)
  /// Edits that are not sealed replace others that are not there, and could never be sealed.
  case looseEdits(Int)
  /// The store is wrong about the last change of so many devices.
  case devices(Int)
  /// A file in changes/ that is damaged.
  case badFile(name: String, FormatError)
  /// A file that should be in changes/ and is not.
  case missingFile(name: String, changes: Int)
  /// A file that nobody needs any more: a crash kept it from being removed.
  case spareFile(name: String)
  /// A file whose changes were not taken in yet; they are now.
  case takenIn(name: String, Intake)
  /// What the store says of a change is not what the change says.
  case change(ChangeID)
  /// What the store shows of a task is not what was written to it.
  case task(TaskID)
  /// The index for searching is not of these tasks.
  case index
  /// The numbers that people call tasks by are in disorder.
  case numbers
  /// What is said to be missing is not what is missing.
  case missingChanges

  /// Whether somebody has to do something about it.
  package var isDamage: Bool {
    switch self {
    case .spareFile, .takenIn: false
    default: true
    }
  }
}

/// What a check of the store has looked at, and what it found.
package struct CheckReport: Sendable {
  package var files = 0
  package var changes = 0
  package var tasks = 0
  package var findings: [Finding] = []
  package var missing = Missing()

  package init() {}

  package var isDamaged: Bool { findings.contains(where: \.isDamage) }
}
