import MergeSupport
import TasksFormat
import TasksModel
import TestSupport

/// Plays a script with devices of some kind, and checks them on the way and at the end.
struct Trial<Replica: ReplicaUnderTest> {
  /// A device, and what the test knows of it.
  private struct Seat {
    let replica: Replica
    /// What it holds, in the order in which it came.
    var known: [SealedChange] = []
    var knownIDs: Set<ChangeID> = []
    /// The edits that it can see, by their places in the record.
    var visible: Set<Int> = []
    /// Its edits that are not sealed.
    var pending: [Int] = []
    var ownTip: SealedChange?
    var editor: (session: Replica.Session, task: TaskID, visible: Set<Int>)?
  }

  private let script: HistoryScript
  private let judges: Set<Judge>
  private var seats: [Seat] = []
  private var record = EditRecord()
  /// What every conflict id stands for, and the other way round, over all devices.
  private var meanings: [UTF8Key: UTF8Key] = [:]
  private var names: [UTF8Key: UTF8Key] = [:]

  private init(
    _ script: HistoryScript, judges: Set<Judge>, _ make: (Int) throws -> Replica
  ) throws {
    self.script = script
    self.judges = judges
    for number in 0..<max(1, script.devices) { seats.append(Seat(replica: try make(number))) }
  }

  /// Returns what was broken and when; nil if nothing was.
  static func failure(
    of script: HistoryScript, judges: Set<Judge> = Set(Judge.allCases),
    _ make: (Int) throws -> Replica
  ) -> String? {
    var moment = "before the first step"
    do {
      var trial = try Trial(script, judges: judges, make)
      for (number, step) in script.steps.enumerated() {
        moment = "step \(number) \(step.source)"
        try trial.play(step)
      }
      moment = "at the end, with parts of it all"
      try trial.sealAll()
      moment = "at the end, with everything"
      try trial.unite()
      return nil
    } catch {
      return "\(moment): \(error)"
    }
  }

  // MARK: - Steps

  private mutating func play(_ step: Step) throws {
    switch step {
    case .create(let device, let task, let values):
      let seat = device % seats.count
      let task = HistoryScript.task(task)
      if try seats[seat].replica.create(task, values) {
        note(seat, "create", task, asked: values.fields, written: Set(values.fields.keys))
        try checkShown(seat, task, values.fields, isDeleted: false)
      }
    case .update(let device, let task, let values):
      let seat = device % seats.count
      let task = HistoryScript.task(task)
      let written = try seats[seat].replica.update(task, values)
      if !written.isEmpty {
        note(seat, "update", task, asked: values.fields, written: Set(written))
      }
      try checkShown(seat, task, values.fields, isDeleted: written.isEmpty ? nil : false)
    case .delete(let device, let task):
      let seat = device % seats.count
      let task = HistoryScript.task(task)
      if try seats[seat].replica.delete(task) {
        note(seat, "delete", task, asked: [:], written: [])
        try checkShown(seat, task, [:], isDeleted: true)
      }
    case .open(let device, let task):
      let seat = device % seats.count
      let task = HistoryScript.task(task)
      let visible = seats[seat].visible
      seats[seat].editor = try seats[seat].replica.open(task).map { ($0, task, visible) }
    case .save(let device, let values):
      let seat = device % seats.count
      guard let editor = seats[seat].editor else { return }
      seats[seat].editor = nil
      let written = try seats[seat].replica.save(editor.task, values, seen: editor.session)
      if !written.isEmpty {
        note(
          seat, "update", editor.task, asked: values.fields, written: Set(written),
          sees: editor.visible)
      }
    case .clock(let device, let reading):
      seats[device % seats.count].replica.clock = reading
    case .pass(let device, let milliseconds):
      let replica = seats[device % seats.count].replica
      let last = Instant.validRange.upperBound.milliseconds
      replica.clock = min(max(0, replica.clock + milliseconds), last)
    case .seal(let device):
      try seal(device % seats.count)
    case .deliver(let from, let to, let picks):
      let known = seats[from % seats.count].known
      guard !known.isEmpty, !picks.isEmpty else { return }
      try deliver(picks.map { known[$0 % known.count] }, to: to % seats.count)
    case .foreign(let to, let foreign):
      let seat = to % seats.count
      let line = try foreign.line(knowing: seats[seat].known)
      let change = try SealedChange(reading: line)
      record.add(change)
      try deliver([change], to: seat)
    }
  }

