import TasksFiles
import TasksFormat
package import TasksModel

extension Store {
  /// How many bundles are taken in at once: an interruption keeps those before.
  private static let bundlesAtOnce = 16

  /// Takes in the changes of a bundle that are not held yet: all of them, or none if the bundle is bad.
  ///
  /// Taking in a bundle twice, or before those it builds on, is harmless.
  ///
  /// - Parameters:
  ///   - bytes: the bundle's file.
  ///   - hash: the start of its SHA-256, where its name states it.
  package func takeIn(
    _ bytes: [UInt8], hash: String? = nil, at now: Instant
  ) throws -> Intake {
    let taken = try takeIn(1, at: now) { _ in IncomingBundle(bytes, hash: hash) }
    if let failure = taken.failures.first { throw failure.error }
    return taken.intake
  }

  /// Takes in bundles: the good ones, and says what is wrong with the others.
  ///
  /// - Parameters:
  ///   - count: how many there are.
  ///   - lookingForCopies: whether this device's own changes would be a sign of a copy; not while the store is made
  ///     anew.
  ///   - read: a bundle. It may be asked again.
  package func takeIn(
    _ count: Int, at now: Instant, lookingForCopies: Bool = true,
    read: (Int) throws -> IncomingBundle
  ) throws -> (intake: Intake, failures: [(index: Int, error: any Error)]) {
    var intake = Intake()
    var failures: [(index: Int, error: any Error)] = []
    try connection.withoutReferenceChecks {
      for start in stride(from: 0, to: count, by: Self.bundlesAtOnce) {
        var indices = Array(start..<min(start + Self.bundlesAtOnce, count))
        do {
          intake.add(try takeIn(indices, now, lookingForCopies, read))
        } catch {
          // Nothing of them was taken in. Which of them are bad is seen before they are tried again.
          let bad = try indices.compactMap { index in try Self.fault(of: index, read) }
          guard !bad.isEmpty else { throw error }
          failures += bad
          indices.removeAll { index in bad.contains { $0.index == index } }
          if !indices.isEmpty {
            intake.add(try takeIn(indices, now, lookingForCopies, read))
          }
        }
      }
    }
    return (intake, failures)
  }

  /// What is wrong with a bundle; nil if it is good.
  private static func fault(
    of index: Int, _ read: (Int) throws -> IncomingBundle
  ) throws -> (index: Int, error: any Error)? {
    do {
      let bundle = try read(index)
      _ = try Bundle(bundle.bytes, hash: bundle.hash)
      return nil
    } catch {
      return (index, error)
    }
  }

  /// Takes in bundles, all of them or none.
  private func takeIn(
    _ indices: [Int], _ now: Instant, _ lookingForCopies: Bool,
    _ read: (Int) throws -> IncomingBundle
  ) throws -> Intake {
    let intake = try connection.transaction(writing: true) {
      let merger = Merger(connection: connection, now: now)
      var intaker = try Intaker(connection: connection, merger: merger)
      var opened: (bundle: IncomingBundle, feed: Feed<ChangePortion>)?
      for place in indices.indices {
        let (bundle, feed) = try opened ?? Self.open(indices[place], read)
        intaker.begin(from: try server(of: bundle.origin))
        try feed.each { try intaker.take($0) }
        // While this file reaches the disk, the next one is hashed and its first changes are read.
        opened =
          place + 1 < indices.endIndex ? try Self.open(indices[place + 1], read) : nil
        if let digest = intaker.taken { try keep(bundle.bytes, digest) }
        if let origin = bundle.origin { try note(origin, isAllNew: intaker.isAllNew, at: now) }
      }
      var intake = try intaker.finish()
      guard intake.count > 0 else { return intake }
      if lookingForCopies {
        intake.dropped = try dropEditsMadeElsewhere(merger, since: intaker.firstChange)
        if try intaker.isOwnIdentityTaken { intake.newIdentity = try takeNewIdentity(merger) }
      }
      intake.conflicts = try merger.found.filter(isOpen)
      try connection.indexChangedTexts()
      return intake
    }
    if intake.count > 0 { hasEdited = true }
    return intake
  }

  private static func open(
    _ index: Int, _ read: (Int) throws -> IncomingBundle
  ) throws -> (bundle: IncomingBundle, feed: Feed<ChangePortion>) {
    let bundle = try read(index)
    return (bundle, Feed(bundle.bytes, hash: bundle.hash))
  }

  /// What tasks remember of where a bundle was read; nil if that is not the remote that the queue is for.
  private func server(of origin: IncomingBundle.Origin?) throws -> String? {
    guard let origin, try isDefault(origin.remote) else { return nil }
    return origin.remote.serverID(of: origin.name)
  }

  /// Keeps a bundle's file.
  ///
  /// The file comes first: what the database holds can always be made of the files.
  private func keep(_ bytes: [UInt8], _ digest: Digest) throws {
    if let files = changesDirectory {
      try files.write(bytes, digest: digest)
    } else {
      try connection.run(
        "UPDATE bundles SET content = ? WHERE digest = ?", .blob(bytes), .text(digest.text))
    }
  }

  private func isOpen(conflict id: String) throws(StoreError) -> Bool {
    try connection.first(
      "SELECT 1 FROM conflicts WHERE id = ? AND ended_at IS NULL", .text(id), read: { _ in true })
      ?? false
  }

  /// Drops edits that wait to be sealed and that came in as they are: a copy of this store had sealed them.
  ///
  /// Returns how many. Nothing is lost by it, whoever has made them.
  func dropEditsMadeElsewhere(
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
        "UPDATE client_edits SET operation = ? WHERE operation = ?", .integer(pair.theirs),
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
