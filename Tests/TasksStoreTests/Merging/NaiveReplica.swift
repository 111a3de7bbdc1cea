import MergeSupport
import TasksFormat
import TasksModel

/// A device as simple as it can be: a list of operations, from which everything is worked out at every question.
///
/// It shows that the test passes what is right. With one `Flaw` or another it shows that the test fails what is not.
/// It shares nothing with `Oracle`, which works the other way round: here what is replaced is crossed out.
final class NaiveReplica: ReplicaUnderTest {
  /// An operation, with names that hold everywhere; before it is sealed its change is called `+`.
  struct Entry {
    var change: String
    var index: Int
    let device: String
    let task: TaskID
    let kind: String
    let at: Int64
    var clock: Int64?
    var over: [String]
    /// What it says that it sets; nil if it says nothing of that.
    let set: [JSON.Member]?

    var name: String { "\(change.prefix(16)):\(index)" }
  }

  struct CurrentWrite {
    let entry: Entry
    let value: JSON
    let arrival: Int

    var text: UTF8Key { UTF8Key(value.canonicalText) }
  }

  struct Session {
    let current: [Field: [CurrentWrite]]
  }

  let device: DeviceID
  var clock = HistoryScript.start
  let flaw: Flaw?
  private(set) var entries: [Entry] = []
  private(set) var changes: [SealedChange] = []
  private var sequence = 0
  private var tip: ChangeID?

  init(number: Int, flaw: Flaw? = nil) {
    device = HistoryScript.device(number)
    self.flaw = flaw
  }

  // MARK: - Editing

  func create(_ task: TaskID, _ values: FieldValues) -> Bool {
    guard !entries.contains(where: { $0.task == task }) else { return false }
    write("create", task, values.members, seen: [:])
    return true
  }

  func update(_ task: TaskID, _ values: FieldValues) -> [Field] {
    save(task, values, seen: nil)
  }

  func delete(_ task: TaskID) -> Bool {
    guard entries.contains(where: { $0.task == task }) else { return false }
    write("delete", task, [], seen: current(of: task))
    return true
  }

  func open(_ task: TaskID) -> Session? {
    guard entries.contains(where: { $0.task == task }) else { return nil }
    return Session(current: current(of: task))
  }

  func save(_ task: TaskID, _ values: FieldValues, seen: Session) -> [Field] {
    save(task, values, seen: flaw == .editorSeesNow ? nil : seen.current)
  }

  private func save(
    _ task: TaskID, _ values: FieldValues, seen: [Field: [CurrentWrite]]?
  ) -> [Field] {
    guard entries.contains(where: { $0.task == task }) else { return [] }
    let current = current(of: task)
    let changed = values.members.filter { member in
      let field = Field(member.key)
      let writes = current[field] ?? []
      let shown = winner(of: writes)?.value ?? field.absentValue
      return writes.count > 1 || UTF8Key(shown.canonicalText) != UTF8Key(member.value.canonicalText)
    }
    guard !changed.isEmpty else { return [] }
    let kept = values.members.filter { member in
      member.key == "is_deleted" || changed.contains { UTF8Order.areEqual($0.key, member.key) }
    }
    write("update", task, kept, seen: seen ?? current)
    return changed.map { Field($0.key) }
  }

  private func write(
    _ kind: String, _ task: TaskID, _ members: [JSON.Member], seen: [Field: [CurrentWrite]]
  ) {
    let fields = fields(of: kind, members)
    var over: [String] = []
    var at = clock
    let current = current(of: task)
    for field in fields.keys {
      var replaced = seen[field] ?? []
      if flaw == .namesWinnersOnly { replaced = winner(of: replaced).map { [$0] } ?? [] }
      for write in replaced {
        if flaw == .saturatedRepeats, write.entry.at >= Self.lastMoment { continue }
        // An editor may have been opened before the write was sealed.
        let name = entries[write.arrival].name
        if !over.contains(name) { over.append(name) }
        if flaw != .noLaterThanReplaced { at = max(at, min(write.entry.at + 1, Self.lastMoment)) }
      }
    }
    if flaw == .alwaysNamesAll { over = entries.filter { $0.task == task }.map(\.name) }
    let taken = Set(fields.keys.flatMap { current[$0] ?? [] }.map(\.entry.at))
    while flaw != .noLaterThanReplaced, at < Self.lastMoment, taken.contains(at) { at += 1 }
    let isMoved = at - clock > 300_000 && flaw != .notesNoClock
    entries.append(
      Entry(
        change: "+", index: entries.filter { $0.change == "+" }.count, device: device.text,
        task: task, kind: kind, at: at, clock: isMoved ? clock : nil, over: over, set: members))
  }

  private static let lastMoment: Int64 = 253_402_300_799_999

