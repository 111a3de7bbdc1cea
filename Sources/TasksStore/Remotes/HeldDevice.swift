package import TasksModel

/// A device whose changes are held: how much of its chain.
package struct HeldDevice: Equatable, Sendable {
  let key: Int64
  package let id: DeviceID
  /// What it calls itself.
  package let name: String
  /// The greatest number of a change of it.
  package let last: Int
  /// Whether every change up to that is held.
  let isComplete: Bool
  /// Whether two of its changes have one number, so that a number does not say which is meant.
  package let isForked: Bool
}
