/// When and where an operation was made, totally ordered over all devices.
///
/// Operations compare by their time; for those of the same time it does not matter which is later, only that every
/// device says the same.
package struct Stamp: Hashable, Sendable {
  package let at: Instant
  package let device: DeviceID
  /// Nil while the operation has not been sealed: then it is after all that this device has sealed.
  package let change: ChangeID?
  /// Its place in the change.
  package let index: Int

  package init(at: Instant, device: DeviceID, change: ChangeID?, index: Int) {
    self.at = at
    self.device = device
    self.change = change
    self.index = index
  }
}

extension Stamp: Comparable {
  package static func < (lhs: Self, rhs: Self) -> Bool {
    if lhs.at != rhs.at { return lhs.at < rhs.at }
    if lhs.device != rhs.device { return lhs.device < rhs.device }
    if lhs.change == rhs.change { return lhs.index < rhs.index }
    guard let left = lhs.change else { return false }
    guard let right = rhs.change else { return true }
    return left < right
  }
}
