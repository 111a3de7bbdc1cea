import TasksModel
import Testing

@testable import TasksStore

/// Edits from an app's offline queue.
@Suite struct ClientEditTests {
  private let desk: Desk
  private let task = TaskID.random()
  private let start: Instant

  init() throws {
    desk = try Desk()
    start = desk.now
  }

  private func moment(_ minutes: Int64) -> Instant {
    start.adding(milliseconds: minutes * 60_000)
  }

  private func titled(_ title: String) throws -> Edits {
    var edits = Edits()
    try edits.setTitle(title)
    return edits
  }

  private func take(
    _ kind: OperationKind, _ edits: Edits, at minutes: Int64, base: Int64? = nil,
    by client: String? = nil, seeing: (TaskRecord?) -> Void = { _ in }
  ) throws -> ClientOutcome {
    desk.now = moment(1000)
    let hash = "\(kind) \(OperationContent(kind, edits).fields) \(minutes) \(base ?? -1)"
    return try desk.store.edit("api", at: desk.now) { editor in
      try editor.take(
        ClientEdit(
          // A client that wrote nothing before.
          kind, task, by: client ?? hash, at: moment(minutes), base: base.map(moment), hash: hash),
        in: desk.store
      ) {
        seeing($0)
        return edits
      }
    }
  }

  private func title() throws -> String? { try desk.record(#require(try desk.only())).title }

  @Test func aTaskMadeOfflineHasTheTimeOfTheClient() throws {
    #expect(try take(.create, titled("a"), at: 3) == .applied)
    let record = try desk.record(#require(try desk.only()))
    #expect(record.id == task && record.createdAt == moment(3) && record.updatedAt == moment(3))
  }

  @Test func theSameAgainChangesNothing() throws {
    for (kind, edits) in [
      (OperationKind.create, try titled("a")), (.update, try titled("b")), (.delete, Edits()),
    ] {
      let at: Int64 = kind == .create ? 3 : kind == .update ? 4 : 5
      #expect(try take(kind, edits, at: at) == .applied)
      #expect(try take(kind, edits, at: at) == .duplicate)
    }
    #expect(try desk.store.counts().uncommitted == 3)
  }

  /// Where the time had to be moved, the client still says the old one.
  @Test func theSameAgainIsKnownThoughItsTimeWasMoved() throws {
    #expect(try take(.create, titled("a"), at: 3) == .applied)
    #expect(try take(.update, titled("b"), at: 2, base: 3) == .applied)
    #expect(try take(.update, titled("b"), at: 2, base: 3) == .duplicate)
    #expect(try title() == "b")
  }

  @Test func aNewerEditWins() throws {
    _ = try take(.create, titled("a"), at: 3)
    #expect(try take(.update, titled("b"), at: 5) == .applied)
    #expect(try title() == "b")
    #expect(try desk.store.conflicts().isEmpty)
  }

  @Test func anOlderEditLosesAndIsAConflict() throws {
    _ = try take(.create, titled("a"), at: 3)
    #expect(try take(.update, titled("b"), at: 2) == .lost)
    #expect(try title() == "a")
    #expect(try desk.store.conflicts().map { $0.losers.map(\.value) } == [["b"]])
  }

  @Test func whatTheClientCannotHaveSeenIsAConflictThoughItWins() throws {
    _ = try take(.create, titled("a"), at: 3)
    _ = try take(.update, titled("b"), at: 5)
    #expect(try take(.update, titled("c"), at: 6, base: 3) == .won)
    #expect(try title() == "c")
    #expect(try desk.store.conflicts().map { $0.losers.map(\.value) } == [["b"]])
  }

  @Test func whatTheClientHasSeenIsReplaced() throws {
    _ = try take(.create, titled("a"), at: 3)
    _ = try take(.update, titled("b"), at: 5)
    #expect(try take(.update, titled("c"), at: 4, base: 5) == .applied)
    #expect(try title() == "c")
    #expect(try desk.store.conflicts().isEmpty)
  }

  @Test func ofTheSameValueThereIsNoConflict() throws {
    _ = try take(.create, titled("a"), at: 3)
    #expect(try take(.update, titled("a"), at: 2) == .applied)
    #expect(try desk.store.conflicts().isEmpty)
  }

  @Test(arguments: [OperationKind.update, .delete])
  func whatIsNotThereIsNotChanged(kind: OperationKind) throws {
    #expect(try take(kind, Edits(), at: 3) == .unknownTask)
    #expect(try desk.only() == nil)
  }

  @Test func aDeletionThatIsOlderThanALaterEditLoses() throws {
    _ = try take(.create, titled("a"), at: 3)
    _ = try take(.update, titled("b"), at: 5)
    #expect(try take(.delete, Edits(), at: 4) == .lost)
    #expect(try !desk.record(#require(try desk.only())).isDeleted)
    #expect(try desk.store.conflicts().map(\.field) == [.isDeleted])
  }

  /// An offline queue has several edits on one base.
  @Test func aClientHasSeenWhatItWroteItself() throws {
    _ = try take(.create, titled("a"), at: 3)
    #expect(try take(.update, titled("b"), at: 5, base: 3, by: "phone") == .applied)
    #expect(try take(.update, titled("c"), at: 6, base: 3, by: "phone") == .applied)
    #expect(try take(.update, titled("d"), at: 6, base: 3, by: "phone") == .applied)
    #expect(try title() == "d")
    #expect(try desk.store.conflicts().isEmpty)
    // What it wrote later and sent first it had not seen.
    #expect(try take(.update, titled("e"), at: 4, base: 3, by: "phone") == .lost)
    #expect(try title() == "d")
  }

  /// A list of tags says nothing of one that somebody gave meanwhile.
  @Test func whatTheClientCannotHaveSeenIsNotShownToIt() throws {
    var tagged = try titled("a")
    try tagged.addTag("one")
    _ = try take(.create, tagged, at: 3)
    var more = Edits()
    try more.addTag("two")
    try more.addNote("later", at: moment(5))
    _ = try take(.update, more, at: 5)
    var seen: TaskRecord?
    _ = try take(.update, titled("b"), at: 6, base: 3) { seen = $0 }
    #expect(seen?.tags == ["one"] && seen?.notes.isEmpty == true)
    _ = try take(.update, titled("c"), at: 7) { seen = $0 }
    #expect(seen?.tags == ["one", "two"] && seen?.notes.count == 1)
  }

  @Test func anotherDeviceMergesThemAlike() throws {
    _ = try take(.create, titled("a"), at: 3)
    _ = try take(.update, titled("b"), at: 2)
    _ = try take(.update, titled("c"), at: 2, base: 3)
    try desk.seal()
    let other = try Desk(name: "other")
    try other.take(desk.bundles())
    #expect(try other.state() == desk.state())
    #expect(try other.store.conflicts().map(\.id) == desk.store.conflicts().map(\.id))
  }
}
