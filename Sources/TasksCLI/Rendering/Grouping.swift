import TasksModel
import TasksText

/// A field by which a list is divided, each value under a heading of its own.
enum Grouping: String, CaseIterable {
  case project
  case priority

  /// An order with everything of one group together, and those without a value last.
  func order(_ order: [SortKey]) -> [SortKey] {
    let field: SortField = self == .project ? .project : .priority
    return order.first?.field == field ? order : [SortKey(field)] + order
  }

  /// Tasks by their value, each group where its first task is.
  func groups(of tasks: [TaskRecord]) -> [[TaskRecord]] {
    var groups: [[TaskRecord]] = []
    var places: [UTF8Key: Int] = [:]
    for task in tasks {
      // Sorted without case, `Home` and `home` may take turns.
      let key = UTF8Key(value(of: task) ?? "")
      if let place = places[key] {
        groups[place].append(task)
      } else {
        places[key] = groups.count
        groups.append([task])
      }
    }
    return groups
  }

  /// What stands above a group.
  func heading(of task: TaskRecord) -> String {
    guard let value = value(of: task) else { return "no \(rawValue)" }
    return self == .project ? visible(value) : "\(rawValue) \(visible(value))"
  }

  private func value(of task: TaskRecord) -> String? {
    self == .project ? task.project : task.priority
  }
}