  private mutating func note(
    _ seat: Int, _ kind: String, _ task: TaskID, asked: [Field: JSON], written: Set<Field>,
    sees: Set<Int>? = nil
  ) {
    let edit = record.add(
      Edit(
        author: .device, device: seats[seat].replica.device, task: task, kind: kind, asked: asked,
        written: written, now: seats[seat].replica.clock, sees: sees ?? seats[seat].visible))
    seats[seat].visible.insert(edit)
    seats[seat].pending.append(edit)
  }

  /// Checks that a task is as the last edit wants it, whose author had seen all there was.
  private func checkShown(
    _ seat: Int, _ task: TaskID, _ asked: [Field: JSON], isDeleted: Bool?
  ) throws {
    guard judges.contains(.author) else { return }
    guard let shown = try seats[seat].replica.state()[task] else {
      try Violation.unless(isDeleted == nil, "an edit's task is not there")
      return
    }
    var asked = asked
    if let isDeleted, asked[.isDeleted] == nil { asked[.isDeleted] = .bool(isDeleted) }
    for (field, value) in asked where field != .createdAt {
      let expected = ShownTask.shown(value, in: field).map { UTF8Key($0.canonicalText) }
      let found = shown.fields[field]
      try Violation.unless(
        found == expected,
        "\(field.name) was set to \(value.canonicalText) and is \(found?.text ?? "not there")")
    }
  }

  private mutating func seal(_ seat: Int) throws {
    let replica = seats[seat].replica
    let before = (try replica.state(), try Self.sides(replica.conflicts()))
    let lines = try replica.seal()
    let after = (try replica.state(), try Self.sides(replica.conflicts()))

    var rest = seats[seat].pending[...]
    for line in lines {
      let change = try SealedChange(reading: line)
      let tip = seats[seat].ownTip
      try Violation.unless(
        change.change.device == replica.device && change.change.previous == tip?.id
          && change.change.sequence == (tip?.change.sequence ?? 0) + 1,
        "change \(change.id.short) does not follow \(tip?.id.short ?? "nothing")")
      let edits = rest.prefix(change.change.operations.count)
      rest = rest.dropFirst(edits.count)
      try record.bind(Array(edits), to: change, checking: judges.contains(.author))
      seats[seat].ownTip = change
      seats[seat].known.append(change)
      seats[seat].knownIDs.insert(change.id)
    }
    try Violation.unless(rest.isEmpty, "\(rest.count) edits were not sealed")
    seats[seat].pending = []

    // Sealing shows nobody anything new. At the end of time the change's id decides, which was not known before.
    if judges.contains(.author), !seats[seat].visible.contains(where: record.isSaturated) {
      try Violation.unless(
        before == after, "sealing changed what is shown: \(before), then \(after)")
    }
    try check(seat)
  }

  /// Conflicts without the changes, which get their ids by being sealed.
  private static func sides(_ conflicts: [FoundConflict]) -> [UTF8Key] {
    conflicts.map { UTF8Key("\($0.id) \($0.text(withChanges: false).text)") }.sorted()
  }

  private mutating func deliver(_ changes: [SealedChange], to seat: Int) throws {
    try seats[seat].replica.take(changes.map(\.line))
    for change in changes where seats[seat].knownIDs.insert(change.id).inserted {
      seats[seat].known.append(change)
      seats[seat].visible.formUnion(record.edits(in: change))
    }
    if seats[seat].pending.isEmpty { try check(seat) }
  }

  // MARK: - The end

  private mutating func sealAll() throws {
    for seat in seats.indices {
      try seal(seat)
      try seats[seat].replica.checkItself()
    }
    if judges.contains(.equals) { try compareEquals() }
  }

