import TasksModel

/// The steps from an empty file to the newest schema, each from the version that is its place in the list.
///
/// A step that was released is never changed. A store is brought up to date by one transaction, when it is opened.
enum Migrations {
  /// Marks a file as ours: `task` in ASCII.
  static let applicationID: Int64 = 0x7461_736b

  static let steps: [String] = [schema1, schema2, schema3]

  /// The schema version this program writes.
  static var newest: Int { steps.count }

  /// Brings the store up to date.
  static func run(on connection: Connection) throws {
    try connection.transaction(writing: true) {
      // Another process may have been quicker.
      guard case .old(let version) = try state(of: connection) else { return }
      for step in steps[version...] { try connection.execute(step) }
      if version == 1 { try beginJournal(on: connection) }
      try connection.execute(
        "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(newest)")
    }
  }

  /// Notes the conflicts that were open before there was a journal.
  private static func beginJournal(on connection: Connection) throws {
    let now = try connection.first(
      "SELECT coalesce(max(at), 0) FROM operations",
      read: { Instant(milliseconds: $0.integer(0)) })
    let merger = Merger(connection: connection, now: now ?? Instant(milliseconds: 0))
    let fields = try connection.all(
      "SELECT DISTINCT task, field FROM writes WHERE NOT wins",
      read: { (task: $0.integer(0), field: Field($0.text(1))) })
    for (task, field) in fields { try merger.touch(field, of: task) }
    try merger.flush()
    try connection.indexChangedTexts()
  }

  enum State: Equatable {
    case old(Int)
    case current
  }

  /// Which schema the file holds; throws if it is somebody else's or too new.
  static func state(of connection: Connection) throws(StoreError) -> State {
    let application = try connection.first("PRAGMA application_id") { $0.integer(0) } ?? 0
    let version = Int(try connection.first("PRAGMA user_version") { $0.integer(0) } ?? 0)
    if application == applicationID {
      guard version > 0 else {
        throw .damaged(path: connection.path, detail: "it has no schema version")
      }
      guard version <= newest else {
        throw .newer(path: connection.path, version: version, known: newest)
      }
      return version == newest ? .current : .old(version)
    }
    let objects = try connection.first("SELECT count(*) FROM sqlite_schema") { $0.integer(0) } ?? 0
    guard application == 0, version == 0, objects == 0 else {
      throw .foreign(path: connection.path)
    }
    return .old(0)
  }
}
