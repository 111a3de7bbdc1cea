import TasksFiles
import TasksFormat
package import TasksModel

/// What tidying the folder of changes came to.
package struct FoldOutcome: Sendable {
  /// How many bundle files there were, and how many there are now.
  package var before = 0
  package var after = 0
  package var bytesBefore = 0
  package var bytesAfter = 0
  /// Drafts and spare files that crashes had left.
  package var removed = 0
}

extension Store {
  /// A file of this size or more is left as it is: folding it again would gain little.
  private static let largeEnough = 1 << 20

  /// How long a draft may be somebody's who is still writing it, in seconds.
  private static let draftAge: Int64 = 3600

  /// Folds many small bundle files into few, and removes what crashes have left.
  ///
  /// Every change is in a file at every moment: a new file is on the disk before the old ones are forgotten, and these
  /// are forgotten before they are removed.
  package func fold(at now: Instant) throws -> FoldOutcome {
    var outcome = FoldOutcome()
    guard let files = changesDirectory else { return outcome }
    try writeMissingBundles()
    try removeRemains(files, &outcome, at: now)
    var small: [StoredBundle] = []
    for bundle in try storedBundles() {
      let size = try Files.size(of: files.path(of: bundle.digest)) ?? 0
      outcome.before += 1
      outcome.bytesBefore += size
      if size > 0, size < Self.largeEnough { small.append(bundle) }
    }
    if small.count > 1 { try fold(small, files) }
    for bundle in try storedBundles() {
      outcome.after += 1
      outcome.bytesAfter += try Files.size(of: files.path(of: bundle.digest)) ?? 0
    }
    return outcome
  }

  private func storedBundles() throws -> [StoredBundle] {
    try connection.all(
      "SELECT key, digest FROM bundles ORDER BY key", read: { ($0.integer(0), $0.text(1)) }
    ).map { StoredBundle(key: $0.0, digest: try connection.digest($0.1)) }
  }

  private func fold(_ bundles: [StoredBundle], _ files: ChangesDirectory) throws {
    var writer = BundleWriter()
    var ids: [ChangeID] = []
    var sources: [StoredBundle] = []
    for bundle in bundles {
      var wanted = Set(
        try connection.all(
          "SELECT id FROM changes WHERE bundle = ?", .integer(bundle.key),
          read: { ChangeID(trusted: $0.text(0)) }))
      // What is damaged is not folded: fsck tells of it.
      guard let whole = try? Bundle(bytes(of: bundle), hash: bundle.digest.text) else { continue }
      var changes = try whole.changes()
      while let change = try changes.next() {
        guard wanted.remove(change.id) != nil else { continue }
        if try !writer.append(change) {
          try replace(sources, by: writer.finish(), holding: ids, files)
          writer = BundleWriter()
          ids = []
          sources = []
          _ = try writer.append(change)
        }
        ids.append(change.id)
      }
      sources.append(bundle)
    }
    if !ids.isEmpty {
      try replace(sources, by: writer.finish(), holding: ids, files)
    }
  }

  /// Lets changes be in a new file, and removes files that no change is in any more.
  ///
  /// Files come and go under the database's lock for writing, as they do when changes are taken in. So nobody takes a
  /// file for one that is not needed while somebody else is about to need it.
  private func replace(
    _ sources: [StoredBundle], by bundle: Bundle, holding ids: [ChangeID],
    _ files: ChangesDirectory
  ) throws {
    try connection.transaction(writing: true) {
      try files.write(bundle.bytes, digest: bundle.digest)
      try connection.run(
        "INSERT INTO bundles (digest) VALUES (?) ON CONFLICT (digest) DO NOTHING",
        .text(bundle.digest.text))
      for id in ids {
        guard let key = try connection.key(of: id) else { continue }
        try connection.run(
          "UPDATE changes SET bundle = (SELECT key FROM bundles WHERE digest = ?) WHERE key = ?",
          .text(bundle.digest.text), .integer(key))
      }
      for source in sources where source.digest != bundle.digest {
        try connection.run(
          """
          DELETE FROM bundles WHERE key = ?1
            AND NOT EXISTS (SELECT 1 FROM changes WHERE bundle = ?1)
          """, .integer(source.key))
      }
    }
    try connection.transaction(writing: true) {
      for source in sources where try !isUsed(source.digest) {
        try Files.removeIfThere(files.path(of: source.digest))
      }
    }
  }

  private func isUsed(_ digest: Digest) throws(StoreError) -> Bool {
    try connection.first(
      "SELECT 1 FROM bundles WHERE digest = ?", .text(digest.text), read: { _ in true }) ?? false
  }

  /// Removes drafts that nobody finished, and files whose changes are all in others.
  private func removeRemains(
    _ files: ChangesDirectory, _ outcome: inout FoldOutcome, at now: Instant
  ) throws {
    let entries = try files.entries()
    try connection.transaction(writing: true) {
      for entry in entries {
        if let digest = entry.digest {
          guard try !isUsed(digest), try isHeld(entry.path, digest) else { continue }
        } else {
          guard entry.name.utf8.suffix(5).elementsEqual(".part".utf8),
            let written = try Files.modified(entry.path),
            now.seconds - written > Self.draftAge
          else { continue }
        }
        try Files.removeIfThere(entry.path)
        outcome.removed += 1
      }
    }
  }

  /// Whether a file is a whole bundle whose every change is held, in another file.
  private func isHeld(_ path: String, _ digest: Digest) throws -> Bool {
    do {
      var changes = try Bundle(file: path, hash: digest.text).changes()
      while let change = try changes.next() {
        guard try connection.key(of: change.id) != nil else { return false }
      }
      return true
    } catch is FormatError {
      return false
    }
  }
}
