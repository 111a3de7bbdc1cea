package import TasksModel

/// Two or more values of one field, written by people who did not know of each other.
package struct Conflict: Sendable {
  /// One of the values.
  package struct Side: Sendable {
    package let value: JSON
    package let at: Instant
    /// What the clock said, where the time had to be moved away from it.
    package let clock: Instant?
    package let device: DeviceID
    /// What the device calls itself; nil while it has not been sealed.
    package let deviceName: String?
    /// Nil while it has not been sealed.
    package let change: ChangeID?
    /// The operation.
    let key: Int64

    /// When it was written, by the clock of whoever wrote it.
    package var shownAt: Instant { clock ?? at }
  }

  package let id: String
  /// As much of the id as a person needs to type: eight digits, more where another begins like it.
  package let shortID: String
  package let task: TaskKey
  package let taskID: TaskID
  package let number: Int?
  package let title: String?
  package let field: Field
  /// The value that the task shows, or showed while it was open.
  package let winner: Side
  /// The other values, the latest first: on every device in the same order, so that people can count them.
  package let losers: [Side]
  package let foundAt: Instant
  package let endedAt: Instant?
  /// The value that the field had when it ended; nil if it is open, or grew into another conflict.
  package let ending: Side?

  /// The key of the newest operation that has part in it.
  package var newestSide: Int64 { losers.reduce(winner.key) { max($0, $1.key) } }

  package var isOpen: Bool { endedAt == nil }

  /// Whether there is only one other value, whoever wrote it.
  package var isBetweenTwo: Bool { Set(losers.map(\.value)).count == 1 }
}
