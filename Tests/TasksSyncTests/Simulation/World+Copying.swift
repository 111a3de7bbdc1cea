import Foundation
import MergeSupport
import TasksFormat
import TasksModel

@testable import TasksStore

extension World {
  /// Carries changes from one to another on a stick.
  func carry(from: Seat, to: Seat, _ since: Int?) throws {
    guard from !== to else { return }
    var bundles: [[UInt8]] = []
    let first = try since.flatMap(from.change)
    let selection = first.map { Store.Selection.since($0) } ?? .all
    try from.store.forEachBundle(of: selection) { bundles.append($0.bytes) }
    let last = try to.lastChange()
    for bundle in bundles { _ = try to.store.takeIn(bundle, at: to.device.now) }
    try noteDropped(to, since: last)
    try flaw?.spoil(to, isFailed: false)
  }

  func backUp(_ seat: Seat) throws {
    guard let directory = seat.directory else { return }
    if let old = seat.backup { try FileManager.default.removeItem(atPath: old.path) }
    let path = try newPath()
    try FileManager.default.copyItem(atPath: directory, toPath: path)
    seat.backup = (path, seat.pending)
  }

  /// Puts a backup back in place of the store.
  func restore(_ seat: Seat) throws {
    guard let directory = seat.directory, let backup = seat.backup else { return }
    try destroying {
      seat.device.store = try Store.inMemory(zone: .utc)
      try FileManager.default.removeItem(atPath: directory)
      try FileManager.default.copyItem(atPath: backup.path, toPath: directory)
      try seat.reopen()
      seat.pending = copies(of: backup.pending)
    }
  }

  /// Copies a store; both go on.
  func copy(_ seat: Seat, isUnnoticed: Bool) throws {
    guard let directory = seat.directory, seats.count < Self.mostSeats else { return }
    let path = try newPath()
    try FileManager.default.copyItem(atPath: directory, toPath: path)
    let store = try Store.open(at: path, creating: false, zone: .utc)
    // As on a file system that keeps no time of birth, and gave the copy the same number.
    if isUnnoticed { try store.connection.rememberIdentity(in: path) }
    let device = try Device("device \(seats.count)", store: store)
    device.key = seat.device.key
    let copy = Seat(device, directory: path, firstDevice: try store.ownDevice)
    copy.pending = copies(of: seat.pending)
    copy.offset = seat.offset
    copy.wasAhead = seat.wasAhead
    seats.append(copy)
    turn(copy, seats.count - 1)
  }

  /// What edits that are not sealed are in a copy of their store: edits of their own.
  private func copies(of pending: [Seat.Pending]) -> [Seat.Pending] {
    var copies: [Int: Int] = [:]
    return pending.map { edit in
      let copy = record.addCopy(of: edit.edit, seeing: copies)
      copies[edit.edit] = copy
      return Seat.Pending(
        key: edit.key, edit: copy, task: edit.task, kind: edit.kind, at: edit.at,
        fields: edit.fields)
    }
  }
}
