import Synchronization
import TasksModel
import TasksStore
import TasksSync

/// What is known of syncing, for whoever asks.
final class SyncState: Sendable {
  struct Values: Sendable {
    var breaker = SyncSchedule.Breaker.closed
    /// Nil while none is under way.
    var progress: SyncProgress?
    /// What the last try came to; nil before there was one.
    var isOnline: Bool?
    var lastSync: Instant?
    var lastError: String?
    /// Whether there is a remote.
    var hasRemote = false
    /// Of the queue.
    var hasPending = false
    var hasFailed = false
  }

  private let values = Mutex(Values())

  var now: Values { values.withLock { $0 } }

  func change(_ body: (inout Values) -> Void) { values.withLock { body(&$0) } }

  /// Brings what the store knows up to date: also the command line syncs.
  func look(at store: Store, _ record: RemoteRecord?) throws {
    let queue = try store.queueStates()
    change {
      $0.hasPending = queue.hasPending
      $0.hasFailed = queue.hasFailed
      $0.hasRemote = record != nil
      $0.lastSync = [$0.lastSync, record?.lastPush, record?.lastPull].compactMap { $0 }.max()
      if record == nil { $0.lastError = nil }
    }
  }

  /// What every answer says.
  var word: String {
    values.withLock { values in
      if values.hasRemote, values.isOnline == false { return "offline" }
      if values.hasFailed || values.hasRemote && values.lastError != nil { return "error" }
      return values.hasPending ? "pending" : "synced"
    }
  }
}
