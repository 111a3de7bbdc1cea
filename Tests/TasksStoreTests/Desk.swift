import Testing
import TasksModel

@testable import TasksStore

/// A store in memory and a clock that a test turns.
final class Desk {
  let store: Store
  var now = Instant(milliseconds: 1_700_000_000_000)
  let zone: Zone

  let name: String
  /// Keeps the folder there as long as the desk.
  private let folder: Folder?

  init(zone: Zone = .utc, name: String = "desk") throws {
    self.zone = zone
    self.name = name
    folder = nil
    store = try Store.inMemory(zone: zone)
  }

  /// A desk whose store is on the disk, in a folder of its own or in a copy of that.
  init(
    in folder: Folder, store: String = "store", name: String = "desk", at now: Instant? = nil
  ) throws {
    zone = .utc
    self.name = name
    self.folder = folder
    self.store = try Store.open(at: "\(folder.path)/\(store)", creating: true, zone: .utc)
    if let now { self.now = now }
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

  // MARK: - Changes

  @discardableResult
  func seal(note: String? = nil) throws -> SealOutcome {
    try store.seal(note: note, name: name, at: now)
  }

  /// The bundles that the store holds, oldest first.
  func bundles() throws -> [[UInt8]] {
    let rows = try store.connection.all(
      "SELECT key, digest FROM bundles ORDER BY key", read: { ($0.integer(0), $0.text(1)) })
    return try rows.map {
      try store.bytes(of: StoredBundle(key: $0.0, digest: store.connection.digest($0.1)))
    }
  }

  @discardableResult
  func take(_ bundles: [[UInt8]]) throws -> Intake {
    var intake = Intake()
    for bundle in bundles { intake.add(try store.takeIn(bundle, at: now)) }
    return intake
  }

  /// The only task there is.
  func only() throws -> TaskKey? {
    try store.connection.first("SELECT key FROM tasks", read: { TaskKey(rawValue: $0.integer(0)) })
  }

  /// Everything that devices with the same changes must show alike.
  func state() throws -> [String] {
    try store.connection.all(
      """
      SELECT id, title, description, project, priority, due, wait, tags, completed, completed_at,
        is_deleted, created_at, updated_at, (
          SELECT group_concat(field || '=' || value, ' ') FROM (
            SELECT field, value FROM writes WHERE task = tasks.key AND wins ORDER BY field))
      FROM tasks ORDER BY id
      """
    ) { row in (0..<14).map { row.optionalText($0) ?? "-" }.joined(separator: "|") }
  }

  /// All tasks, oldest first.
  func keys() throws -> [TaskKey] {
    try store.connection.all(
      "SELECT key FROM tasks ORDER BY created_at, id", read: { TaskKey(rawValue: $0.integer(0)) })
  }

  /// What every task is called here.
  func numbers() throws -> [String] {
    try store.connection.all(
      "SELECT id, number, closed_at FROM tasks ORDER BY id",
      read: { "\($0.text(0)) \($0.integer(1)) \($0.integer(2))" })
  }

  /// The changes held, in the order in which they came.
  func changeIDs() throws -> [String] {
    try store.connection.all("SELECT id FROM changes ORDER BY key", read: { $0.text(0) })
  }
}
