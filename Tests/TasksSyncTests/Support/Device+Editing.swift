import TasksFormat
import TasksModel

@testable import TasksStore

extension Device {
  /// Makes tasks, each a change of its own.
  func add(_ titles: String...) throws {
    for title in titles { try add([title]) }
  }

  /// Makes tasks in one change.
  func add(_ titles: [String]) throws {
    pass()
    try store.edit("add", at: now) { editor in
      for title in titles {
        var edits = Edits()
        try edits.setTitle(title)
        _ = try editor.create(edits)
      }
    }
    try seal()
  }

  @discardableResult
  func seal() throws -> SealOutcome { try store.seal(note: nil, name: name, at: now) }

  /// Gives a task another title, without sealing.
  func rename(_ title: String, to other: String) throws {
    pass()
    let clock = Clock(now: now, zone: .utc)
    let task = try store.tasks(TaskQuery(.all([])), clock: clock).first { $0.title == title }
    guard let id = task?.id else { return }
    var edits = Edits()
    try edits.setTitle(other)
    let key = try store.task(idPrefix: id.text)
    _ = try store.edit("edit", at: now) { try $0.update(key, edits) }
  }

  func titles() throws -> [String] {
    try store.tasks(TaskQuery(.all([])), clock: Clock(now: now, zone: .utc))
      .map { $0.title ?? "?" }.sorted()
  }

  func changes() throws -> Set<ChangeID> {
    Set(
      try store.connection.all(
        "SELECT id FROM changes", read: { ChangeID(trusted: $0.text(0)) }))
  }

  /// Takes in all that another holds, as by stick.
  func take(from other: Device) throws {
    var bundles: [Bundle] = []
    try other.store.forEachBundle(of: .all) { bundles.append($0) }
    for bundle in bundles { _ = try store.takeIn(bundle.bytes, at: now) }
  }

  /// The states of what waits to be sent, and how often it was tried.
  func queue() throws -> [String] {
    try store.queue().map { "\($0.state) \($0.attempts)" }
  }

  /// Everything that syncing may write to the store.
  func traces() throws -> [String] {
    try store.connection.all(
      "SELECT name || seen_at || is_noted FROM remote_bundles ORDER BY 1", read: { $0.text(0) })
      + store.connection.all(
        "SELECT key || coalesce(queued, '-') || attempts FROM operations ORDER BY key",
        read: { $0.text(0) })
      + store.connection.all(
        "SELECT coalesce(last_push, '-') || coalesce(last_pull, '-') FROM remotes",
        read: { $0.text(0) })
  }
}
