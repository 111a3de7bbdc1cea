import MergeSupport
import TasksFormat
import TasksModel

@testable import TasksStore

/// A device as it is: a store in memory.
final class StoreReplica: ReplicaUnderTest {
  struct Session {
    let task: TaskKey
    let seen: Snapshot
  }

  let device: DeviceID
  var clock = HistoryScript.start
  private let store: Store
  private let name: String
  /// Whether a bundle held a change twice, for which the check takes the store for damaged.

  init(number: Int) throws {
    device = HistoryScript.device(number)
    name = "device \(number)"
    store = try Store.inMemory(zone: .utc)
    // A script plays alike every time.
    try store.set("device.id", to: device.text)
  }

  private var now: Instant { Instant(milliseconds: clock) }

  private func key(of task: TaskID) throws -> TaskKey? {
    do {
      return try store.task(idPrefix: task.text)
    } catch StoreError.noSuchTask {
      return nil
    }
  }

  // MARK: - Editing

  func create(_ task: TaskID, _ values: FieldValues) throws -> Bool {
    guard try key(of: task) == nil else { return false }
    try store.edit("add", at: now) { _ = try $0.create(values.edits, id: task) }
    return true
  }

  func update(_ task: TaskID, _ values: FieldValues) throws -> [Field] {
    guard let key = try key(of: task) else { return [] }
    return try store.edit("edit", at: now) { try $0.update(key, values.edits) }
  }

  func delete(_ task: TaskID) throws -> Bool {
    guard let key = try key(of: task) else { return false }
    try store.edit("delete", at: now) { try $0.delete(key) }
    return true
  }

  func open(_ task: TaskID) throws -> Session? {
    guard let key = try key(of: task) else { return nil }
    return Session(task: key, seen: try store.snapshot(of: key))
  }

  func save(_ task: TaskID, _ values: FieldValues, seen: Session) throws -> [Field] {
    try store.edit("edit", at: now) { try $0.update(seen.task, values.edits, seen: seen.seen) }
  }

  // MARK: - Changes

  func seal() throws -> [[UInt8]] {
    try store.seal(note: nil, name: name, at: now).changes.map { sealed in
      guard let change = try store.change(sealed.id) else {
        throw Violation("change \(sealed.id.short) was sealed and is not there")
      }
      guard try store.sealed(store.change(idPrefix: sealed.id.text)) == change else {
        throw Violation("change \(sealed.id.short) is not what its rows say")
      }
      return change.line
    }
  }

  func take(_ lines: [[UInt8]]) throws {
    var writer = BundleWriter()
    for line in lines {
      guard try writer.append(SealedChange(reading: line)) else {
        throw Violation("the bundle is full")
      }
    }
    // The clocks of a script are so coarse that two devices do the very same at the same moment, and are no copies.
    let bundle = try writer.finish().bytes
    let taken = try store.takeIn(1, at: now, lookingForCopies: false) { _ in IncomingBundle(bundle)
    }
    if let failure = taken.failures.first { throw failure.error }
  }

  // MARK: - What is shown

  func state() throws -> [TaskID: ShownTask] { try store.shownTasks(at: now) }

  func conflicts() throws -> [FoundConflict] { try store.foundConflicts() }

  func missing() throws -> Int { try store.missing().count }

  func checkItself() throws { try fsck() }

  func fsck() throws { try store.expectNoDamage(at: now) }
}
