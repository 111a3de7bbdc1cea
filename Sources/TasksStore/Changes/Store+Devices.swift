package import TasksModel

/// A device whose changes are held, or this one.
package struct KnownDevice: Sendable {
  package let id: DeviceID
  /// What it called itself in its last change; nil if there is none yet.
  package let name: String?
  /// Whether it is this device.
  package let isHere: Bool
  /// Whether it is what this device was before it got a new id.
  package let wasHere: Bool
  package let changes: Int
  /// The greatest number of a change of it.
  package let last: Int
  /// When it made the last operation of its last change, by its own clock.
  package let lastAt: Instant?
  /// Numbers that more than one of its changes have.
  package let forks: [Int]
}

/// Changes of one device that have not arrived, though others say that they exist.
package struct MissingChanges: Hashable, Sendable {
  package let device: DeviceID
  package let name: String
  package let numbers: ClosedRange<Int>
}

/// What is known to be missing.
package struct Missing: Sendable {
  /// Gaps between the changes of a device.
  package var gaps: [MissingChanges] = []
  /// How many changes are known only because others build on them.
  package var unnamed = 0

  /// How many changes there are at the least.
  package var count: Int {
    max(unnamed, gaps.reduce(0) { $0 + $1.numbers.count })
  }
}

extension Store {
  /// Every device that is known, this one first, then by name.
  package func devices() throws(StoreError) -> [KnownDevice] {
    let here = try setting("device.id") ?? ""
    var forks: [Int64: [Int]] = [:]
    try connection.each(
      "SELECT device, seq FROM changes GROUP BY device, seq HAVING count(*) > 1 ORDER BY seq"
    ) { row in
      forks[row.integer(0), default: []].append(Int(row.integer(1)))
    }
    let devices = try connection.all(
      """
      SELECT devices.key, devices.id, name, is_own, last,
        (SELECT count(*) FROM changes WHERE device = devices.key),
        (SELECT max(coalesce(\(LoggedChange.madeAt), nullif(changes.at, 0))) FROM changes
          WHERE device = devices.key AND seq = last)
      FROM devices ORDER BY devices.id <> ?, name, devices.id
      """, .text(here)
    ) { row in
      let isHere = UTF8Order.areEqual(row.text(1), here)
      return KnownDevice(
        id: DeviceID(trusted: row.text(1)), name: row.text(2).isEmpty ? nil : row.text(2),
        isHere: isHere, wasHere: row.bool(3) && !isHere, changes: Int(row.integer(5)),
        last: Int(row.integer(4)),
        lastAt: row.optionalInteger(6).map { Instant(milliseconds: $0) },
        forks: forks[row.integer(0)] ?? [])
    }
    guard devices.first?.isHere != true, let id = DeviceID(here) else { return devices }
    return [
      KnownDevice(
        id: id, name: nil, isHere: true, wasHere: false, changes: 0, last: 0, lastAt: nil,
        forks: [])
    ] + devices
  }

  /// What is known to be missing, from what the changes held say of others.
  package func missing() throws(StoreError) -> Missing {
    var missing = Missing()
    missing.gaps = try connection.all(
      """
      SELECT DISTINCT devices.id, name, seq, coalesce((
          SELECT max(seq) FROM changes WHERE device = absent.device AND seq < absent.seq), 0)
      FROM absent JOIN devices ON devices.key = device ORDER BY name, devices.id, seq
      """
    ) { row in
      let last = Int(row.integer(2))
      return MissingChanges(
        device: DeviceID(trusted: row.text(0)), name: row.text(1),
        numbers: min(last, Int(row.integer(3)) + 1)...last)
    }
    missing.unnamed =
      try connection.first(
        """
        SELECT count(*) FROM (
          SELECT substr(id, 1, 16) FROM absent
          UNION SELECT change FROM awaited WHERE NOT EXISTS (
            SELECT 1 FROM changes WHERE short = awaited.change))
        """, read: { Int($0.integer(0)) }) ?? 0
    return missing
  }
}
