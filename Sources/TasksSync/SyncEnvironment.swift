package import TasksFormat
package import TasksModel
package import TasksRemote
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

/// A remote, and how it is reached.
package struct Route {
  package let remote: any Remote
  /// Nil where no SSH is in between.
  package let transport: SSHTransport?
  package let isFolder: Bool
  /// What our own drafts there begin with.
  package let owner: String

  package init(
    _ remote: any Remote, over transport: SSHTransport? = nil, isFolder: Bool = false,
    owner: String = ""
  ) {
    self.remote = remote
    self.transport = transport
    self.isFolder = isFolder
    self.owner = owner
  }
}
