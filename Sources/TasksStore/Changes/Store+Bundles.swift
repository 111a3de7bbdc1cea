import TasksFiles
package import TasksFormat
package import TasksModel

/// A bundle file of this store.
struct StoredBundle {
  let key: Int64
  let digest: Digest
}

extension Store {
  /// The bundle files of the store; nil for a store in memory, which keeps them in its database.
  package var changesDirectory: ChangesDirectory? { directory.map(ChangesDirectory.init) }

  /// Writes the files of bundles that a crash kept from being written.
  ///
  /// The database has the whole file until it is known to be on the disk.
  func writeMissingBundles() throws {
    guard let files = changesDirectory else { return }
    let missing = try connection.all(
      "SELECT key FROM bundles WHERE content IS NOT NULL ORDER BY key", read: { $0.integer(0) })
    guard !missing.isEmpty else { return }
    for key in missing {
      let bundle = try connection.first(
        "SELECT digest, content FROM bundles WHERE key = ? AND content IS NOT NULL", .integer(key),
        read: { (digest: $0.text(0), content: $0.blob(1)) })
      // Another process may have been quicker.
      guard let bundle else { continue }
      try files.write(bundle.content, digest: connection.digest(bundle.digest))
    }
    try forgetContent(of: missing)
  }

  /// Keeps the files of these bundles no longer, which are on the disk.
  ///
  /// If that fails, or is lost in a power cut, the files are found to be there next time.
  private func forgetContent(of bundles: [Int64]) throws(StoreError) {
    try connection.run("PRAGMA synchronous = NORMAL")
    do throws(StoreError) {
      for key in bundles {
        try connection.run("UPDATE bundles SET content = NULL WHERE key = ?", .integer(key))
      }
    } catch {}
    // Whatever happened, the edit that comes next waits for the disk.
    try connection.run("PRAGMA synchronous = FULL")
  }

  /// The bytes of a bundle that holds a change.
  func bytes(of bundle: StoredBundle) throws -> [UInt8] {
    let content = try connection.first(
      "SELECT content FROM bundles WHERE key = ? AND content IS NOT NULL", .integer(bundle.key),
      read: { $0.blob(0) })
    if let content { return content }
    guard let files = changesDirectory else { return [] }
    return try files.read(bundle.digest)
  }

  /// The bytes of a bundle that must be there.
  func neededBytes(of bundle: StoredBundle) throws -> [UInt8] {
    let found: [UInt8]
    do {
      found = try bytes(of: bundle)
    } catch let error as FileError where SystemError.isMissing(error.code) {
      throw StoreError.damaged(path: error.path, detail: "the file is gone")
    }
    guard Digest(of: found) == bundle.digest else {
      let path = changesDirectory?.path(of: bundle.digest) ?? connection.path
      throw StoreError.damaged(path: path, detail: "its content is not what its name says")
    }
    return found
  }

  /// A change as it was sealed; nil if the store does not hold it.
  package func change(_ id: ChangeID) throws -> SealedChange? {
    guard let key = try connection.key(of: id), let stored = try bundle(ofChange: key) else {
      return nil
    }
    let sequence = try connection.first(
      "SELECT seq FROM changes WHERE key = ?", .integer(key), read: { Int($0.integer(0)) })
    let found = try SealedChange.find(
      id, sequence: sequence ?? 0, in: neededBytes(of: stored))
    guard let found else {
      throw StoreError.damaged(
        path: connection.path, detail: "change \(id.short) is not where it should be")
    }
    return found
  }

  /// The bundle that a change is in.
  func bundle(ofChange key: Int64) throws -> StoredBundle? {
    let row = try connection.first(
      """
      SELECT bundles.key, digest FROM changes JOIN bundles ON bundles.key = bundle
      WHERE changes.key = ?
      """, .integer(key), read: { (key: $0.integer(0), digest: $0.text(1)) })
    guard let row else { return nil }
    return StoredBundle(key: row.key, digest: try connection.digest(row.digest))
  }
}

extension Connection {
  /// A digest as the store keeps it.
  func digest(_ text: String) throws(StoreError) -> Digest {
    guard let digest = Digest(text) else {
      throw .damaged(path: path, detail: "'\(text)' is not the name of a bundle")
    }
    return digest
  }
}
