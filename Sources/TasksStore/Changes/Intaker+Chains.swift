import TasksModel

/// Changes follow one another by device.
extension Intaker {
  mutating func device(of change: Change) throws(StoreError) -> IncomingDevice {
    if let known = devices[change.device] { return known }
    try connection.run(
      """
      INSERT INTO devices (id, name, last, is_own) VALUES (?, ?, 0, ?) ON CONFLICT (id) DO NOTHING
      """, .text(change.device.text), .text(change.name),
      SQLValue(try merger.ownDevice() == change.device))
    let found = try connection.first(
      "SELECT key, name, last FROM devices WHERE id = ?", .text(change.device.text),
      read: { IncomingDevice(key: $0.integer(0), name: $0.text(1), last: Int($0.integer(2))) })
    guard let found else {
      throw .damaged(path: connection.path, detail: "it does not take in a device")
    }
    devices[change.device] = found
    return found
  }

  /// Whether the device has another change with the number of this one.
  func isNumbered(_ change: Change, _ device: IncomingDevice) throws(StoreError) -> Bool {
    try connection.first(
      "SELECT 1 FROM changes WHERE device = ? AND seq = ? LIMIT 1", .integer(device.key),
      .integer(Int64(change.sequence)), read: { _ in true }) ?? false
  }

  /// Notes what the change says came before it, if that is not here.
  mutating func follow(
    _ incoming: IncomingChange, _ device: IncomingDevice
  ) throws(StoreError) {
    if misses {
      try connection.run("DELETE FROM absent WHERE id = ?", .text(incoming.id.text))
    }
    guard let previous = incoming.change.previous, previous != device.tip else { return }
    guard try key(of: previous) == nil else { return }
    misses = true
    try connection.run(
      "INSERT OR IGNORE INTO absent (id, device, seq) VALUES (?, ?, ?)", .text(previous.text),
      .integer(device.key), .integer(Int64(incoming.change.sequence - 1)))
  }
}
