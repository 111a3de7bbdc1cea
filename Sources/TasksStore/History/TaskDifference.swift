package import TasksModel

/// What several operations together did to one task.
package struct TaskDifference: Sendable {
  package let task: TaskID
  package let number: Int?
  package let title: String?
  /// Whether the task came into being.
  package let isNew: Bool
  /// The fields that are different, in the order of their names: from before the first write to after the last.
  package let fields: [FieldChange]
}
