package import TasksFiles
package import TasksModel

/// Why the store could not do what was asked.
package enum StoreError: Error, Sendable {
  /// There is no store at that path.
  case missing(path: String)
  case ownedByAnother(path: String, user: UInt32)
  case writableByOthers(path: String)
  /// The file is a database of some other program, or no database at all.
  case foreign(path: String)
  /// Written by a later version of this program.
  case newer(path: String, version: Int, known: Int)
  case damaged(path: String, detail: String)
  /// The database is gone, but what it can be made of is there.
  case lost(path: String)
  /// Another process kept it locked for as long as we wait.
  case busy
  /// Another process has it open, and nobody may.
  case inUse
  case diskFull
  case readOnly(path: String)
  case file(FileError)
  /// Anything else SQLite reports, with the statement it was about.
  case sqlite(code: Int32, message: String, statement: String)

  /// An edit says more, in bytes, than a change can hold.
  case tooLarge(limit: Int)
  /// No task has this number or id.
  case noSuchTask(String)
  /// Several tasks' ids begin like this.
  case ambiguousTask(String, candidates: [TaskRecord])
  /// Changes were sealed, but their file could not be written: only the database has them.
  case unpublished(FileError)
  /// No change that is held has an id that begins like this.
  case noSuchChange(String)
  /// Several changes' ids begin like this.
  case ambiguousChange(String, candidates: [LoggedChange])
  /// No conflict, open or ended, has this id.
  case noSuchConflict(String)
  /// Several conflicts' ids begin like this.
  case ambiguousConflict(String, candidates: [Conflict])
  /// The conflict is open no longer; if it grew into another, that is which.
  case endedConflict(Conflict, since: Conflict?)
  /// The value that was to become the task's title is none.
  case noTitle(Conflict)
  /// There is no editing command left to take back.
  case nothingToUndo
}
