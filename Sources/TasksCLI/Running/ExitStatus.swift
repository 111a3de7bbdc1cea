/// How the program ends, for scripts.
enum ExitStatus: Int32, Sendable {
  case ok = 0
  case failed = 1
  case usage = 2
  /// Done, but this run found something that somebody should look at.
  case incomplete = 3
  case notFound = 10
  case busy = 11
  case damaged = 14
  case bug = 70
}
