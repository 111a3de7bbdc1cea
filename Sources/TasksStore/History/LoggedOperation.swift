package import TasksModel

/// What one operation did to a task, with what was there before.
package struct LoggedOperation: Sendable {
  package let task: TaskID
  /// `create`, `update` or `delete`, or a kind that only a later version knows.
  package let kind: String
  package let at: Instant
  /// The clock's reading, where the time had to be moved away from it.
  package let clock: Instant?
  package let device: DeviceID
  /// What the device calls itself; nil if it has sealed nothing yet.
  package let deviceName: String?
  /// Nil while it has not been sealed.
  package let change: ChangeID?
  /// What it wrote, in the order of the fields' names.
  ///
  /// That the task is there is left out where the operation does not say so and nothing else was so.
  package let fields: [FieldChange]

  /// When it was made, by the clock of whoever made it.
  package var madeAt: Instant { clock ?? at }
}
