import Glibc
import TasksFiles

extension RemoteError {
  /// What an error number of the system says about a folder.
  init(_ call: FileError.Call, _ path: String, code: Int32) {
    self.init(FileError(call, path, code: code))
  }

  init(_ error: FileError) {
    switch error.code {
    case ENOENT, ENOTDIR: self = .missing(error.path)
    case EACCES, EPERM: self = .refused(error.path)
    case EROFS: self = .readOnly(error.path)
    case let code where SystemError.isDiskFull(code): self = .full(error.path)
    default: self = .disk(error)
    }
  }
}
