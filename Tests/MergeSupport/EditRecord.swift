package import TasksFormat
package import TasksModel

/// The test's own account of all edits, from which the merge can be judged without looking at any `over`.
package struct EditRecord {
  package private(set) var edits: [Edit] = []
  /// The edits of every change, in its order.
  private var places: [ChangeID: [Int]] = [:]

  package init() {}

  /// Adds an edit and returns its place.
  package mutating func add(_ edit: Edit) -> Int {
    edits.append(edit)
    return edits.count - 1
  }

  package func edits(in change: SealedChange) -> [Int] { edits(in: change.id) }

  package func edits(in change: ChangeID) -> [Int] { places[change] ?? [] }

  /// Adds what an edit that is not sealed becomes in a copy of its store: one of its own.
  ///
  /// - Parameter copies: the copies of the edits before it.
  package mutating func addCopy(of place: Int, seeing copies: [Int: Int]) -> Int {
    var copy = edits[place]
    copy.sees = Set(copy.sees.map { copies[$0] ?? $0 })
    return add(copy)
  }

  /// Notes that an edit was dropped, as it had come in sealed: those after it have seen that one.
  package mutating func put(_ other: Int, inPlaceOf place: Int, for later: [Int]) {
    for edit in later where edits[edit].sees.remove(place) != nil { edits[edit].sees.insert(other) }
  }

  /// Notes which device edits turn out to be of when they are sealed.
  package mutating func reassign(_ places: some Sequence<Int>, to device: DeviceID) {
    for place in places { edits[place].device = device }
  }

  /// Whether the edit is at the end of time, where nothing can be later.
  package func isSaturated(_ place: Int) -> Bool { edits[place].at >= Self.lastMoment }

  private static let lastMoment = Instant.validRange.upperBound.milliseconds
  /// How far a write's time may be moved from the clock without the clock being noted beside it.
  private static let clockTolerance: Int64 = 300_000

  // MARK: - Sealing

  /// Notes what the edits of a device have become, which are the next ones that it sealed, and checks it.
  package mutating func bind(
    _ edits: [Int], to change: SealedChange, checking: Bool
  ) throws(Violation) {
    try Violation.unless(
      edits.count == change.change.operations.count,
      "\(edits.count) edits became \(change.change.operations.count) operations")
    places[change.id] = edits
    for (index, (place, operation)) in zip(edits, change.change.operations).enumerated() {
      note(place, operation, change, index)
      var replaces: Set<Int> = []
      for field in self.edits[place].writes.keys {
        replaces.formUnion(current(among: self.edits[place].sees, field, of: operation.task))
      }
      self.edits[place].replaces = replaces
      if checking { try check(self.edits[place], operation, change) }
    }
  }

  private mutating func note(
    _ place: Int, _ operation: Operation, _ change: SealedChange, _ index: Int
  ) {
    edits[place].isSealed = true
    edits[place].change = change.id
    edits[place].index = index
    edits[place].at = operation.at.milliseconds
    edits[place].writes = Oracle.writes(operation).mapValues { UTF8Key($0.canonicalText) }
  }

  /// Adds the operations of a stranger's change.
  package mutating func add(_ change: SealedChange) {
    guard places[change.id] == nil else { return }
    var added: [Int] = []
    for (index, operation) in change.change.operations.enumerated() {
      let sees = Set(operation.over.compactMap { find($0, in: added) })
      let place = add(
        Edit(
          author: .stranger, device: change.change.device, task: operation.task,
          kind: operation.kind, asked: [:], written: [], now: 0, sees: sees))
      added.append(place)
      note(place, operation, change, index)
      edits[place].replaces = sees
    }
    places[change.id] = added
  }

  /// The edit that a dot names; `here` are those of the change that it stands in.
  private func find(_ dot: Dot, in here: [Int]) -> Int? {
    guard let short = dot.change else {
      return here.indices.contains(dot.index) ? here[dot.index] : nil
    }
    let edits = places.first { $0.key.short == short }?.value ?? []
    return edits.indices.contains(dot.index) ? edits[dot.index] : nil
  }

  /// Checks that an operation says what its author did and could see.
  private func check(
    _ edit: Edit, _ operation: Operation, _ change: SealedChange
  ) throws(Violation) {
    let text = "operation \(edit.index) of \(change.id.short)"
    try Violation.unless(
      operation.task == edit.task && operation.kind == edit.kind
        && change.change.device == edit.device, "\(text) is not the edit that was made")
    for member in operation.fields ?? [] {
      let asked = edit.asked[Field(member.key)]
      try Violation.unless(
        asked?.canonicalText.utf8.elementsEqual(member.value.canonicalText.utf8) ?? false,
        "\(text) sets \(member.key) to \(member.value.canonicalText)")
    }
    for field in edit.written {
      try Violation.unless(
        operation.fields?.contains { Field($0.key) == field } ?? false,
        "\(text) does not set \(field.name)")
    }

    let expected = edit.replaces
    let named = operation.over.map { find($0, in: places[change.id] ?? []) }
    try Violation.unless(
      !named.contains(nil) && Set(named.compactMap(\.self)) == expected,
      "\(text) replaces \(operation.over), not what its author saw: "
        + "\(expected.map { "\(edits[$0].change?.short ?? "?"):\(edits[$0].index)" })")

    let newest = expected.map { edits[$0].at }.max()
    let least = max(edit.now, newest.map { min($0 + 1, Self.lastMoment) } ?? 0)
    let most = least + Int64(edits.count)
    try Violation.unless(
      (least...most).contains(edit.at),
      "\(text) is at \(edit.at), and should be at \(least); the clock read \(edit.now)")
    let isMoved = edit.at - edit.now > Self.clockTolerance
    try Violation.unless(
      operation.clock?.milliseconds == (isMoved ? edit.now : nil),
      "\(text) at \(edit.at) says \(operation.clock?.milliseconds ?? -1) of the clock \(edit.now)")
  }

  /// The edits whose write of a field nobody in a set has replaced, as each of them had it before them.
  private func current(among set: Set<Int>, _ field: Field, of task: TaskID) -> Set<Int> {
    let writing = set.filter { edits[$0].task == task && edits[$0].writes[field] != nil }
    return writing.filter { write in
      !writing.contains { edits[$0].replaces.contains(write) }
    }
  }

  // MARK: - The fifth law

  /// Checks a device that holds everything: no write has vanished silently, and no clock has won quietly.
  ///
  /// A write is gone only where somebody wrote the same field who could see it. All others are current: the
  /// greatest is shown, and those with another value are open conflicts.
  ///
  /// - Parameter besides: tasks that are not looked at, since some of what was written to them is gone with the only
  ///   disk that had it.
  package func checkNothingVanished(
    state: [TaskID: ShownTask], conflicts: [FoundConflict], besides: Set<TaskID> = []
  ) throws(Violation) {
    var rest = conflicts.filter { !besides.contains($0.task) }
    for task in Set(edits.map(\.task)).subtracting(besides) {
      let here = edits.indices.filter { edits[$0].task == task && edits[$0].isSealed }
      for field in Set(here.flatMap { edits[$0].writes.keys }) {
        let writing = here.filter { edits[$0].writes[field] != nil }
        let current = writing.filter { write in
          !writing.contains { edits[$0].sees.contains(write) }
        }
        try checkTimes(writing, field)
        let place = rest.firstIndex { $0.task == task && $0.field == field }
        let conflict = place.map { rest.remove(at: $0) }
        try check(current, field, of: task, state[task], conflict)
      }
    }
    try Violation.unless(rest.isEmpty, "conflicts about nothing: \(rest.map { $0.text().text })")
  }

  /// Checks that whoever saw a write wrote later than it, whatever the clocks said.
  ///
  /// A stranger who replaced something and claims to have done so earlier is beyond the law. Those who saw only the
  /// stranger's write need not be later than what it replaced.
  private func checkTimes(_ writing: [Int], _ field: Field) throws(Violation) {
    func isBackward(_ later: Int, _ earlier: Int) -> Bool {
      edits[later].sees.contains(earlier) && edits[later].at <= edits[earlier].at
        && edits[later].at < Self.lastMoment
    }
    for later in writing {
      for earlier in writing where isBackward(later, earlier) {
        let isLawless = writing.contains { stranger in
          edits[stranger].author == .stranger && writing.contains { isBackward(stranger, $0) }
        }
        try Violation.unless(
          isLawless,
          "\(field.name) was written at \(edits[later].at) by somebody who saw it written at "
            + "\(edits[earlier].at)")
      }
    }
  }

  private func check(
    _ current: [Int], _ field: Field, of task: TaskID, _ shown: ShownTask?,
    _ conflict: FoundConflict?
  ) throws(Violation) {
    guard let winner = current.max(by: { edits[$0].isBefore(edits[$1]) }),
      let value = edits[winner].writes[field]
    else { throw Violation("nothing of \(field.name) is left") }
    let visible = ShownTask.shown(JSON(canonicalText: value.text), in: field)
    let text = visible.map { UTF8Key($0.canonicalText) }
    try Violation.unless(
      field == .createdAt || shown?.fields[field] == text,
      "\(field.name) of \(task.text.suffix(2)) is \(shown?.fields[field]?.text ?? "not there"), "
        + "though nobody who saw \(value.text) replaced it")
    let losers = current.compactMap { place in
      edits[place].writes[field].flatMap { $0 == value ? nil : edits[place].side($0) }
    }
    let expected =
      losers.isEmpty
      ? nil
      : FoundConflict(
        task: task, field: field, winner: edits[winner].side(value), losers: losers)
    try Violation.unless(
      conflict?.text() == expected?.text(),
      "the conflict is \(conflict?.text().text ?? "not there"), and should be "
        + "\(expected?.text().text ?? "none"), as nobody who saw these writes replaced them")
  }
}
