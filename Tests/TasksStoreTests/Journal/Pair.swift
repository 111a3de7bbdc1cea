import TasksModel
import Testing

@testable import TasksStore

/// Two desks that have the same task, and give each other all they have.
struct Pair {
  let laptop: Desk
  let desk: Desk

  init(_ more: (inout Edits) throws -> Void = { _ in }) throws {
    laptop = try Desk(name: "laptop")
    desk = try Desk(name: "desk")
    try laptop.add("Buy milk", more)
    try meet()
  }

  var here: TaskKey { get throws { try #require(try laptop.only()) } }
  var there: TaskKey { get throws { try #require(try desk.only()) } }

  /// Exchanges everything, and expects that both then show the same.
  func meet(sourceLocation: SourceLocation = #_sourceLocation) throws {
    laptop.pass()
    desk.pass(milliseconds: 1500)
    try laptop.seal()
    try desk.seal()
    try desk.take(laptop.bundles())
    try laptop.take(desk.bundles())
    #expect(try laptop.state() == desk.state(), sourceLocation: sourceLocation)
    #expect(
      try laptop.store.conflicts().map(Self.seen) == desk.store.conflicts().map(Self.seen),
      sourceLocation: sourceLocation)
  }

  /// What of a conflict must be the same everywhere.
  private static func seen(_ conflict: Conflict) -> [String] {
    [conflict.id] + ([conflict.winner] + conflict.losers).map(\.value.canonicalText)
  }

  /// Both write without knowing of each other, the desk later; then they meet.
  func disagree(
    _ laptopEdit: (inout Edits) throws -> Void, _ deskEdit: (inout Edits) throws -> Void
  ) throws {
    laptop.pass()
    try laptop.update(here, laptopEdit)
    desk.pass(milliseconds: 5000)
    try desk.update(there, deskEdit)
    try meet()
  }

  /// Both give the task another title.
  func disagreeOnTitle() throws -> Conflict {
    try disagree({ try $0.setTitle("Buy oat milk") }, { try $0.setTitle("Buy soy milk") })
    return try #require(try laptop.store.conflicts().first)
  }
}

extension Desk {
  @discardableResult
  func choose(
    _ prefix: String, _ choose: (Conflict) throws -> JSON = { $0.losers[0].value }
  ) throws -> Conflict {
    pass()
    return try store.resolve(prefix, as: "conflicts take", at: now, choose)
  }
}
