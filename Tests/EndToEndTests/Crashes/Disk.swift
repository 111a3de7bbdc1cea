import Foundation

/// What a power cut would leave of files: a model that is told every call and finds what is not on the disk yet.
///
/// A file's content is on the disk once the file was synced after its last write. A name is there once its folder was
/// synced after the name was given. Everything that is there to begin with is on the disk.
struct Disk {
  /// Files that were written to since they were synced.
  private var unsynced: Set<String> = []
  /// Names that were given since their folder was synced.
  private var unsyncedNames: Set<String> = []
  /// Everything that is there.
  private var existing: Set<String>
  private let store: String
  /// Where the program relied on what a power cut could have taken.
  private(set) var violations: [String] = []

  private var database: String { "\(store)/tasks.db" }
  private var log: String { "\(database)-wal" }

  /// - Parameter machine: its files as they are now.
  init(of machine: Machine) {
    store = machine.store
    existing = []
    existing = Set(
      (FileManager.default.enumerator(atPath: machine.home)?.allObjects as? [String] ?? [])
        .map { "\(machine.home)/\($0)" })
  }

  /// Follows a run of the program.
  mutating func follow(_ calls: [SystemCall]) {
    for call in calls where call.isDone { follow(call) }
  }

  private mutating func follow(_ call: SystemCall) {
    let path = call.path
    switch call.name {
    case "write", "pwrite64", "ftruncate":
      // The index of the log is shared memory, and made anew after a crash.
      guard !call.isTalk, !path.hasSuffix("-shm") else { return }
      unsynced.insert(path)
      // What the database says of files must not be there before they are.
      if path == log { expectFiles("written to the log, but not on the disk: ") }
    case "fsync", "fdatasync":
      unsynced.remove(path)
      unsyncedNames = unsyncedNames.filter { Self.parent(of: $0) != path }
    case "openat":
      if call.line.contains("O_CREAT"), !existing.contains(path) { name(path) }
    case "mkdir", "mkdirat": name(path)
    case "link", "linkat": name(path)
    case "rename", "renameat", "renameat2":
      let source = call.paths.first ?? ""
      if unsynced.contains(source) { violations.append("got its name before its content: \(path)") }
      forget(source)
      name(path)
    case "unlink", "unlinkat":
      if path == log, unsynced.contains(database) {
        violations.append("the log was removed before the database was on the disk")
      }
      forget(path)
    default: break
    }
  }

  private mutating func name(_ path: String) {
    existing.insert(path)
    unsyncedNames.insert(path)
  }

  private mutating func forget(_ path: String) {
    existing.remove(path)
    unsynced.remove(path)
    unsyncedNames.remove(path)
  }

  private static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  // MARK: - What must be there

  /// Expects that what a command has said it did outlives a power cut.
  mutating func expectAcknowledged() {
    expectFiles("acknowledged, but not on the disk: ")
    guard existing.contains(database) else { return }
    let isInLog = existing.contains(log) && !unsynced.contains(log)
    if !isNamed(database) || unsynced.contains(database) && !isInLog {
      violations.append("the database is not on the disk")
    }
  }

  private mutating func expectFiles(_ text: String) {
    for path in existing
    where path.hasSuffix(".tasks") && (unsynced.contains(path) || !isNamed(path)) {
      violations.append(text + path)
    }
  }

  /// Whether the name, and those of the folders above it, are on the disk.
  private func isNamed(_ path: String) -> Bool {
    var path = path
    while !path.isEmpty {
      if unsyncedNames.contains(path) { return false }
      path = Self.parent(of: path)
    }
    return true
  }
}
