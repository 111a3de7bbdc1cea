import TasksModel
import TasksProgram

extension TaskRecord {
  /// Throws if the task is deleted: an edit would silently bring it back.
  func refuseIfDeleted() throws(Failure) {
    guard isDeleted else { return }
    let name = number.map(String.init) ?? id.short
    throw Failure(
      "task \(name) is deleted", hint: "bring it back first: tasks restore \(name)", status: .failed
    )
  }
}
