import TasksFormat
import TasksModel

extension Store {
  /// The devices whose changes are held, in the order of their ids.
  package func heldDevices() throws(StoreError) -> [HeldDevice] {
    try connection.all(
      """
      SELECT key, id, name, last, is_forked,
        NOT EXISTS (SELECT 1 FROM absent WHERE device = devices.key)
      FROM devices WHERE last > 0 ORDER BY id
      """
    ) { row in
      HeldDevice(
        key: row.integer(0), id: DeviceID(trusted: row.text(1)), name: row.text(2),
        last: Int(row.integer(3)), isComplete: row.bool(5), isForked: row.bool(4))
    }
  }

  /// The changes of a device that have a number: one, none, or several if its store was copied.
  package func changes(
    of device: HeldDevice, numbered sequence: Int
  ) throws(StoreError) -> [HeldChange] {
    guard sequence <= device.last else { return [] }
    return try connection.all(
      "SELECT key, id FROM changes WHERE device = ? AND seq = ? ORDER BY id",
      .integer(device.key), .integer(Int64(sequence)),
      read: {
        HeldChange(key: $0.integer(0), id: ChangeID(trusted: $0.text(1)), sequence: sequence)
      })
  }

  /// The changes of a device that have one of these numbers, by their numbers.
  package func changes(
    of device: HeldDevice, numbered sequences: [Int]
  ) throws(StoreError) -> [Int: [HeldChange]] {
    let list = "[" + sequences.map(String.init).joined(separator: ",") + "]"
    var found: [Int: [HeldChange]] = [:]
    try connection.each(
      """
      SELECT key, id, seq FROM (SELECT DISTINCT value AS number FROM json_each(?))
      CROSS JOIN changes ON device = ? AND seq = number
      """, [.text(list), .integer(device.key)]
    ) { row in
      let sequence = Int(row.integer(2))
      found[sequence, default: []].append(
        HeldChange(
          key: row.integer(0), id: ChangeID(trusted: row.text(1)), sequence: sequence))
    }
    return found
  }

  /// Whether all changes of a stretch are held, and not its last alone.
  package func holdsAll(of span: HeldSpan) throws -> Bool {
    if span.device.isComplete, !span.device.isForked { return true }
    return try chain(of: span) != nil
  }

  /// The keys of the changes of a stretch, the last first; nil if one of them is not held.
  ///
  /// What came before a change is said by its line; that is read only where a number does not tell.
  func chain(of span: HeldSpan) throws -> [Int64]? {
    let tip = try span.tip ?? changes(of: span.device, numbered: span.last).first
    guard var current = tip else { return nil }
    var keys = [current.key]
    while current.sequence > span.first {
      let candidates = try changes(of: span.device, numbered: current.sequence - 1)
      guard let first = candidates.first else { return nil }
      if candidates.count == 1, try !isAbsent(current.sequence - 1, of: span.device) {
        current = first
      } else {
        let previous = try change(current.id)?.change.previous
        guard let found = candidates.first(where: { $0.id == previous }) else { return nil }
        current = found
      }
      keys.append(current.key)
    }
    return keys
  }

  /// Whether a change with that number is known to exist and has not arrived.
  func isAbsent(_ sequence: Int, of device: HeldDevice) throws(StoreError) -> Bool {
    guard !device.isComplete else { return false }
    return try connection.first(
      "SELECT 1 FROM absent WHERE device = ? AND seq = ? LIMIT 1", .integer(device.key),
      .integer(Int64(sequence)), read: { _ in true }) ?? false
  }
}
