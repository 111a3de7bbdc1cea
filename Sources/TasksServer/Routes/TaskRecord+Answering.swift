import TasksModel

extension TaskRecord {
  var json: [UInt8] {
    var bytes: [UInt8] = []
    TaskJSON.append(self, to: &bytes)
    return bytes
  }

  /// Whether the task has this value in a field already.
  func shows(_ field: Field, _ value: JSON) -> Bool {
    func text(_ shown: String?) -> Bool { shown.map(JSON.string) ?? .null == value }
    switch field {
    case .title: return text(title)
    case .description: return text(description)
    case .project: return text(project)
    case .priority: return text(priority)
    case .due: return text(due?.description)
    case .wait: return text(wait?.description)
    case .completed: return value == .bool(isCompleted)
    case .isDeleted: return value == .bool(isDeleted)
    default:
      if let tag = field.tag {
        return (value == true) == tags.contains { UTF8Order.areEqual($0, tag) }
      }
      return false
    }
  }

  /// The address of the task.
  var address: String { "/api/tasks/\(id.text)" }
}
