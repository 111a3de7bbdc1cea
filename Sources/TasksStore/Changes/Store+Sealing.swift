import TasksFiles
import TasksFormat
package import TasksModel

/// What a commit came to.
package struct SealOutcome: Sendable {
  /// A change that was sealed.
  package struct Change: Sendable {
    package let id: ChangeID
    package let sequence: Int
    package let operations: Int
  }

  package var changes: [Change] = []
  /// How many tasks the operations are about.
  package var tasks = 0
  /// Whether the store found out that it is a copy, and what it then found in its folder that it did not hold.
  package var newIdentity: NewIdentity?
  package var found = Intake()

  package var operations: Int { changes.reduce(0) { $0 + $1.operations } }
}

extension Store {
  /// Seals what was edited since the last time into changes, and publishes them in the store's folder.
  ///
  /// When this returns they are on the disk twice: in the database, and as a file that the database can be made of.
  ///
  /// - Parameter name: what the device calls itself.
  package func seal(note: String?, name: String, at now: Instant) throws -> SealOutcome {
    let isNeeded = try connection.first(
      "SELECT 1 FROM operations WHERE change IS NULL LIMIT 1", read: { _ in true })
    guard isNeeded != nil else {
      try publish()
      return SealOutcome()
    }
    var beginning = SealOutcome()
    beginning.newIdentity = try connection.transaction(writing: true) {
      try confirmIdentity(Merger(connection: connection, now: now))
    }
    if beginning.newIdentity != nil {
      // If it is the database that is older than the folder, the changes since then are there.
      for case .takenIn(_, let intake) in try takeInStrayFiles(at: now) {
        beginning.found.add(intake)
      }
    }
    let outcome = try connection.transaction(writing: true) {
      let merger = Merger(connection: connection, now: now)
      var outcome = beginning
      var sealer = try Sealer(
        connection: connection, device: merger.ownDevice(), name: name, note: note)
      while let change = try sealer.sealNext() { outcome.changes.append(change) }
      try sealer.finish()
      outcome.tasks = sealer.tasks.count
      try settleTies(merger)
      return outcome
    }
    hasEdited = true
    try publish()
    if let directory, let last = outcome.changes.last {
      try? Identity.note(connection.ownDevice(), last: last.sequence, in: directory)
    }
    return outcome
  }

  private func publish() throws {
    do {
      try writeMissingBundles()
    } catch let error as FileError {
      throw StoreError.unpublished(error)
    }
  }

  /// Finds anew which write wins where two are of one time: until an operation is sealed it has no id to compare.
  func settleTies(_ merger: Merger) throws(StoreError) {
    let ties = try connection.all(
      """
      SELECT DISTINCT beside.task, beside.field FROM writes AS beside
      JOIN writes AS shown ON shown.task = beside.task AND shown.field = beside.field
        AND shown.wins AND shown.at = beside.at
      WHERE NOT beside.wins
      """, read: { (task: $0.integer(0), field: Field($0.text(1))) })
    guard !ties.isEmpty else { return }
    for tie in ties { try merger.touch(tie.field, of: tie.task) }
    try merger.flush()
    try connection.indexChangedTexts()
  }
}
