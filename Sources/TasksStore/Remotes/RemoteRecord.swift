package import TasksModel

/// A place where this store exchanges changes, as it is known here.
package struct RemoteRecord: Sendable {
  package let key: Int64
  package let name: String
  package let url: String
  /// What `server_id` of tasks begins with.
  package let id: String
  /// How its SSH server is reached, once that has turned out or somebody has said it.
  package let transport: String?
  /// What its `tasks-remote.json` says, or will say, which never changes; nil until that is known.
  package let settings: [UInt8]?
  /// Whether its place was seen to be this remote, so that it should be there the next time, too.
  package let isMet: Bool
  /// The unlocked key of an encrypted one.
  package let secret: [UInt8]?
  /// Whether it is the one that the queue, and the sync status of tasks, are about.
  package let isDefault: Bool
  package let lastPush: Instant?
  package let lastPull: Instant?
  /// What went wrong the last time; nil if nothing did.
  package let lastError: String?
  package let lastErrorAt: Instant?

  /// What a task remembers of a bundle there that holds a change of it.
  func serverID(of bundle: String) -> String { "\(id)/\(bundle)" }

  /// The name of a remote that nobody gave one.
  package static let usualName = "origin"
}
