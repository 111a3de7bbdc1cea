import MergeSupport
import TasksFormat
import TasksModel

@testable import TasksStore

extension World {
  private static let tasks = (0..<8).compactMap {
    TaskID("00000000-0000-4000-8000-00000000000\($0)")
  }

  private static func task(_ number: Int) -> TaskID { tasks[number % tasks.count] }

  /// The edits that a device can see: those in the changes it holds, and its own.
  func visible(_ seat: Seat) throws -> Set<Int> {
    Set(try seat.changes().flatMap(record.edits(in:))).union(seat.pending.map(\.edit))
  }

  private func key(of task: TaskID, _ seat: Seat) throws -> TaskKey? {
    do { return try seat.store.task(idPrefix: task.text) } catch StoreError.noSuchTask {
      return nil
    }
  }

  // MARK: - Edits

  func create(_ seat: Seat, _ task: Int, _ values: FieldValues) throws {
    let task = Self.task(task)
    guard try key(of: task, seat) == nil else { return }
    let visible = try visible(seat)
    try seat.store.edit("add", at: seat.device.now) { _ = try $0.create(values.edits, id: task) }
    try note(
      seat, "create", task, asked: values.fields, written: Set(values.fields.keys), sees: visible)
  }

  func update(_ seat: Seat, _ task: Int, _ values: FieldValues) throws {
    let task = Self.task(task)
    guard let key = try key(of: task, seat) else { return }
    let visible = try visible(seat)
    let written = try seat.store.edit("edit", at: seat.device.now) {
      try $0.update(key, values.edits)
    }
    guard !written.isEmpty else { return }
    try note(
      seat, "update", task, asked: values.fields, written: Set(written), sees: visible)
  }

  /// Makes one change after the other.
  func fill(_ seat: Seat, _ count: Int) throws {
    try create(seat, 6, ["title": "0"])
    for number in 1...max(1, count) {
      now += 16
      if let place = seats.firstIndex(where: { $0 === seat }) { turn(seat, place) }
      try update(seat, 6, ["title": .string("\(number)")])
      try seal(seat)
    }
  }

  func delete(_ seat: Seat, _ task: Int) throws {
    let task = Self.task(task)
    guard let key = try key(of: task, seat) else { return }
    let visible = try visible(seat)
    try seat.store.edit("delete", at: seat.device.now) { try $0.delete(key) }
    try note(seat, "delete", task, asked: [:], written: [], sees: visible)
  }

  func open(_ seat: Seat, _ task: Int) throws {
    let task = Self.task(task)
    seat.editor = nil
    guard let key = try key(of: task, seat) else { return }
    seat.editor = (key, task, try seat.store.snapshot(of: key), try visible(seat))
  }

  func save(_ seat: Seat, _ values: FieldValues) throws {
    guard let editor = seat.editor else { return }
    seat.editor = nil
    let written = try seat.store.edit("edit", at: seat.device.now) {
      try $0.update(editor.task, values.edits, seen: editor.seen)
    }
    guard !written.isEmpty else { return }
    try note(
      seat, "update", editor.id, asked: values.fields, written: Set(written), sees: editor.visible)
  }

  /// Ends a conflict by an ordinary edit.
  ///
  /// What becomes of a conflict about deletion beside it has tests of its own.
  func resolve(_ seat: Seat, _ pick: Int, _ side: Int) throws {
    let conflicts = try seat.store.conflicts().sorted { $0.id < $1.id }
    guard !conflicts.isEmpty else { return }
    let conflict = conflicts[pick % conflicts.count]
    if conflict.field != .isDeleted {
      let isDisputed = conflicts.contains { $0.taskID == conflict.taskID && $0.field == .isDeleted }
      guard !isDisputed, try seat.store.record(of: conflict.task)?.isDeleted == false else {
        return
      }
    }
    let sides = [conflict.winner] + conflict.losers
    let value = sides[side % sides.count].value
    let visible = try visible(seat)
    try seat.store.resolve(conflict.id, as: "conflicts take", at: seat.device.now) { _ in value }
    if conflict.field == .isDeleted, value == true {
      try note(seat, "delete", conflict.taskID, asked: [:], written: [], sees: visible)
    } else {
      try note(
        seat, "update", conflict.taskID, asked: [conflict.field: value], written: [conflict.field],
        sees: visible)
    }
  }

  private func note(
    _ seat: Seat, _ kind: String, _ task: TaskID, asked: [Field: JSON], written: Set<Field>,
    sees: Set<Int>
  ) throws {
    let known = Set(seat.pending.map(\.key))
    let new = try seat.unsealed().filter { !known.contains($0) }
    try Violation.unless(new.count == 1, "one edit became \(new.count) operations")
    let row = try seat.store.connection.first(
      "SELECT at, fields FROM operations WHERE key = ?", .integer(new[0]),
      read: { (at: $0.integer(0), fields: $0.text(1)) })
    let edit = record.add(
      Edit(
        author: .device, device: try seat.store.ownDevice, task: task, kind: kind, asked: asked,
        written: written, now: seat.device.now.milliseconds, sees: sees))
    seat.pending.append(
      Seat.Pending(
        key: new[0], edit: edit, task: task, kind: kind, at: row?.at ?? 0,
        fields: row?.fields ?? ""))
  }

  // MARK: - Sealing

  func seal(_ seat: Seat) throws {
    let last = try seat.lastChange()
    let outcome = try seat.store.seal(
      note: nil, name: seat.device.name, at: seat.device.now)
    try noteDropped(seat, since: last)
    let device = try seat.store.ownDevice
    record.reassign(seat.pending.map(\.edit), to: device)
    var rest = seat.pending[...]
    for sealed in outcome.changes {
      guard let change = try seat.store.change(sealed.id) else {
        throw Violation("change \(sealed.id.short) was sealed and is not there")
      }
      let edits = rest.prefix(change.change.operations.count).map(\.edit)
      rest = rest.dropFirst(edits.count)
      try record.bind(edits, to: change, checking: true)
    }
    try Violation.unless(rest.isEmpty, "\(rest.count) edits were not sealed")
    seat.pending = []
  }

  /// Finds out which edits came in sealed and were dropped; nobody else may have gone.
  func noteDropped(_ seat: Seat, since change: Int64) throws {
    guard !seat.pending.isEmpty else { return }
    let there = Set(
      try seat.store.connection.all(
        "SELECT key FROM operations WHERE key >= ?", .integer(seat.pending[0].key),
        read: { $0.integer(0) }))
    let dropped = seat.pending.filter { !there.contains($0.key) }
    guard !dropped.isEmpty else { return }
    sights.insert(.dropped)
    seat.pending.removeAll { !there.contains($0.key) }
    for edit in dropped {
      guard let equal = try seat.equal(of: edit, since: change),
        record.edits(in: equal.change).indices.contains(equal.index)
      else { throw Violation("edit \(edit) is gone, and nothing that came in is the same") }
      let place = record.edits(in: equal.change)[equal.index]
      record.put(place, inPlaceOf: edit.edit, for: seat.pending.map(\.edit))
      if seat.editor?.visible.remove(edit.edit) != nil { seat.editor?.visible.insert(place) }
    }
  }
}
