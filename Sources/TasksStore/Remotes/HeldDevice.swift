package import TasksModel

/// A device whose changes are held: how much of its chain.
package struct HeldDevice: Sendable {
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

/// A change that is held.
package struct HeldChange: Sendable {
  let key: Int64
  package let id: ChangeID
  package let sequence: Int
}

/// A stretch of a device's chain of changes that ends with `tip`: what a bundle on a remote holds.
package struct HeldSpan: Sendable {
  package let device: HeldDevice
  package let first: Int
  package let tip: HeldChange

  package init(device: HeldDevice, first: Int, tip: HeldChange) {
    self.device = device
    self.first = first
    self.tip = tip
  }

  package var last: Int { tip.sequence }
}
