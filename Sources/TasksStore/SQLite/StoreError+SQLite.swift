internal import CSQLite
import TasksFiles

extension StoreError {
  /// What an SQLite result code means to somebody who uses the store.
  init(_ code: Int32, on database: OpaquePointer?, path: String, statement: String) {
    let message = database.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? ""
    // The system's error number is that of the last call that failed, which need not be this one.
    let cause = database.map { sqlite3_system_errno($0) } ?? 0
    // The low byte is the kind, the rest says more: https://www.sqlite.org/rescode.html
    switch code & 0xff {
    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: self = .busy
    case SQLITE_FULL: self = .diskFull
    case SQLITE_READONLY: self = .readOnly(path: path)
    case SQLITE_NOTADB: self = .foreign(path: path)
    case SQLITE_CORRUPT: self = .damaged(path: path, detail: message)
    case SQLITE_IOERR, SQLITE_CANTOPEN:
      // SQLITE_IOERR_SHMSIZE: there was no room for the index of the log.
      if SystemError.isDiskFull(cause) || code >> 8 == 19 {
        self = .diskFull
      } else if code & 0xff == SQLITE_CANTOPEN, cause != 0 {
        self = .file(FileError(.open, path, code: cause))
      } else if code >> 8 == 1 || code >> 8 == 2 {
        // SQLITE_IOERR_READ, SQLITE_IOERR_SHORT_READ
        self = .damaged(path: path, detail: "it cannot be read: \(message)")
      } else {
        self = .file(FileError(.write, path, code: cause))
      }
    default: self = .sqlite(code: code, message: message, statement: statement)
    }
  }
}