  // MARK: - Sealing and taking in

  func seal() throws -> [[UInt8]] {
    let pending = entries.filter { $0.change == "+" }
    guard !pending.isEmpty else { return [] }
    sequence += 1
    let change = try SealedChange(
      sealing: Change(
        device: device, name: "naive", sequence: sequence, previous: tip, note: nil,
        operations: pending.map { entry in
          Operation(
            task: entry.task, kind: entry.kind, at: Instant(milliseconds: entry.at),
            clock: entry.clock.map { Instant(milliseconds: $0) },
            over: entry.over.compactMap { Dot($0.first == "+" ? String($0.dropFirst()) : $0) },
            fields: entry.set)
        }))
    tip = change.id
    changes.append(change)
    for place in entries.indices {
      if entries[place].change == "+" { entries[place].change = change.id.text }
      entries[place].over = entries[place].over.map {
        $0.first == "+" ? change.id.short + $0.dropFirst() : $0
      }
    }
    return [change.line]
  }

  func take(_ lines: [[UInt8]]) throws {
    for line in lines {
      let change = try SealedChange(reading: line)
      if flaw != .countsRepetitions || change.change.device == device {
        guard !changes.contains(where: { $0.id == change.id }) else { continue }
      }
      if flaw == .forgetsForks {
        let isFork = changes.contains {
          $0.change.device == change.change.device && $0.change.sequence == change.change.sequence
        }
        if isFork { continue }
      }
      changes.append(change)
      for (index, operation) in change.change.operations.enumerated() {
        take(operation, index, of: change)
      }
    }
  }

  private func take(_ operation: Operation, _ index: Int, of change: SealedChange) {
    var over = operation.over.compactMap { dot -> String? in
      if dot.change == nil, flaw == .missesNamesInside { return nil }
      return "\(dot.change ?? change.id.short):\(dot.index)"
    }
    if flaw == .dropsLateNames {
      over.removeAll { name in !entries.contains { $0.name == name } }
    }
    if flaw == .ignoresNamesOfOlderArrivals,
      entries.contains(where: { $0.task == operation.task && $0.at > operation.at.milliseconds })
    {
      over = []
    }
    let name = "\(change.id.short):\(index)"
    if flaw == .keepsLateArrivals {
      for place in entries.indices { entries[place].over.removeAll { $0 == name } }
    }
    var set = operation.fields
    if flaw == .ignoresUnknownKinds, !["create", "update", "delete"].contains(operation.kind) {
      set = nil
    }
    if flaw == .keptOnlyKindReplaces, set == nil { set = [] }
    entries.append(
      Entry(
        change: change.id.text, index: index, device: change.change.device.text,
        task: operation.task, kind: operation.kind, at: operation.at.milliseconds,
        clock: operation.clock?.milliseconds, over: over, set: set))
  }

  // MARK: - What counts

  private func fields(of kind: String, _ members: [JSON.Member]) -> [Field: JSON] {
    var fields: [Field: JSON] = [:]
    for member in members { fields[Field(member.key)] = member.value }
    if fields[.isDeleted] == nil {
      if flaw == .noImpliedDeletion { return fields }
      if flaw == .deletionLeavesFlag, kind == "update" { return fields }
      fields[.isDeleted] = .bool(kind == "delete")
    }
    return fields
  }

  /// All writes to a task that are not crossed out.
  func current(of task: TaskID) -> [Field: [CurrentWrite]] {
    var crossed: [Field: Set<String>] = [:]
    var gone: Set<String> = []
    for entry in entries where entry.task == task || flaw == .replacesOtherTasks {
      guard let set = entry.set else { continue }
      for field in fields(of: entry.kind, set).keys {
        crossed[field, default: []].formUnion(entry.over)
      }
      gone.formUnion(entry.over)
    }
    if flaw == .replacementDiesWithReplaced {
      crossed = [:]
      for entry in entries where entry.task == task && !gone.contains(entry.name) {
        guard let set = entry.set else { continue }
        for field in fields(of: entry.kind, set).keys {
          crossed[field, default: []].formUnion(entry.over)
        }
      }
    }
    var current: [Field: [CurrentWrite]] = [:]
    for (arrival, entry) in entries.enumerated() where entry.task == task {
      guard let set = entry.set else { continue }
      for (field, value) in fields(of: entry.kind, set) {
        let isGone =
          flaw == .replacesOtherFields
          ? gone.contains(entry.name) : crossed[field]?.contains(entry.name) ?? false
        if isGone { continue }
        current[field, default: []].append(
          CurrentWrite(entry: entry, value: value, arrival: arrival))
      }
    }
    if flaw == .forgetsLosers {
      current = current.mapValues { writes in winner(of: writes).map { [$0] } ?? [] }
    }
    return current
  }

