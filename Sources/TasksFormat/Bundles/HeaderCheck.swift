import TasksModel

/// Compares what a header says with the changes that follow it.
struct HeaderCheck {
  private let devices: [BundleHeader.Span]
  /// What was found of each device, in the header's order.
  private var found: [BundleHeader.Span?]
  private var places: [DeviceID: Int] = [:]
  /// Where the last change's device stands: mostly the next one's too.
  private var place = 0

  init(_ header: BundleHeader) {
    devices = header.devices
    found = Array(repeating: nil, count: devices.count)
    for (place, span) in devices.enumerated() { places[span.device] = place }
  }

  /// Whether the header can be checked without this change's id: only a device's last is named there.
  func needsIdentifier(of change: Change) -> Bool {
    places[change.device].map { devices[$0].last == change.sequence } ?? false
  }

  /// Takes a change, with its id if that is needed.
  mutating func take(_ change: Change, id: ChangeID?, number: Int) throws(FormatError) {
    if devices[place].device != change.device {
      guard let place = places[change.device] else {
        throw .line(.unlistedDevice(change.device), number: number, offset: 0)
      }
      self.place = place
    }
    let stated = devices[place]
    guard (stated.first...stated.last).contains(change.sequence) else {
      throw .line(.headerDisagrees(stated.device), number: number, offset: 0)
    }
    let id = id ?? stated.tip
    found[place] =
      found[place]?.adding(sequence: change.sequence, id: id)
      ?? BundleHeader.Span(device: stated.device, sequence: change.sequence, id: id)
  }

  func finish() throws(FormatError) {
    for (stated, found) in zip(devices, found) where stated != found {
      throw .line(.headerDisagrees(stated.device), number: 1, offset: 0)
    }
  }
}
