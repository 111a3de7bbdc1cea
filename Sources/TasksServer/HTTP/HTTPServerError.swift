package import TasksProgram

/// Why a server did not start.
package enum HTTPServerError: Error, Equatable, Sendable {
  /// The host is no address in numbers.
  case notAnAddress(String)
  /// A path of a unix socket is empty or longer than the system takes (107 bytes).
  case unusablePath(String)
  /// Somebody listens there already.
  case inUse(ListenAddress)
  /// What lies at the path of a unix socket is no socket, and is left alone.
  case notASocket(path: String)
  /// A call to the system failed.
  case system(call: String, code: Int32)
  /// The library would not start; it said why to the log.
  case library
}
