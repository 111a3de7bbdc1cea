/// What a person is told when something went wrong: what failed and why, and what to do about it.
struct Failure: Error, Sendable {
  /// What failed, and after a colon the cause: one line without a full stop.
  let message: String
  /// What to do, as a sentence or a command.
  let hint: String?
  let status: ExitStatus
  /// Lines between the two: what the person can choose from.
  let details: [String]

  init(
    _ message: String, hint: String? = nil, status: ExitStatus, details: [String] = []
  ) {
    self.message = message
    self.hint = hint
    self.status = status
    self.details = details
  }

  static func usage(_ message: String, hint: String? = nil) -> Failure {
    Failure(message, hint: hint, status: .usage)
  }
}
