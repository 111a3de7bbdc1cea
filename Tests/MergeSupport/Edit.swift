package import TasksModel

/// One edit, as the test itself remembers it: who made it, and what they could see.
package struct Edit {
  /// How it becomes known what an edit has replaced.
  package enum Author {
    case device
    /// Nobody knows what a stranger saw, so they saw what they name.
    case stranger
  }

  package let author: Author
  package var device: DeviceID
  package let task: TaskID
  /// `create`, `update` or `delete`, for a device's.
  package let kind: String
  /// What was asked for.
  package let asked: [Field: JSON]
  /// Which of it the device says it has written.
  package let written: Set<Field>
  /// What the clock read.
  package let now: Int64
  /// The edits that its author could see, by their places in the record.
  package var sees: Set<Int>

  // What is known once it is sealed.

  package var isSealed = false
  package var change: ChangeID?
  package var index = 0
  package var at: Int64 = 0
  /// What it writes, `is_deleted` too.
  package var writes: [Field: UTF8Key] = [:]
  /// The edits whose writes its author had before them as current, for any of the fields.
  ///
  /// An edit that it saw current in one field was not current in another only if it saw what had replaced that. So
  /// all writes of these edits to the fields it sets are replaced.
  package var replaces: Set<Int> = []

  package init(
    author: Author, device: DeviceID, task: TaskID, kind: String, asked: [Field: JSON],
    written: Set<Field>, now: Int64, sees: Set<Int>
  ) {
    self.author = author
    self.device = device
    self.task = task
    self.kind = kind
    self.asked = asked
    self.written = written
    self.now = now
    self.sees = sees
  }

  func side(_ value: UTF8Key) -> FoundConflict.Side {
    FoundConflict.Side(value: value, at: at, device: device.text, change: change?.text)
  }

  /// Whether its writes give way to the other's, where neither has seen the other's.
  func isBefore(_ other: Edit) -> Bool {
    (at, device.text, change?.text ?? "", index)
      < (other.at, other.device.text, other.change?.text ?? "", other.index)
  }
}
