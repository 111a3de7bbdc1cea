import Testing
import TasksModel

@testable import TasksStore

/// A store in memory and a clock that a test turns.
final class Desk {
  let store: Store
  var now = Instant(milliseconds: 1_700_000_000_000)
  let zone: Zone

  init(zone: Zone = .utc) throws {
    self.zone = zone
    store = try Store.inMemory(zone: zone)
  }

  var clock: Clock { Clock(now: now, zone: zone) }

  func pass(milliseconds: Int64 = 1000) { now = now.adding(milliseconds: milliseconds) }

  @discardableResult
  func add(_ title: String, _ more: (inout Edits) throws -> Void = { _ in }) throws -> TaskKey {
    var edits = Edits()
    try edits.setTitle(title)
    try more(&edits)
    return try store.edit("add", at: now) { try $0.create(edits) }
  }

  @discardableResult
  func update(
    _ task: TaskKey, seen: Snapshot? = nil, _ change: (inout Edits) throws -> Void
  ) throws -> [Field] {
    var edits = Edits()
    try change(&edits)
    return try store.edit("edit", at: now) { try $0.update(task, edits, seen: seen) }
  }

  func delete(_ task: TaskKey) throws {
    try store.edit("delete", at: now) { try $0.delete(task) }
  }

  func record(_ task: TaskKey) throws -> TaskRecord {
    try #require(try store.record(of: task))
  }

  /// What a filter finds, by title.
  func titles(_ filter: Filter) throws -> [String] {
    try store.tasks(TaskQuery(filter), clock: clock).map { $0.title ?? "?" }
  }
}
