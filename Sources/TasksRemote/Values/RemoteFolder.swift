/// The folders of a remote.
package enum RemoteFolder: String, CaseIterable, Sendable {
  case bundles, keys
}

/// Names that stand for one thing on every remote.
enum WellKnown {
  static let settings = "tasks-remote.json"
  static let damaged = ".damaged"
}
