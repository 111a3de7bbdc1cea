import TasksModel
import TasksProgram
import TasksStore
import TasksText

extension Session {
  /// Seals what was edited, as this device.
  func seal(_ store: Store, note: String?) throws -> SealOutcome {
    let outcome = try store.seal(
      note: note, name: store.device(named: machineName).name, at: clock.now)
    if let identity = outcome.newIdentity { say(identity) }
    if outcome.found.count > 0 {
      say("Found \(counted(outcome.found.count, "change")) in its folder that it did not have.")
      try report(outcome.found, in: store)
    }
    return outcome
  }

  /// Says that this store found out that it is a copy.
  func say(_ identity: NewIdentity) {
    say(
      "This store was copied, moved or restored from a backup, so it is a device of its own now:"
        + " \(identity.after.text), before \(identity.before.text). Nothing is lost.")
  }

  /// Says what came of changes from elsewhere, and lets the command end as it should.
  func report(_ intake: Intake, in store: Store) throws {
    // What came is said before what is the matter with it.
    try output.flush()
    if intake.newer > 0 {
      say(
        "\(counted(intake.newer, "change")) of a newer version of tasks: kept and passed on, but not"
          + " applied. Install the newer version.")
      end(with: .incomplete)
    }
    for fork in intake.forks.prefix(5) {
      let name = intake.names[fork.device] ?? fork.device.text
      say(
        "\(visible(name)) has made two changes numbered \(fork.sequence): somebody used a copy of"
          + " its store. Both are kept.")
    }
    if let identity = intake.newIdentity { say(identity) }
    if intake.dropped > 0 {
      say(
        "\(counted(intake.dropped, "edit")) that waited here came in from a copy of this store, and"
          + " count once.")
    }
    let missing = try store.missing()
    say(missing)
    try sayConflicts(intake.conflicts, isPreliminary: missing.count > 0, in: store)
  }

  /// Says what is known to be missing, and lets the command end as it should.
  func say(_ missing: Missing) {
    guard missing.count > 0 else { return }
    for gap in missing.gaps.prefix(10) { say(Self.text(of: gap)) }
    if missing.gaps.count > 10 { say("… and \(missing.gaps.count - 10) more gaps.") }
    if missing.gaps.isEmpty {
      say(
        missing.unnamed == 1
          ? "1 change that others build on has not arrived."
          : "\(missing.unnamed) changes that others build on have not arrived.")
    }
    end(with: .incomplete)
  }

  private static func text(of gap: MissingChanges) -> String {
    let (first, last) = (gap.numbers.lowerBound, gap.numbers.upperBound)
    let name = visible(gap.name)
    return first == last
      ? "\(name)'s change \(first) has not arrived."
      : "\(name)'s changes \(first)–\(last) have not arrived."
  }

  private func sayConflicts(_ ids: [String], isPreliminary: Bool, in store: Store) throws {
    guard !ids.isEmpty else { return }
    end(with: .incomplete)
    if isPreliminary {
      // With the missing changes they may turn out to be none.
      say("\(counted(ids.count, "new conflict")) so far.")
    } else {
      try announce(conflicts: ids, in: store)
    }
  }
}
