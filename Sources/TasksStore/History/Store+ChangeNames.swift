package import TasksFormat
import TasksModel

extension Store {
  /// The one change whose id begins like that.
  package func change(idPrefix prefix: String) throws(StoreError) -> LoggedChange {
    let found = try changes(idPrefix: prefix)
    guard let first = found.first else { throw .noSuchChange(prefix) }
    guard found.count == 1 else { throw .ambiguousChange(prefix, candidates: found) }
    return first
  }

  /// The changes whose ids begin like that, at most ten.
  package func changes(idPrefix prefix: String) throws(StoreError) -> [LoggedChange] {
    let prefix = prefix.lowercased()
    let short = String(prefix.prefix(16))
    // "g" sorts after every hexadecimal digit. The index has the first sixteen digits.
    return try connection.all(
      """
      SELECT \(LoggedChange.columns)
      FROM changes CROSS JOIN devices ON devices.key = device
      WHERE changes.short >= ? AND changes.short < ?
        AND changes.id >= ? AND changes.id < ?
      ORDER BY changes.id LIMIT 10
      """, .text(short), .text(short + "g"), .text(prefix), .text(prefix + "g"),
      read: LoggedChange.init)
  }
}

extension Store {
  /// Where the file is that a change is in, from the store's folder.
  package func bundlePath(of change: LoggedChange) throws(StoreError) -> String {
    let digest = try connection.first(
      "SELECT digest FROM changes JOIN bundles ON bundles.key = bundle WHERE changes.key = ?",
      .integer(change.key), read: { $0.text(0) })
    let name = LocalBundleName(try connection.digest(digest ?? ""))
    return "\(ChangesDirectory.name)/\(name.path)"
  }
}

extension Store {
  /// A change as it was sealed, made anew from the database where that goes: a bundle to look for it in may be long.
  package func sealed(_ change: LoggedChange) throws -> SealedChange {
    let row = try connection.first(
      """
      SELECT \(ChangeRow.columns) FROM changes JOIN devices ON devices.key = device
      WHERE changes.key = ? AND changes.id = ? AND v = 1
      """, .integer(change.key), .text(change.id.text), read: ChangeRow.init)
    if let row, let sealed = try connection.restore(row) { return sealed }
    guard let sealed = try self.change(change.id) else {
      throw StoreError.noSuchChange(change.id.text)
    }
    return sealed
  }
}
