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
