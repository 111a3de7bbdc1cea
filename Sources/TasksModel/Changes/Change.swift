/// What one commit sealed: the operations of one device, in the order in which they were made.
package struct Change: Hashable, Sendable {
  /// The version of the format that can express it.
  package let version: Int
  package let device: DeviceID
  /// What the device called itself.
  package let name: String
  /// Counts the device's changes from 1.
  package let sequence: Int
  /// The device's change before this one.
  package let previous: ChangeID?
  /// What the person said about it.
  package let note: String?
  package let operations: [Operation]

  /// The version that this program writes.
  package static let newestVersion = 1

  package init(
    version: Int = newestVersion, device: DeviceID, name: String, sequence: Int,
    previous: ChangeID?, note: String?, operations: [Operation]
  ) {
    self.version = version
    self.device = device
    self.name = name
    self.sequence = sequence
    self.previous = previous
    self.note = note
    self.operations = operations
  }
}

/// What was written to one task at one moment.
package struct Operation: Hashable, Sendable {
  package let task: TaskID
  /// `create`, `update` or `delete`, or a kind that only a later version knows.
  package let kind: String
  package let at: Instant
  /// The clock's reading, where `at` had to be moved away from it.
  package let clock: Instant?
  /// The operations whose writes of the same fields this one replaces.
  package let over: [Dot]
  /// The fields it sets; nil only for a kind that is not known.
  package let fields: [JSON.Member]?

  package init(
    task: TaskID, kind: String, at: Instant, clock: Instant?, over: [Dot], fields: [JSON.Member]?
  ) {
    self.task = task
    self.kind = kind
    self.at = at
    self.clock = clock
    self.over = over
    self.fields = fields
  }
}

/// How much a change may hold.
///
/// A reader's limits are the writer's.
package enum ChangeLimits {
  package static let operations = 1_000
  package static let bytes = 1 << 20
}
