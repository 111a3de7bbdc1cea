import Testing
import TasksModel

@testable import TasksStore

@Suite struct ImportTests {
  private let start = Instant(milliseconds: 1_600_000_000_000)

  private func foreign(
    title: String = "Buy milk", modified: Int64 = 10_000, closed: Int64? = nil,
    isDeleted: Bool = false, id: String = "3f2a9c1e-0000-4000-8000-000000000000"
  ) throws -> ForeignTask {
    var edits = Edits()
    try edits.setTitle(title)
    try edits.addTag("shop")
    if closed != nil, !isDeleted { edits.setCompleted(true) }
    return ForeignTask(
      id: try #require(TaskID(id)), createdAt: start,
      modifiedAt: start.adding(milliseconds: modified),
      closedAt: closed.map { start.adding(milliseconds: $0) }, isDeleted: isDeleted, edits: edits)
  }

  private func bring(_ task: ForeignTask, _ desk: Desk) throws -> ImportOutcome {
    try desk.store.bringIn(at: desk.now) { editor in
      try #require(try editor.bring([IncomingTask(task)]).first)
    }
  }

  private func only(_ desk: Desk) throws -> TaskRecord {
    try #require(try desk.store.tasks(TaskQuery(.all([]), detail: .full), clock: desk.clock).first)
  }

  @Test func theTimesOfTheSourceAreKept() throws {
    let desk = try Desk()
    _ = try bring(try foreign(), desk)
    let task = try only(desk)
    #expect(task.createdAt == start)
    #expect(task.updatedAt == start.adding(milliseconds: 10_000))
    #expect(task.number == 1)
    #expect(task.tags == ["shop"])
  }

  @Test func aCompletedTaskWasCompletedThenAndTakesNoNumber() throws {
    let desk = try Desk()
    _ = try bring(try foreign(modified: 10_000, closed: 8_000), desk)
    let task = try only(desk)
    #expect(task.completedAt == start.adding(milliseconds: 8_000))
    #expect(task.updatedAt == start.adding(milliseconds: 10_000))
    #expect(task.number == nil)
  }

  @Test(
    arguments: [
      (10_000, nil, false), (8_000, 10_000, false), (10_000, 10_000, true), (0, nil, false),
    ]
      as [(Int64, Int64?, Bool)])
  func bringingInTheSameTwiceChangesNothing(
    modified: Int64, closed: Int64?, isDeleted: Bool
  ) throws {
    let desk = try Desk()
    let task = try foreign(modified: modified, closed: closed, isDeleted: isDeleted)
    _ = try bring(task, desk)
    #expect(try only(desk).isDeleted == isDeleted)
    let before = try desk.store.queue().count
    let outcome = try bring(task, desk)
    #expect(!outcome.isNew && outcome.written.isEmpty && outcome.newer.isEmpty)
    #expect(try desk.store.queue().count == before)
  }

  @Test func whatIsNewerHereStays() throws {
    let desk = try Desk()
    _ = try bring(try foreign(), desk)
    try desk.update(try desk.store.task(numbered: 1)) { try $0.setTitle("Buy oat milk") }
    let outcome = try bring(try foreign(title: "Buy bread", modified: 20_000), desk)
    #expect(outcome.written.isEmpty)
    #expect(outcome.newer == [.title])
    #expect(try only(desk).title == "Buy oat milk")
  }

  /// Taskwarrior says when a task was changed, but not what of it.
  @Test func whatTheSourceHasNotChangedDoesNotBeatAnEditHere() throws {
    let desk = try Desk()
    desk.now = start.adding(milliseconds: 15_000)
    _ = try bring(try foreign(), desk)
    try desk.update(try desk.store.task(numbered: 1)) {
      try $0.setTitle("Buy oat milk")
      try $0.removeTag("shop")
      $0.setCompleted(true)
    }
    var task = try foreign(modified: 60_000)
    task.edits.set(.project, to: "home")
    let outcome = try bring(task, desk)
    #expect(outcome.written == [.project])
    #expect(Set(outcome.newer) == [.title, .tag("shop"), .completed])
    let record = try only(desk)
    #expect(record.title == "Buy oat milk" && record.tags == [] && record.isCompleted)
    // What it does change counts.
    _ = try bring(try foreign(title: "Buy bread", modified: 70_000), desk)
    #expect(try only(desk).title == "Buy bread")
  }

  @Test func aDeletionOlderThanWhatIsHereIsNotTakenForSomethingElseThatIsNew() throws {
    let desk = try Desk()
    _ = try bring(try foreign(), desk)
    try desk.update(try desk.store.task(numbered: 1)) { try $0.setTitle("Buy oat milk") }
    var gone = try foreign(modified: 20_000, closed: 20_000, isDeleted: true)
    try gone.edits.addNote("no longer needed", at: gone.modifiedAt)
    let outcome = try bring(gone, desk)
    #expect(Set(outcome.newer) == [.title, .isDeleted])
    #expect(try !only(desk).isDeleted)
    #expect(try only(desk).notes.count == 1)
  }