  /// Gives everything to everyone, to each in an order of its own and some of it twice.
  private mutating func unite() throws {
    var random = SeededGenerator(seed: script.seed &* 31 &+ 7)
    var seen: Set<ChangeID> = []
    let all = seats.flatMap(\.known).filter { seen.insert($0.id).inserted }
    for seat in seats.indices {
      var rest = (all + all.filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
        .shuffled(using: &random)[...]
      while !rest.isEmpty {
        let count = Int.random(in: 1...max(1, rest.count), using: &random)
        try deliver(Array(rest.prefix(count)), to: seat)
        rest = rest.dropFirst(count)
      }
      if judges.contains(.record) {
        try record.checkNothingVanished(
          state: try seats[seat].replica.state(), conflicts: try seats[seat].replica.conflicts())
      }
    }
    if judges.contains(.equals) { try compareEquals() }
    for seat in seats.indices {
      try Violation.unless(
        try seats[seat].replica.seal().isEmpty, "taking in left something to seal")
      try seats[seat].replica.checkItself()
    }
  }

  // MARK: - Checks

  /// Compares a device without pending edits with what the oracle says of the changes it holds.
  private mutating func check(_ seat: Int) throws {
    guard judges.contains(.oracle) else { return }
    let replica = seats[seat].replica
    let oracle = Oracle(seats[seat].known)
    let state = try replica.state()
    for task in Set(oracle.state.keys).union(state.keys) {
      let expected = oracle.state[task]
      try Violation.unless(
        state[task] == expected,
        """
        device \(seat) shows task \(task.text.suffix(2)) as
          \(state[task]?.description ?? "not there"), which should be
          \(expected?.description ?? "not there")
        """)
    }
    let conflicts = try replica.conflicts()
    let found = Set(conflicts.map { $0.text() })
    let expected = Set(oracle.conflicts.map { $0.text() })
    try Violation.unless(
      found == expected && conflicts.count == oracle.conflicts.count,
      """
      device \(seat) has too many conflicts \(found.subtracting(expected).map(\.text))
        and lacks \(expected.subtracting(found).map(\.text))
      """)
    for conflict in conflicts { try checkName(of: conflict, oracle) }
    if let isMissing = oracle.isMissing {
      let missing = try replica.missing()
      try Violation.unless(
        (missing > 0) == isMissing, "device \(seat) says that \(missing) changes are missing")
    }
  }

  /// Checks that an id stands for one conflict everywhere, and a conflict has one id everywhere.
  private mutating func checkName(of conflict: FoundConflict, _ oracle: Oracle) throws {
    let sides = (oracle.sides[conflict.task]?[conflict.field] ?? []).map { side in
      UTF8Key("\(side.at) \(side.device) \(side.value.text)")
    }.sorted()
    let isRepeated = zip(sides, sides.dropFirst()).contains { $0 == $1 }
    // Whether the same write twice counts twice, the law leaves open.
    guard !isRepeated else { return }
    let meaning = UTF8Key(
      "\(conflict.task.text) \(conflict.field.name) \(sides.map(\.text))")
    let id = UTF8Key(conflict.id)
    let known = (meanings[id] ?? meaning, names[meaning] ?? id)
    try Violation.unless(
      known == (meaning, id),
      "conflict \(meaning.text) has id \(id.text), and elsewhere \(known.1.text)")
    meanings[id] = meaning
    names[meaning] = id
  }

  /// Compares devices that hold the same changes and have nothing to seal.
  private func compareEquals() throws {
    for left in seats.indices {
      for right in seats.indices.dropFirst(left + 1)
      where seats[left].knownIDs == seats[right].knownIDs {
        let (one, other) = (try everything(of: left), try everything(of: right))
        try Violation.unless(
          one == other,
          """
          devices \(left) and \(right) hold the same and show
          \(one.map(\.text)) and
          \(other.map(\.text))
          """)
      }
    }
  }

  private func everything(of seat: Int) throws -> [UTF8Key] {
    let replica = seats[seat].replica
    return try replica.state().map { UTF8Key("\($0.key.text.suffix(2)) \($0.value)") }.sorted()
      + replica.conflicts().map { UTF8Key("\($0.id) \($0.text().text)") }.sorted()
      + [UTF8Key("missing \(replica.missing())")]
  }
}
