import TasksFormat
package import TasksModel

extension Store {
  /// Takes in the changes of a bundle that are not held yet: all of them, or none if the bundle is bad.
  ///
  /// Taking in a bundle twice, or before those it builds on, is harmless.
  ///
  /// - Parameters:
  ///   - bytes: the bundle's file.
  ///   - hash: the start of its SHA-256, where its name states it.
  ///   - isPublished: whether the default remote is known to have it.
  package func takeIn(
    _ bytes: [UInt8], hash: String? = nil, isPublished: Bool = false, at now: Instant
  ) throws -> Intake {
    try takeIn(bytes, hash: hash, isPublished: isPublished, at: now, lookingForCopies: true)
  }

  /// Takes in a bundle; while the store is made anew, this device's own changes are no sign of a copy.
  func takeIn(
    _ bytes: [UInt8], hash: String?, isPublished: Bool, at now: Instant, lookingForCopies: Bool
  ) throws -> Intake {
    let intake = try connection.transaction(writing: true) {
      let merger = Merger(connection: connection, now: now)
      var changes = try BundleChanges(bytes, hash: hash)
      var intaker = try Intaker(
        connection: connection, merger: merger, digest: changes.digest, isPublished: isPublished)
      while let change = try changes.next() { try intaker.take(change) }
      var intake = try intaker.finish()
      guard intake.count > 0 else { return intake }
      if intaker.isFromCopy, lookingForCopies {
        intake.dropped = try dropEditsMadeByCopies(merger, since: intaker.firstChange)
        if try intaker.isOwnIdentityTaken { intake.newIdentity = try takeNewIdentity(merger) }
      }
      intake.conflicts = try merger.found.filter(isOpen)
      try connection.indexChangedTexts()
      // The file comes first: what the database holds can always be made of the files.
      if let files = changesDirectory {
        try files.write(bytes, digest: changes.digest)
      } else {
        try connection.run(
          "UPDATE bundles SET content = ? WHERE digest = ?", .blob(bytes),
          .text(changes.digest.text))
      }
      return intake
    }
    if intake.count > 0 { hasEdited = true }
    return intake
  }

  private func isOpen(conflict id: String) throws(StoreError) -> Bool {
    try connection.first(
      "SELECT 1 FROM conflicts WHERE id = ? AND ended_at IS NULL", .text(id), read: { _ in true })
      ?? false
  }

  /// Drops edits that wait to be sealed and were sealed by a copy of this store; returns how many.
  func dropEditsMadeByCopies(
    _ merger: Merger, since change: Int64
  ) throws(StoreError) -> Int {
    let pairs = try connection.all(
      """
      SELECT mine.key, min(theirs.key), mine.task FROM operations AS mine
      JOIN operations AS theirs ON theirs.task = mine.task AND theirs.at = mine.at
        AND theirs.kind = mine.kind AND theirs.fields = mine.fields AND theirs.change >= ?
      WHERE mine.change IS NULL GROUP BY mine.key
      """, .integer(change),
      read: { (mine: $0.integer(0), theirs: $0.integer(1), task: $0.integer(2)) })
    guard !pairs.isEmpty else { return 0 }
    let names = Dictionary(uniqueKeysWithValues: pairs.map { ($0.mine, $0.theirs) })
    let tasks = Set(pairs.map(\.task))
    for task in tasks {
      try connection.rename(names, in: "operations", column: "over", of: task)
      try connection.rename(names, in: "conflicts", column: "sides", of: task)
    }
    for pair in pairs {
      try connection.run(
        "UPDATE conflicts SET ended_by = ? WHERE ended_by = ?", .integer(pair.theirs),
        .integer(pair.mine))
      try connection.run(
        "DELETE FROM writes WHERE task = ? AND operation = ?", .integer(pair.task),
        .integer(pair.mine))
      try connection.run("DELETE FROM operations WHERE key = ?", .integer(pair.mine))
    }
    try connection.run(
      """
      UPDATE commands SET can_undo = 0 WHERE can_undo AND NOT EXISTS (
        SELECT 1 FROM operations WHERE operations.key >= commands.first AND command = commands.key)
      """)
    for task in tasks { try merger.mergeAnew(task) }
    try merger.flush()
    return pairs.count
  }
}

extension Connection {
  /// Puts the keys of other operations in place of some, in arrays of keys that belong to one task.
  fileprivate func rename(
    _ names: [Int64: Int64], in table: String, column: String, of task: Int64
  ) throws(StoreError) {
    let condition = table == "operations" ? "task = ? AND change IS NULL" : "task = ?"
    let rows = try all(
      "SELECT DISTINCT \(column) FROM \(table) WHERE \(condition)", .integer(task),
      read: { $0.text(0) })
    for text in rows {
      let keys = JSON(canonicalText: text).arrayValue ?? []
      let renamed = keys.map { key -> JSON in
        guard case .integer(let key) = key else { return key }
        return .integer(names[key] ?? key)
      }
      guard renamed != keys else { continue }
      try run(
        "UPDATE \(table) SET \(column) = ? WHERE \(condition) AND \(column) = ?",
        .text(JSON.array(renamed).canonicalText), .integer(task), .text(text))
    }
  }
}