  @Test func whatWasBroughtInIsAsOldAsItsSourceSaid() throws {
    let desk = try Desk()
    _ = try bring(try foreign(), desk)
    try desk.update(try desk.store.task(numbered: 1)) { try $0.addTag("mine") }
    _ = try bring(try foreign(title: "Buy bread", modified: 20_000), desk)
    let outcome = try bring(try foreign(title: "Buy rolls", modified: 30_000), desk)
    #expect(outcome.written == [.title] && outcome.newer.isEmpty)
    #expect(try only(desk).title == "Buy rolls")
  }

  @Test func whatIsNewerThereIsTaken() throws {
    let desk = try Desk()
    _ = try bring(try foreign(), desk)
    _ = try bring(try foreign(title: "Buy bread", modified: 20_000), desk)
    #expect(try only(desk).title == "Buy bread")
    #expect(try only(desk).updatedAt == start.adding(milliseconds: 20_000))
  }

  @Test func aTaskDeletedHereLaterStaysDeleted() throws {
    let desk = try Desk()
    _ = try bring(try foreign(), desk)
    try desk.delete(try desk.store.task(numbered: 1))
    _ = try bring(try foreign(title: "Buy bread", modified: 20_000), desk)
    #expect(try only(desk).isDeleted)
    #expect(try only(desk).title == "Buy bread")
  }

  @Test func aTaskDeletedHereLaterIsReported() throws {
    let desk = try Desk()
    _ = try bring(try foreign(), desk)
    _ = try desk.store.undo(at: desk.now)
    #expect(try bring(try foreign(), desk).isDeletedHere)
  }

  @Test func whatWasReopenedOrRestoredThereIsSoHere() throws {
    let desk = try Desk()
    _ = try bring(try foreign(modified: 5_000, closed: 5_000), desk)
    _ = try bring(try foreign(modified: 20_000), desk)
    #expect(try only(desk).isOpen)
    let other = "3f2a9c1e-0000-4000-8000-000000000001"
    _ = try bring(try foreign(modified: 5_000, closed: 5_000, isDeleted: true, id: other), desk)
    _ = try bring(try foreign(modified: 20_000, id: other), desk)
    #expect(try desk.store.count(.deleted, clock: desk.clock) == 0)
  }

  @Test func anOlderExportBringsNothingBack() throws {
    let desk = try Desk()
    _ = try bring(try foreign(title: "A", modified: 10_000), desk)
    _ = try bring(try foreign(title: "A", modified: 50_000), desk)
    let outcome = try bring(try foreign(title: "B", modified: 30_000), desk)
    #expect(outcome.newer == [.title])
    #expect(try only(desk).title == "A")
  }

  // MARK: - What the source does not date

  /// What a line of a file says that was saved then.
  private func line(
    _ title: String, saved: Int64, since: Int64? = nil, due: String? = nil, done: Bool = false
  ) throws -> ForeignTask {
    var task = try foreign(title: title, modified: saved, closed: done ? saved : nil)
    if let due { task.edits.set(.due, to: .string(due)) }
    task.dating = .undated(since: since.map { start.adding(milliseconds: $0) })
    task.speaksOf = { $0 == .due || $0.tag != nil }
    return task
  }

  @Test func aFileThatWasSavedLaterWithoutAChangeChangesNothing() throws {
    let desk = try Desk()
    _ = try bring(try line("Buy milk", saved: 10_000), desk)
    let before = try desk.store.queue().count
    let outcome = try bring(try line("Buy milk", saved: 20_000), desk)
    #expect(outcome.written.isEmpty && outcome.newer.isEmpty)
    #expect(try desk.store.queue().count == before)
  }

  @Test func anUndatedChangeIsTakenWhereNobodyHasEdited() throws {
    let desk = try Desk()
    _ = try bring(try line("Buy milk", saved: 10_000, due: "2026-12-24"), desk)
    let outcome = try bring(try line("Buy milk", saved: 20_000, done: true), desk)
    #expect(outcome.written == [.completed, .due])
    #expect(try only(desk).isCompleted)
    #expect(try only(desk).due == nil)
  }

  @Test func anUndatedDifferenceNeverBeatsWhatWasEditedHereSince() throws {
    let desk = try Desk()
    _ = try bring(try line("Buy milk", saved: 10_000, due: "2026-12-24"), desk)
    try desk.update(try desk.store.task(numbered: 1)) {
      try $0.setTitle("Buy oat milk")
      $0.setDue(nil)
      try $0.addTag("mine")
    }
    // Somebody has saved the file much later, and this line is as it was.
    let late = desk.now.milliseconds - start.milliseconds + 1_000_000
    let outcome = try bring(try line("Buy milk", saved: late, due: "2026-12-24"), desk)
    #expect(outcome.written.isEmpty)
    #expect(Set(outcome.newer) == [.title, .due])
    #expect(try only(desk).title == "Buy oat milk")
    #expect(try only(desk).tags == ["mine", "shop"])
  }

