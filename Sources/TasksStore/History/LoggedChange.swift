package import TasksModel

/// A change as the log lists it: who sealed what, and when.
package struct LoggedChange: Sendable {
  package let id: ChangeID
  package let device: DeviceID
  /// What the device calls itself; nil if it does not say.
  package let deviceName: String?
  /// Counts the device's changes from 1.
  package let sequence: Int
  /// The version of the format that it needs.
  package let version: Int
  /// The time of its latest operation, by which the log is ordered.
  package let at: Instant
  /// When its last operation was made, by the clock of the device; nil if no operation of it is held.
  package let madeAt: Instant?
  package let note: String?
  /// How many operations it has.
  package let count: Int
  let key: Int64
  /// The key of its first operation.
  let first: Int64

  /// Whether this version knows what it says.
  package var isKnown: Bool { version <= Change.newestVersion }

  /// The columns that are read, from `changes` and `devices`.
  static let columns = """
    changes.key, changes.id, devices.id, devices.name, seq, v, changes.at, note, first, count,
    \(madeAt)
    """

  /// When the last operation of a change was made, whatever its time was moved to.
  static let madeAt = """
    (SELECT coalesce(clock, operations.at) FROM operations
      WHERE operations.key >= first AND operations.key < first + count AND change = changes.key
      ORDER BY operations.key DESC LIMIT 1)
    """

  init(_ row: Row) {
    key = row.integer(0)
    id = ChangeID(trusted: row.text(1))
    device = DeviceID(trusted: row.text(2))
    deviceName = row.text(3).isEmpty ? nil : row.text(3)
    sequence = Int(row.integer(4))
    version = Int(row.integer(5))
    at = Instant(milliseconds: row.integer(6))
    note = row.optionalText(7)
    first = row.integer(8)
    count = Int(row.integer(9))
    madeAt = row.optionalInteger(10).map { Instant(milliseconds: $0) }
  }
}
