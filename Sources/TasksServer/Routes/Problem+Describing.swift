import TasksFiles
import TasksModel
import TasksProgram
import TasksStore

extension Problem {
  /// What an error says that a client may know; nil if it is not its business.
  init?(describing error: any Error) {
    switch error {
    case let problem as Problem: self = problem
    case let error as EntryError: self.init(.validation, Failure(describing: error).message + ".")
    case let error as FileError where SystemError.isDiskFull(error.code):
      self.init(.diskFull, "Nothing was changed.")
    case let error as StoreError:
      switch error {
      case .busy: self.init(.busy, "Nothing was changed.", retryAfter: 1)
      case .diskFull: self.init(.diskFull, "Nothing was changed.")
      case .file(let error) where SystemError.isDiskFull(error.code):
        self.init(.diskFull, "Nothing was changed.")
      case .noSuchTask, .ambiguousTask: self.init(.notFound, "There is no such task.")
      case .noSuchConflict: self.init(.notFound, "There is no such conflict.")
      case .ambiguousConflict, .endedConflict, .noTitle:
        self.init(.conflict, Failure(describing: error).message + ".")
      case .tooLarge: self.init(.tooLarge, Failure(describing: error).message + ".")
      default: return nil
      }
    default: return nil
    }
  }
}
