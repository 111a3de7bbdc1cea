import TasksModel
package import TasksStore
import TasksSync

extension Store {
  /// Notes why a sync failed, in the words that people are told: the queue and `status` show it.
  ///
  /// - Parameters:
  ///   - failure: what `error` means.
  ///   - sending: whether something was to be sent, so that the queue tells of it.
  package func note(
    _ failure: Failure, _ error: any Error, of record: RemoteRecord, sending: Bool
  ) throws {
    var attempts = 1
    var message = failure.message
    if case SyncError.remote(let cause, let problem, let count) = error {
      // How often it was tried is told beside it.
      attempts = count
      message = Failure(.remote(cause, problem, attempts: 1), remote: record.name).message
    }
    try noteFailure(
      on: record, message, attempts: attempts, sending: sending, at: Environment.readClock().now)
  }
}
