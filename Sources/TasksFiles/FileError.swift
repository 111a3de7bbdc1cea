/// A call to the system that failed: which one, on what, and the error number.
package struct FileError: Error, Equatable, Sendable {
  package let call: Call
  package let path: String
  package let code: Int32

  package enum Call: String, Sendable {
    case open, read, write, sync, rename, remove, stat, makeDirectory, lock, spawn, wait
  }

  package init(_ call: Call, _ path: String, code: Int32) {
    self.call = call
    self.path = path
    self.code = code
  }

  /// The system's words for it: `No space left on device`.
  package var reason: String { SystemError.reason(code) }
}
