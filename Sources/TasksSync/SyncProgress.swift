/// How far it has got, for people who wait.
package struct SyncProgress: Sendable {
  package enum Phase: Sendable {
    case connecting, receiving, sending, folding
    /// A try failed, and the next begins after this many milliseconds.
    case waiting(milliseconds: Int)
  }

  package var phase: Phase
  package var bundles = 0
  /// Of how many; nil where nobody knows.
  package var ofBundles: Int?
  package var bytes = 0

  package init(_ phase: Phase) { self.phase = phase }
}
