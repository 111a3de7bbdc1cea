internal import Glibc
import TasksFiles
import TasksFormat
package import TasksModel

extension Store {
  /// The folder of files that failed a check; nothing in it is ever read again.
  package static let quarantineName = "quarantine"

  /// Makes the database of a store anew from its changes, and from what can be read of the old one.
  ///
  /// The old database is kept under another name, and stays in its place until the new one is complete. Files that fail a
  /// check go into quarantine before.
  package static func rebuild(
    at directory: String, zone: Zone, now: Instant
  ) throws -> RebuildOutcome {
    let path = Paths.join(directory, databaseName)
    let files = ChangesDirectory(in: directory)
    guard try Directories.kind(of: path) != .missing || Directories.kind(of: files.path) != .missing
    else { throw StoreError.missing(path: directory) }
    try checkSafety(of: directory)
    let turn = try FileHandle(directory, flags: O_RDONLY | O_DIRECTORY)
    guard try turn.lock(waitingAtMost: Int(Connection.patience)) else { throw StoreError.busy }

    let old = try OldDatabase(path)
    var outcome = RebuildOutcome()
    let salvage = old.map { Salvage(from: $0.connection) } ?? Salvage()
    outcome.isOldReadable = salvage.knowsDevice
    outcome.isPartial = salvage.isPartial
    for bundle in salvage.unwritten {
      guard let digest = Digest(bundle.digest), Digest(of: bundle.content) == digest else {
        continue
      }
      try files.write(bundle.content, digest: digest)
    }

    try publish(path, preparing: { outcome.kept = try keepAside(path, now: now) }) { connection in
      // It is nobody's until it is published, so it may be made as quickly as can be.
      try connection.execute("PRAGMA journal_mode = MEMORY")
      let store = try Store(connection: connection, directory: directory, zone: zone)
      try connection.execute("PRAGMA synchronous = OFF")
      try Migrations.run(on: connection)
      try Rebuilding(store: store, salvage: salvage, files: files, now: now)
        .run(&outcome, old: old?.connection, directory: directory)
    }
    return outcome
  }

  /// Gives the old database another name, along with what belongs to it.
  private static func keepAside(_ path: String, now: Instant) throws -> String? {
    let stamp = now.description.utf8.prefix(19).filter { (48...57).contains($0) }
    let name = path + ".old-" + String(decoding: stamp, as: UTF8.self)
    var aside = name
    var copies = 1
    while try Directories.kind(of: aside) != .missing {
      copies += 1
      aside = "\(name)-\(copies)"
    }
    // The log of the old database must not be taken for one of the new.
    for suffix in ["-wal", "-shm", "-journal"]
    where try Directories.kind(of: path + suffix) != .missing {
      try Files.rename(path + suffix, to: aside + suffix)
    }
    guard try Directories.kind(of: path) != .missing else { return nil }
    do throws(FileError) {
      try Files.link(path, as: aside)
    } catch {
      // Some file systems know no second names.
      guard [EPERM, ENOSYS, EOPNOTSUPP, EMLINK].contains(error.code) else { throw error }
      try Files.rename(path, to: aside)
    }
    return aside
  }
}

/// The database that is to be replaced, locked so that nobody writes into it any more.
private struct OldDatabase {
  let connection: Connection

  /// Nil if it is gone or is no database of ours that can be read.
  init?(_ path: String) throws {
    guard try Files.size(of: path) ?? 0 > 0 else { return nil }
    do throws(StoreError) {
      connection = try Connection(path, mode: .readWrite)
      _ = try Migrations.state(of: connection)
      // The log is written into the database, so that one file holds all of it.
      try OldDatabase.endLog(of: connection)
      try connection.run("BEGIN EXCLUSIVE")
    } catch {
      switch error {
      // What damage looks like. A disk that is full for now must not make it seem that there is nothing to be had.
      case .damaged, .foreign, .sqlite: return nil
      default: throw error
      }
    }
  }

  /// Waits until nobody else has the database open, which SQLite does not.
  private static func endLog(of connection: Connection) throws(StoreError) {
    var waited: Int32 = 0
    while true {
      do {
        let mode = try connection.first("PRAGMA journal_mode = DELETE") { $0.text(0) }
        if mode == "delete" { return }
      } catch .busy {}
      guard waited < Connection.patience else { throw .inUse }
      usleep(50_000)
      waited += 50
    }
  }
}
