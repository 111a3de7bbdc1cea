package import TasksFormat
package import TasksModel

/// The merge, worked out anew from a set of changes, as the law reads and with no thought for speed.
///
/// > For every field of every task, the current writes are those that no held operation names in its `over`.
/// > The value is the current write with the greatest (`at`, device, change id, index). Others with a different value
/// > are open conflicts.
///
/// It was written without a look at the code that merges, and must stay so.
package struct Oracle {
  /// An operation of a change that is held.
  private struct Held {
    let change: SealedChange
    let index: Int
    let operation: Operation
    /// What it writes; empty for a kind that is not known and has no `set`.
    let writes: [Field: JSON]
    /// The operations that its `over` names, as places in `held`; those that are not held are left out.
    var named: Set<Int> = []

    /// What decides between current writes.
    func isBefore(_ other: Held) -> Bool {
      (operation.at.milliseconds, change.change.device.text, change.id.text, index)
        < (
          other.operation.at.milliseconds, other.change.change.device.text, other.change.id.text,
          other.index
        )
    }

    func side(_ value: JSON) -> FoundConflict.Side {
      FoundConflict.Side(
        value: UTF8Key(value.canonicalText), at: operation.at.milliseconds,
        device: change.change.device.text, change: change.id.text)
    }
  }

  /// What one register comes to.
  private struct Register {
    let winner: Held
    let value: JSON
    let sides: [FoundConflict.Side]
  }

  package private(set) var state: [TaskID: ShownTask] = [:]
  package private(set) var conflicts: [FoundConflict] = []
  /// The sides of all registers, the winner's too, by task and field.
  package private(set) var sides: [TaskID: [Field: [FoundConflict.Side]]] = [:]
  /// Whether changes are missing; nil where the law leaves it open.
  ///
  /// It does for a dot whose change is held, but has no such operation, or cannot be read.
  package let isMissing: Bool?

  package init(_ changes: [SealedChange]) {
    var held: [Held] = []
    for change in Oracle.distinct(changes) {
      for (index, operation) in change.change.operations.enumerated() {
        held.append(
          Held(
            change: change, index: index, operation: operation, writes: Oracle.writes(operation)))
      }
    }

    var places: [String: Int] = [:]
    for (place, one) in held.enumerated() { places["\(one.change.id.short):\(one.index)"] = place }
    let shorts = Set(changes.map(\.id.short))
    let ids = Set(changes.map(\.id))
    var isMissing = changes.contains { $0.change.previous.map { !ids.contains($0) } ?? false }
    var isUnclear = false
    for place in held.indices {
      for dot in held[place].operation.over {
        let change = dot.change ?? held[place].change.id.short
        if let named = places["\(change):\(dot.index)"] {
          held[place].named.insert(named)
        } else if shorts.contains(change) {
          isUnclear = true
        } else if held[place].operation.fields != nil {
          isMissing = true
        } else {
          isUnclear = true
        }
      }
    }
    self.isMissing = isMissing ? true : (isUnclear ? nil : false)

    for task in Set(held.map(\.operation.task)) {
      let here = held.indices.filter { held[$0].operation.task == task }
      var registers: [Field: Register] = [:]
      for field in Set(here.flatMap { held[$0].writes.keys }) {
        let writing = here.filter { held[$0].writes[field] != nil }
        let current = writing.filter { write in
          !writing.contains { held[$0].named.contains(write) }
        }
        guard let winner = current.max(by: { held[$0].isBefore(held[$1]) }) else { continue }
        registers[field] = Register(
          winner: held[winner], value: held[winner].writes[field] ?? .null,
          sides: current.map { held[$0].side(held[$0].writes[field] ?? .null) })
      }
      guard !registers.isEmpty else { continue }
      // What is kept only says nothing of the task.
      let applied = here.filter { !held[$0].writes.isEmpty }
      sides[task] = registers.mapValues(\.sides)
      state[task] = Oracle.shown(
        registers, oldest: applied.map { held[$0].operation.at.milliseconds }.min() ?? 0)
      for (field, register) in registers {
        let winner = register.winner.side(register.value)
        let losers = register.sides.filter { $0.value != winner.value }
        guard !losers.isEmpty else { continue }
        conflicts.append(FoundConflict(task: task, field: field, winner: winner, losers: losers))
      }
    }
  }

  private static func distinct(_ changes: [SealedChange]) -> [SealedChange] {
    var seen: Set<ChangeID> = []
    return changes.filter { seen.insert($0.id).inserted }
  }

  /// What an operation writes: what it sets, and `is_deleted`.
  static func writes(_ operation: Operation) -> [Field: JSON] {
    guard let members = operation.fields else { return [:] }
    var writes: [Field: JSON] = [:]
    for member in members { writes[Field(member.key)] = member.value }
    if writes[.isDeleted] == nil { writes[.isDeleted] = .bool(operation.kind == "delete") }
    return writes
  }

  private static func shown(_ registers: [Field: Register], oldest: Int64) -> ShownTask {
    var task = ShownTask()
    task.set(.completed, to: false)
    for (field, register) in registers {
      let at = JSON.integer(register.winner.operation.at.milliseconds)
      task.set(field, to: ShownTask.shown(register.value, in: field))
      if field == .isDeleted { task.set(ShownTask.updatedAt, to: at) }
      if field == .completed, register.value.boolValue == true {
        task.set(ShownTask.completedAt, to: at)
      }
    }
    let created = registers[.createdAt]?.value.integerValue ?? oldest
    task.set(ShownTask.createdAt, to: .integer(created))
    return task
  }
}
