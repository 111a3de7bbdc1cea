/// How the program ends, for scripts.
package enum ExitStatus: Int32, Sendable {
  case ok = 0
  case failed = 1
  case usage = 2
  /// Done, but this run found something that somebody should look at.
  case incomplete = 3
  case notFound = 10
  case busy = 11
  /// The remote could not be reached.
  case unreachable = 12
  /// The key, the host or the passphrase was refused.
  case refused = 13
  case damaged = 14
  case bug = 70
  /// By a person.
  case interrupted = 130
}
