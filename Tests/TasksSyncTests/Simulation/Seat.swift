import Foundation
import MergeSupport
import TasksFormat
import TasksModel

@testable import TasksStore

/// A device of a simulation, and what the test knows of it besides what it holds.
final class Seat {
  /// An edit that is not sealed: its operation in the store, and its place in the record.
  struct Pending {
    let key: Int64
    let edit: Int
    let task: TaskID
    let kind: String
    let at: Int64
    let fields: String
  }

  let device: Device
  /// Where its store is on the disk; nil for one in memory.
  let directory: String?
  var pending: [Pending] = []
  var editor: (task: TaskKey, id: TaskID, seen: Snapshot, visible: Set<Int>)?
  /// A copy of the folder, and the edits in it that were not sealed.
  var backup: (path: String, pending: [Pending])?
  /// How far its clock is from the true one.
  var offset: Int64 = 0
  /// Whether its clock was ever far ahead, so that it may be refused.
  var wasAhead = false
  /// The device that it was at first.
  let firstDevice: DeviceID
  /// Whether it came at the end, with a remote of its own.
  var isNewcomer = false

  private var noted: Int64?
  /// What was read of the store, as long as it is the same.
  private var known: (store: Store, mark: [Int64], changes: Set<ChangeID>)?

  init(_ device: Device, directory: String?, firstDevice: DeviceID) {
    self.device = device
    self.firstDevice = firstDevice
    self.directory = directory
  }

  var store: Store { device.store }

  /// The changes that the store says it holds.
  func changes() throws -> Set<ChangeID> {
    let mark = try store.connection.first(
      "SELECT count(*), max(key) FROM changes", read: { [$0.integer(0), $0.integer(1)] })
    if let known, known.store === store, known.mark == mark { return known.changes }
    let changes = Set(
      try store.connection.all(
        "SELECT id FROM changes", read: { ChangeID(trusted: $0.text(0)) }))
    known = (store, mark ?? [], changes)
    return changes
  }

  /// The change that came so many changes after the first one; nil if there is none at all.
  func change(_ number: Int) throws -> ChangeID? {
    let all = try store.connection.all("SELECT id FROM changes ORDER BY key", read: { $0.text(0) })
    return all.isEmpty ? nil : ChangeID(trusted: all[number % all.count])
  }

  /// The edits that are not sealed, as the store has them.
  func unsealed() throws -> [Int64] {
    try store.connection.all(
      "SELECT key FROM operations WHERE change IS NULL ORDER BY key", read: { $0.integer(0) })
  }

  func lastChange() throws -> Int64 {
    try store.connection.first(
      "SELECT coalesce(max(key), 0) FROM changes", read: { $0.integer(0) }) ?? 0
  }

  /// The sealed operation that came in since and is the same as an edit.
  func equal(of edit: Pending, since change: Int64) throws -> (change: ChangeID, index: Int)? {
    try store.connection.first(
      """
      SELECT changes.id, operations.key - first FROM operations
      JOIN changes ON changes.key = change JOIN tasks ON tasks.key = operations.task
      WHERE tasks.id = ? AND operations.at = ? AND kind = ? AND fields = ? AND changes.key > ?
      ORDER BY operations.key LIMIT 1
      """, .text(edit.task.text), .integer(edit.at), .text(edit.kind), .text(edit.fields),
      .integer(change),
      read: { (change: ChangeID(trusted: $0.text(0)), index: Int($0.integer(1))) })
  }

  /// What of it is said to be on the default remote; nothing if no more is said than the last time.
  func notedAsPublished() throws -> [ChangeID] {
    let count = try store.connection.first(
      "SELECT count(*) FROM operations WHERE queued IS NULL", read: { $0.integer(0) })
    guard count != noted else { return [] }
    noted = count
    return try store.connection.all(
      """
      SELECT DISTINCT id FROM operations JOIN changes ON changes.key = change
      WHERE queued IS NULL
      """, read: { ChangeID(trusted: $0.text(0)) })
  }

  // MARK: - Copies

  /// Opens the store anew, as the next command does.
  func reopen() throws {
    guard let directory else { return }
    device.store = try Store.inMemory(zone: .utc)
    device.store = try Store.open(at: directory, creating: false, zone: .utc)
    editor = nil
  }

  /// Puts the store back as it was when it was copied: the same files, with what they held then.
  func comeBack(from copy: String) throws {
    guard let directory else { return }
    device.store = try Store.inMemory(zone: .utc)
    let files = FileManager.default
    let identity = "/identity"
    for name in try files.contentsOfDirectory(atPath: directory) where name != "identity" {
      try files.removeItem(atPath: directory + "/" + name)
    }
    let isSame = files.contentsEqual(atPath: directory + identity, andPath: copy + identity)
    for name in try files.contentsOfDirectory(atPath: copy) where name != "identity" || !isSame {
      try? files.removeItem(atPath: directory + "/" + name)
      try files.moveItem(atPath: copy + "/" + name, toPath: directory + "/" + name)
    }
    try files.removeItem(atPath: copy)
    try reopen()
  }
}