  @Test func whatWasExportedAndChangedThereIsTakenUnlessItWasEditedHereMeanwhile() throws {
    let desk = try Desk()
    _ = try bring(try foreign(), desk)
    try desk.update(try desk.store.task(numbered: 1)) { try $0.setTitle("Buy oat milk") }
    let exported = try only(desk).updatedAt.milliseconds - start.milliseconds
    let outcome = try bring(
      try line("Buy bread", saved: exported + 5_000, since: exported), desk)
    #expect(outcome.written == [.title])
    try desk.update(try desk.store.task(numbered: 1)) { try $0.setTitle("Buy rye bread") }
    let later = try bring(
      try line("Buy rolls", saved: exported + 90_000_000, since: exported), desk)
    #expect(later.written.isEmpty && later.newer == [.title])
    // What goes back to what it once was has been changed, too.
    let now = try only(desk).updatedAt.milliseconds - start.milliseconds
    let back = try bring(try line("Buy milk", saved: now + 5_000, since: now), desk)
    #expect(back.written == [.title] && back.newer.isEmpty)
  }

  @Test func anUndatedLineDoesNotBringBackWhatWasDeletedHere() throws {
    let desk = try Desk()
    _ = try bring(try line("Buy milk", saved: 10_000), desk)
    try desk.delete(try desk.store.task(numbered: 1))
    let late = desk.now.milliseconds - start.milliseconds + 1_000_000
    _ = try bring(try line("Buy bread", saved: late), desk)
    #expect(try only(desk).isDeleted)
  }

  @Test func aNoteWhoseTimeWasCutToSecondsIsTheSameNote() throws {
    let desk = try Desk()
    _ = try bring(try foreign(), desk)
    let at = Instant(seconds: desk.now.seconds).adding(milliseconds: 789)
    try desk.update(try desk.store.task(numbered: 1)) { try $0.addNote("She calls", at: at) }
    func cut() throws -> ForeignTask {
      var task = try foreign(modified: 20_000)
      try task.edits.addNote("She calls", at: Instant(seconds: at.seconds))
      return task
    }
    _ = try bring(try cut(), desk)
    #expect(try only(desk).notes.map(\.at) == [at])
    // One that was taken away here does not come back either.
    let id = try #require(try only(desk).notes.first?.id)
    try desk.update(try desk.store.task(numbered: 1)) { $0.removeNote(id) }
    _ = try bring(try cut(), desk)
    #expect(try only(desk).notes.isEmpty)
  }

  @Test func undoTakesBackAnImport() throws {
    let desk = try Desk()
    _ = try bring(try foreign(), desk)
    _ = try desk.store.undo(at: desk.now)
    #expect(try only(desk).isDeleted)
  }

  @Test func aTaskThatComesTwiceAtOnceIsMadeAndThenWrittenTo() throws {
    let desk = try Desk()
    let tasks = [
      try foreign(), try foreign(title: "Buy nails", id: "3f2a9c1e-0000-4000-8000-000000000001"),
      try foreign(title: "Buy bread", modified: 20_000),
    ]
    let outcomes = try desk.store.bringIn(at: desk.now) {
      try $0.bring(tasks.map(IncomingTask.init))
    }
    #expect(outcomes.map(\.isNew) == [true, true, false])
    #expect(outcomes[2].written == [.title])
    #expect(try desk.titles(.all([])).sorted() == ["Buy bread", "Buy nails"])
    #expect(try desk.store.check(at: desk.now).findings.isEmpty)
  }

  @Test func tasksThatAreMadeTogetherGetNumbersOfTheirOwn() throws {
    let desk = try Desk()
    // Numbers that are free, and no task that has one.
    for task in try (1...3).map({ try desk.add("\($0)") }) { try desk.delete(task) }
    desk.pass(milliseconds: 25 * 60 * 60 * 1000)
    let tasks = try (0..<5).map {
      IncomingTask(try foreign(title: "\($0)", id: "3f2a9c1e-0000-4000-8000-00000000000\($0)"))
    }
    _ = try desk.store.bringIn(at: desk.now) { try $0.bring(tasks) }
    let found = try desk.store.tasks(TaskQuery(.all([]), order: []), clock: desk.clock)
    #expect(found.filter { !$0.isDeleted }.map(\.number) == [1, 2, 3, 4, 5])
    #expect(try desk.store.check(at: desk.now).findings.isEmpty)
  }
}
