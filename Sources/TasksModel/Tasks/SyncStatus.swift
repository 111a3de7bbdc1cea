/// Whether the default remote is known to have everything that was written to a task here.
package enum SyncStatus: String, Sendable {
  case pending
  case synced
  case error
}
