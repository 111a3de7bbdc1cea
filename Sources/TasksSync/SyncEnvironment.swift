package import TasksFormat
package import TasksModel
import TasksRemote
package import TasksStore

/// What syncing needs of the world: a way to the remote, a clock, and somebody to talk to.
package struct SyncEnvironment {
  /// Leads to a remote; every try begins with a new one.
  package var connect: (RemoteRecord) throws -> Route
  package var now: () -> Instant
  /// Waits so many milliseconds before the next try.
  package var pause: (Int) -> Void
  /// Gets the key of an encrypted remote, whose key slots are given; nil if nobody knows a passphrase.
  package var unlock: (EncryptionSettings, [KeySlot]) throws -> RemoteKey?
  /// Hears how far it has got.
  package var progress: (SyncProgress) -> Void

  package init(
    connect: @escaping (RemoteRecord) throws -> Route, now: @escaping () -> Instant,
    pause: @escaping (Int) -> Void = { _ in },
    unlock: @escaping (EncryptionSettings, [KeySlot]) throws -> RemoteKey? = { _, _ in nil },
    progress: @escaping (SyncProgress) -> Void = { _ in }
  ) {
    self.connect = connect
    self.now = now
    self.pause = pause
    self.unlock = unlock
    self.progress = progress
  }
}
