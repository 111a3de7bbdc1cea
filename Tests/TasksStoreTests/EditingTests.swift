import Testing
import TasksModel

@testable import TasksStore

@Suite struct EditingTests {
  @Test func aNewTaskHasItsFieldsAndANumber() throws {
    let desk = try Desk()
    let task = try desk.record(
      desk.add("Buy milk") {
        try $0.addTag("shop")
        try $0.setProject("home")
        $0.setPriority(.high)
        $0.setDue(Moment(text: "2023-11-15"))
      })
    #expect(task.title == "Buy milk")
    #expect(task.number == 1)
    #expect(task.tags == ["shop"])
    #expect(task.project == "home")
    #expect(task.priority == "H")
    #expect(task.due?.description == "2023-11-15")
    #expect(task.createdAt == desk.now)
    #expect(task.updatedAt == desk.now)
    #expect(task.syncStatus == .pending)
    #expect(task.isOpen)
  }

  @Test func anEditReplacesTheWritesItsAuthorSaw() throws {
    let desk = try Desk()
    let task = try desk.add("Buy milk") { try $0.setProject("home") }
    desk.pass()
    try desk.update(task) { try $0.setTitle("Buy oat milk") }
    let queue = try desk.store.queue()
    #expect(queue.map(\.kind) == ["create", "update"])
    #expect(queue[1].fields == ["title": "Buy oat milk"])
    // Only the create is replaced: in the title it set, and in saying that the task is not deleted.
    #expect(queue[1].over == .array([.integer(queue[0].id)]))
  }

  @Test func anEditThatChangesNothingWritesNothing() throws {
    let desk = try Desk()
    let task = try desk.add("Buy milk") { try $0.addTag("shop") }
    let written = try desk.update(task) {
      try $0.setTitle("Buy milk")
      try $0.addTag("shop")
      try $0.removeTag("home")
      $0.setCompleted(false)
      try $0.setProject(nil)
    }
    #expect(written.isEmpty)
    #expect(try desk.store.queue().count == 1)
    #expect(throws: StoreError.self) {
      _ = try desk.store.undo(at: desk.now)
      _ = try desk.store.undo(at: desk.now)
    }
  }

  @Test(arguments: [0, -1, -3_600_000, -1_700_000_000_000] as [Int64])
  func aWriteThatReplacesAnotherIsLaterWhateverTheClockSays(turned: Int64) throws {
    let desk = try Desk()
    let task = try desk.add("one")
    let first = desk.now
    desk.pass(milliseconds: turned)
    try desk.update(task) { try $0.setTitle("two") }
    let record = try desk.record(task)
    #expect(record.title == "two")
    #expect(record.updatedAt == first.next)
    let clock = try desk.store.connection.first("SELECT clock FROM operations WHERE key = 2") {
      $0.optionalInteger(0)
    }
    // The real reading is kept where it is more than five minutes away.
    #expect(clock == (turned < -300_000 ? desk.now.milliseconds : Optional<Int64>.none))
  }

  @Test func aCommandThatFailsLeavesNothingBehind() throws {
    struct Broken: Error {}
    let desk = try Desk()
    let task = try desk.add("stays")
    #expect(throws: Broken.self) {
      try desk.store.edit("edit", at: desk.now) { editor in
        var edits = Edits()
        try edits.setTitle("goes")
        try editor.update(task, edits)
        try editor.create(edits)
        throw Broken()
      }
    }
    #expect(try desk.titles(.all([])) == ["stays"])
    #expect(try desk.store.queue().count == 1)
  }

  @Test func deletingIsARegisterLikeAnyOther() throws {
    let desk = try Desk()
    let task = try desk.add("Buy milk")
    desk.pass()
    try desk.delete(task)
    #expect(try desk.record(task).isDeleted)
    #expect(try desk.record(task).title == "Buy milk")
    #expect(try desk.store.queue().last?.fields == [:])
    desk.pass()
    // Any later edit says that the task is there.
    try desk.update(task) { try $0.setTitle("Buy bread") }
    #expect(try desk.record(task).isDeleted == false)
  }

  @Test func whatCameInWhileAnEditorWasOpenStaysBesideWhatIsSaved() throws {
    let desk = try Desk()
    let task = try desk.add("Buy milk")
    let seen = try desk.store.snapshot(of: task)
    desk.pass()
    try desk.update(task) { try $0.setTitle("Buy bread") }
    desk.pass()
    try desk.update(task, seen: seen) { try $0.setTitle("Buy oat milk") }

    #expect(try desk.record(task).title == "Buy oat milk")
    let titles = try desk.store.connection.writes(of: .title, task: task.rawValue)
    #expect(titles.map(\.value) == ["\"Buy oat milk\"", "\"Buy bread\""])
    #expect(titles.map(\.wins) == [true, false])
    // It replaces what was seen when the editor was opened, though that was replaced meanwhile.
    #expect(try desk.store.queue().map(\.over) == [[], [1], [1]])
    // Whoever sees both and writes again ends it.
    try desk.update(task) { try $0.setTitle("Buy oat milk") }
    #expect(try desk.store.connection.writes(of: .title, task: task.rawValue).count == 1)
  }

  @Test func undoSettlesNoConflictAndTakesNoTitleAway() throws {
    let desk = try Desk()
    let task = try desk.add("Buy milk")
    let seen = try desk.store.snapshot(of: task)
    desk.pass()
    try desk.update(task) { try $0.setTitle("Buy bread") }
    desk.pass()
    try desk.update(task, seen: seen) { try $0.setTitle("Buy oat milk") }
    for _ in 0..<2 {
      let outcome = try desk.store.undo(at: desk.now)
      #expect(outcome.skipped.map(\.field) == [.title])
      #expect(!outcome.isChanged)
      #expect(try desk.record(task).title == "Buy oat milk")
    }
  }

  @Test func textThatIsEqualOnlyToPeopleIsAChange() throws {
    let desk = try Desk()
    let task = try desk.add("caf\u{e9}")
    #expect(try desk.update(task) { try $0.setTitle("cafe\u{301}") } == [.title])
  }

  @Test func timeEndsWithTheYear9999() throws {
    let desk = try Desk()
    desk.now = Instant.validRange.upperBound
    let task = try desk.add("late")
    try desk.update(task) { try $0.setTitle("later") }
    #expect(try desk.record(task).title == "later")
    #expect(try desk.record(task).updatedAt == Instant.validRange.upperBound)
    try desk.update(task) { try $0.setTitle("latest") }
    _ = try desk.store.undo(at: desk.now)
    #expect(try desk.record(task).title == "later")
  }

  @Test func keysThatAreEqualOnlyToPeopleAreTwoRegisters() throws {
    let desk = try Desk()
    let task = try desk.add("accents") {
      try $0.addTag("caf\u{e9}")
      try $0.addTag("cafe\u{301}")
    }
    #expect(try desk.record(task).tags.count == 2)
  }

  @Test func fieldsThatAreNotKnownAreKept() throws {
    let desk = try Desk()
    let task = try desk.add("water the plants") {
      $0.set(Field("recur"), to: "weekly")
      $0.set(Field("depends:3f2a9c1e-0000-4000-8000-000000000000"), to: true)
    }
    #expect(
      try desk.record(task).otherFields.map(\.key) == [
        "depends:3f2a9c1e-0000-4000-8000-000000000000", "recur",
      ])
  }
}