  func winner(of writes: [CurrentWrite]) -> CurrentWrite? {
    writes.max { left, right in
      let (one, other) = (left.entry, right.entry)
      switch flaw {
      case .lastArrivalWins: return left.arrival < right.arrival
      case .tiesByValue: return (one.at, left.text) < (other.at, right.text)
      case .tiesByArrival: return (one.at, left.arrival) < (other.at, right.arrival)
      case .tiesByDeviceOnly:
        return (one.at, one.device, left.arrival) < (other.at, other.device, right.arrival)
      case .tiesByShortIndex:
        return (one.at, one.device, one.index, one.change)
          < (other.at, other.device, other.index, other.change)
      default:
        // What is not sealed comes after what is; no digit is greater than a tilde.
        let names = [one, other].map { $0.change == "+" ? "~" : $0.change }
        return (one.at, one.device, names[0], one.index)
          < (other.at, other.device, names[1], other.index)
      }
    }
  }

  // MARK: - What is shown

  func state() -> [TaskID: ShownTask] {
    var state: [TaskID: ShownTask] = [:]
    for task in Set(entries.map(\.task)) {
      let current = current(of: task)
      if current.isEmpty { continue }
      var shown = ShownTask()
      shown.set(.completed, to: false)
      let here = entries.filter { $0.task == task && $0.set != nil }
      var created = here.map(\.at).min() ?? 0
      if flaw == .createdAtIsFirstArrival { created = here.first?.at ?? 0 }
      for (field, writes) in current {
        guard let write = winner(of: writes) else { continue }
        show(write, of: field, among: writes, in: &shown)
        if field == .createdAt, let value = write.value.integerValue { created = value }
      }
      if flaw == .updatedAtIsNewest {
        shown.set(ShownTask.updatedAt, to: .integer(here.map(\.at).max() ?? 0))
      }
      shown.set(ShownTask.createdAt, to: .integer(created))
      state[task] = shown
    }
    return state
  }

  private func show(
    _ write: CurrentWrite, of field: Field, among writes: [CurrentWrite], in shown: inout ShownTask
  ) {
    shown.set(field, to: ShownTask.shown(write.value, in: field))
    if field == .completed {
      if flaw == .wrongKindsShow, write.value.stringValue != nil { shown.set(field, to: true) }
      guard write.value.boolValue == true else { return }
      let first = writes.filter { $0.value.boolValue == true }.map(\.entry.at).min()
      shown.set(
        ShownTask.completedAt,
        to: .integer(flaw == .completedAtIsFirst ? first ?? 0 : write.entry.at))
    }
    if field == .isDeleted { shown.set(ShownTask.updatedAt, to: .integer(write.entry.at)) }
  }

  func conflicts() -> [FoundConflict] {
    var conflicts: [FoundConflict] = []
    for task in Set(entries.map(\.task)) {
      for (field, writes) in current(of: task) {
        guard let winner = winner(of: writes) else { continue }
        let others = writes.filter { $0.arrival != winner.arrival }
        let losers = others.filter { write in
          switch flaw {
          case .comparesCanonically: write.value.canonicalText != winner.value.canonicalText
          case .listsEqualLosers: true
          default: write.text != winner.text
          }
        }
        if losers.isEmpty { continue }
        conflicts.append(
          FoundConflict(
            id: name(task, field, flaw == .nameWithoutLosers ? [winner] : writes), task: task,
            field: field, winner: side(winner), losers: losers.map(side)))
      }
    }
    return conflicts
  }

  private func side(_ write: CurrentWrite) -> FoundConflict.Side {
    let change = write.entry.change
    return FoundConflict.Side(
      value: write.text, at: write.entry.at, device: write.entry.device,
      change: change == "+" ? nil : change)
  }

  private func name(_ task: TaskID, _ field: Field, _ writes: [CurrentWrite]) -> String {
    var sides = writes.map { "\($0.entry.at) \($0.entry.device) \($0.text.text)" }
    if flaw != .localConflictNames { sides.sort { UTF8Order.isLess($0, $1) } }
    return "\(task.text) \(field.name) \(sides)"
  }

  func missing() -> Int {
    if flaw == .nothingMissing { return 0 }
    var missing: Set<String> = []
    let ids = Set(changes.map(\.id.text))
    let shorts = Set(changes.map(\.id.short))
    for change in changes {
      if let previous = change.change.previous, !ids.contains(previous.text),
        flaw != .gapsAreNotMissing
      {
        missing.insert(previous.short)
      }
      for dot in change.change.operations.flatMap(\.over) {
        if let named = dot.change, !shorts.contains(named) { missing.insert(named) }
      }
    }
    return missing.count
  }

  func checkItself() {}
}
