package import TasksFormat
package import TasksModel

extension Store {
  /// Which changes somebody wants to carry elsewhere.
  package enum Selection: Sendable {
    case all
    /// Those that were sealed here, or came here, after that one.
    case since(ChangeID)
    /// Those that are not known to be on a remote.
    case lacking(Coverage)
  }

  /// Calls `body` with bundles of changes, in memory that does not depend on how many there are.
  package func forEachBundle(
    of selection: Selection, _ body: (Bundle) throws -> Void
  ) throws {
    if case .lacking(let coverage) = selection {
      return try forEachBundle(from: Outbox(self, lacking: coverage, batch: .max), body)
    }
    try connection.transaction(writing: false) {
      var after: Int64 = 0
      if case .since(let id) = selection {
        guard let key = try connection.key(of: id) else { throw StoreError.noSuchChange(id.text) }
        after = key
      }
      let bundles = try connection.all(
        """
        SELECT key, digest FROM bundles
        WHERE EXISTS (SELECT 1 FROM changes WHERE bundle = bundles.key AND changes.key > ?)
        ORDER BY key
        """, .integer(after), read: { (key: $0.integer(0), digest: $0.text(1)) })
      var writer = BundleWriter()
      for bundle in bundles {
        var wanted = Set(
          try connection.all(
            "SELECT id FROM changes WHERE bundle = ? AND key > ?", .integer(bundle.key),
            .integer(after), read: { ChangeID(trusted: $0.text(0)) }))
        let stored = StoredBundle(key: bundle.key, digest: try connection.digest(bundle.digest))
        var changes = try BundleChanges(neededBytes(of: stored), hash: bundle.digest)
        while let change = try changes.next() {
          guard wanted.remove(change.id) != nil else { continue }
          try writer.append(change, handingOver: body)
        }
      }
      try writer.handOverRest(body)
    }
  }

  private func forEachBundle(
    from outbox: Outbox, _ body: (Bundle) throws -> Void
  ) throws {
    var writer = BundleWriter()
    while let change = try outbox.nextChange() { try writer.append(change, handingOver: body) }
    try writer.handOverRest(body)
  }

  /// The change that came or was sealed last.
  package func newestChange() throws(StoreError) -> ChangeID? {
    try connection.first(
      "SELECT id FROM changes ORDER BY key DESC LIMIT 1", read: { ChangeID(trusted: $0.text(0)) })
  }
}
