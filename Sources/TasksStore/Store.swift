internal import Glibc
import TasksFiles
package import TasksModel

/// The working store of one device: its tasks, what was done to them, and what has yet to be sent.
///
/// Used by one thread at a time. Other processes may use the same store: a reader never waits, a writer waits for
/// another writer, at most five seconds.
package final class Store {
  let connection: Connection
  /// The folder that everything lives in; nil for a store in memory.
  package let directory: String?
  /// Whether an edit was made, which stays made whatever fails after it.
  package internal(set) var hasEdited = false
  /// What was read last of the bundles on a remote, and from which state of the database.
  var seen: (remote: Int64, at: Connection.Version, bundles: [String: SeenBundle])?

  init(connection: Connection, directory: String?, zone: Zone) throws {
    self.connection = connection
    self.directory = directory
    try connection.execute(
      "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384")
    try connection.define("day_start") {
      CivilDate(iso: $0).map { zone.startOfDay($0).description }
    }
    try connection.define("day_end") { CivilDate(iso: $0).map { zone.endOfDay($0).description } }
  }

  /// The database's name in the store's folder.
  package static let databaseName = "tasks.db"
  /// The files of the folder that are written to when something is edited, and not when it is read.
  package static let writtenFiles = [databaseName, databaseName + "-wal"]

  /// Whether there is a store in the folder.
  ///
  /// Throws if there are only remains of one, which must not pass for none.
  package static func exists(at directory: String) throws -> Bool {
    let path = Paths.join(directory, databaseName)
    if try Directories.kind(of: path) != .missing { return true }
    if Directories.isLinkToNothing(directory) { throw FileError(.open, directory, code: ENOENT) }
    switch try Directories.kind(of: directory) {
    case .file, .other: throw FileError(.open, directory, code: ENOTDIR)
    case .missing, .directory: break
    }
    let changes = ChangesDirectory(in: directory).path
    if try Directories.kind(of: changes) == .directory, try !Directories.isEmpty(changes) {
      if try Directories.kind(of: path) != .missing { return true }
      throw StoreError.lost(path: directory)
    }
    // SQLite would take the log of the lost database for that of a new one.
    guard try Files.size(of: path + "-wal") ?? 0 == 0 else {
      // Another process may have made the store between the two looks.
      if try Directories.kind(of: path) != .missing { return true }
      throw StoreError.damaged(path: path, detail: "the file is gone, but its log is still there")
    }
    return false
  }

  /// Opens the store in the folder.
  ///
  /// One that is not there is made, if `creating` says so.
  package static func open(at directory: String, creating: Bool, zone: Zone) throws -> Store {
    let path = Paths.join(directory, databaseName)
    if try !exists(at: directory) {
      guard creating else { throw StoreError.missing(path: directory) }
      try Directories.make(directory)
      try checkSafety(of: directory)
      try make(path, in: directory)
    }
    try checkSafety(of: directory)
    try checkSafety(of: path)

    let mode: Connection.Mode = try mustBeImmutable(path, in: directory) ? .immutable : .readWrite
    let store = try Store(
      connection: Connection(path, mode: mode), directory: directory, zone: zone)
    if case .old(let version) = try Migrations.state(of: store.connection) {
      // A file appears under its name only when it is filled, so an empty one is what damage left.
      guard version > 0 else { throw StoreError.damaged(path: path, detail: "the file is empty") }
      try Migrations.run(on: store.connection)
    }
    if mode == .readWrite {
      try store.useLog()
      // Whoever seals says whether it could be done; here it must not be in the way.
      try? store.writeMissingBundles()
    }
    return store
  }

  /// Goes back to the write-ahead log, which making the database anew turns off in the old one before it can fail.
  ///
  /// Without it a power cut may take back an edit: SQLite does not wait until its journal is gone from the disk.
  private func useLog() throws {
    func mode(_ sql: String) throws(StoreError) -> String? {
      try connection.first(sql, read: { $0.text(0) })
    }
    guard let directory, try mode("PRAGMA journal_mode") != "wal" else { return }
    // Whoever makes the database anew holds this; the log of the new one is not for the old one.
    let turn = try FileHandle(directory, flags: O_RDONLY | O_DIRECTORY)
    guard try turn.lock(waitingAtMost: Int(Connection.patience)), !connection.hasMoved,
      try mode("PRAGMA journal_mode = WAL") == "wal"
    else { throw StoreError.busy }
  }

  /// Whether another database has been put in the place of this one, so that the store must be opened anew.
  package var hasMoved: Bool { connection.hasMoved }

  /// A number that changes when somebody else writes to the store.
  package var dataVersion: Int64 {
    get throws(StoreError) {
      try connection.first("PRAGMA data_version", read: { $0.integer(0) }) ?? 0
    }
  }

  /// Keeps no more of the database in memory than that.
  package func limitMemory(toKilobytes limit: Int) throws(StoreError) {
    try connection.execute("PRAGMA cache_size = -\(limit)")
  }

  static func checkSafety(of path: String) throws {
    switch try Directories.safety(of: path) {
    case .safe: break
    case .ownedBy(let user): throw StoreError.ownedByAnother(path: path, user: user)
    case .writableByOthers: throw StoreError.writableByOthers(path: path)
    }
  }

  /// Returns an empty store that is nowhere and leaves no trace: what a person has who has not begun.
  package static func inMemory(zone: Zone) throws -> Store {
    let store = try Store(
      connection: Connection(":memory:", mode: .memory), directory: nil, zone: zone)
    try Migrations.run(on: store.connection)
    return store
  }

  /// Makes an empty store: all of it under another name, then under its own, so that no half of one is ever seen.
  private static func make(_ path: String, in directory: String) throws {
    let turn = try FileHandle(directory, flags: O_RDONLY | O_DIRECTORY)
    guard try turn.lock(waitingAtMost: Int(Connection.patience)) else { throw StoreError.busy }
    // Another process may have been quicker.
    guard try !exists(at: directory) else { return }
    try publish(path) { connection in
      // Without a log yet, so that it is on the disk, or has failed, when this returns.
      try Migrations.run(on: connection)
      // From the beginning, so that a copy made before anything was sealed is told from it, too.
      try Identity.make(in: directory, device: connection.ownDevice(), last: 0)
      try connection.rememberIdentity(in: directory)
    }
  }

  /// Makes a database under another name, which `fill` fills, and gives it its own when it is complete.
  ///
  /// - Parameter prepare: runs when nothing is left to do but to give it its name.
  static func publish(
    _ path: String, preparing prepare: () throws -> Void = {}, _ fill: (Connection) throws -> Void
  ) throws {
    let draft = path + ".new"
    for remains in [draft, draft + "-journal", draft + "-wal", draft + "-shm"] {
      try Files.removeIfThere(remains)
    }
    // Readable by its owner alone; SQLite gives the log the same permissions.
    do { _ = try FileHandle(draft, flags: O_RDWR | O_CREAT | O_EXCL, mode: 0o600) }
    do {
      let connection = try Connection(draft, mode: .creating)
      // It is waited for once, as a whole, before it gets its name.
      try connection.execute("PRAGMA synchronous = OFF")
      try fill(connection)
      let mode = try connection.first("PRAGMA journal_mode = WAL") { $0.text(0) }
      guard mode == "wal" else {
        throw StoreError.damaged(path: draft, detail: "it takes no write-ahead log")
      }
    }
    try prepare()
    try Files.publish(draft, as: path)
  }

  /// Whether the database lies where nothing can be written and no log needs to be read with it.
  private static func mustBeImmutable(_ path: String, in directory: String) throws -> Bool {
    guard Directories.isOnReadOnlyDisk(directory) else { return false }
    return try Files.size(of: path + "-wal") ?? 0 == 0
  }
}
