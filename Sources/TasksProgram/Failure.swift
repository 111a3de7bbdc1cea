/// What a person is told when something went wrong: what failed and why, and what to do about it.
package struct Failure: Error, Sendable {
  /// What failed, and after a colon the cause: one line without a full stop.
  package let message: String
  /// What to do, as a sentence or a command.
  package let hint: String?
  package let status: ExitStatus
  /// Lines between the two: what the person can choose from.
  package let details: [String]

  package init(
    _ message: String, hint: String? = nil, status: ExitStatus, details: [String] = []
  ) {
    self.message = message
    self.hint = hint
    self.status = status
    self.details = details
  }

  /// What the server cannot do without.
  package static var noThread: Failure {
    Failure("the system has no more threads to give", status: .failed)
  }

  package static func usage(_ message: String, hint: String? = nil) -> Failure {
    Failure(message, hint: hint, status: .usage)
  }
}
