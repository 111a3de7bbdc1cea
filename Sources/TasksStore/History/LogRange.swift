/// A stretch of the log, oldest first.
package enum LogRange: Sendable {
  /// What is not sealed yet.
  case uncommitted
  /// The changes that the log lists after one, up to another and with it.
  ///
  /// Nil is the beginning; and at the end it is what is not sealed yet, which belongs to it then.
  case changes(after: LoggedChange?, through: LoggedChange?)
}
