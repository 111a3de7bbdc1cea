/// A stretch of a device's chain of changes: what a bundle on a remote holds.
package struct HeldSpan: Sendable {
  package let device: HeldDevice
  package let first: Int
  package let last: Int
  /// Its last change; nil if the number tells which it is.
  let tip: HeldChange?

  /// The stretch that ends with a change.
  package init(device: HeldDevice, first: Int, tip: HeldChange) {
    self.device = device
    self.first = first
    self.tip = tip
    last = tip.sequence
  }

  /// The changes with these numbers; nil if numbers do not tell, or some are not held.
  package init?(device: HeldDevice, numbers: ClosedRange<Int>) {
    guard device.isComplete, !device.isForked, numbers.upperBound <= device.last else { return nil }
    self.device = device
    first = numbers.lowerBound
    last = numbers.upperBound
    tip = nil
  }

  /// What begins with one stretch and ends with another of the same device.
  package init(from oldest: HeldSpan, through newest: HeldSpan) {
    device = newest.device
    first = oldest.first
    last = newest.last
    tip = newest.tip
  }
}
