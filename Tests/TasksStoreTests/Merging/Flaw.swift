/// A mistake that a merge could make; the property test must notice each.
enum Flaw: String, CaseIterable {
  // Which writes are current.

  /// Forgets what an `over` names that has not arrived.
  case dropsLateNames
  /// An operation that arrives after the one that replaces it counts.
  case keepsLateArrivals
  /// An `over` counts only if the operation is the newest on the task.
  case ignoresNamesOfOlderArrivals
  /// What is named is gone, whatever its fields.
  case replacesOtherFields
  /// What is named is gone, whatever its task.
  case replacesOtherTasks
  /// What is named as `:n` is not replaced.
  case missesNamesInside
  /// What was replaced replaces nothing any more.
  case replacementDiesWithReplaced
  /// An operation without `set` replaces all that it names.
  case keptOnlyKindReplaces
  case ignoresUnknownKinds
  /// Of two changes of the same device and number, the second is left out.
  case forgetsForks
  case countsRepetitions
  /// Only the winner is remembered.
  case forgetsLosers
  /// An `over` of a write at the last moment is left out.
  case saturatedRepeats

  // Which of them wins.

  case lastArrivalWins
  case tiesByValue
  case tiesByArrival
  case tiesByDeviceOnly
  /// The index decides before the change.
  case tiesByShortIndex
  /// "é" equals "é".
  case comparesCanonically

  // What it comes to.

  case noImpliedDeletion
  /// An edit does not bring a task back.
  case deletionLeavesFlag
  case completedAtIsFirst
  case updatedAtIsNewest
  case createdAtIsFirstArrival
  /// A `completed` that says "yes" counts.
  case wrongKindsShow
  case listsEqualLosers

  // What is written.

  /// `at` is what the clock says.
  case noLaterThanReplaced
  case notesNoClock
  case editorSeesNow
  /// The losers are not replaced.
  case namesWinnersOnly
  /// Names all that it ever saw.
  case alwaysNamesAll

  // How it is listed.

  case localConflictNames
  case nameWithoutLosers
  case nothingMissing
  case gapsAreNotMissing
}

extension Flaw {
  /// Who must notice it alone; together they notice all of them.
  var noticedBy: Set<Judge> {
    switch self {
    case .dropsLateNames, .keepsLateArrivals, .forgetsForks, .countsRepetitions, .lastArrivalWins,
      .tiesByValue, .tiesByArrival, .tiesByDeviceOnly:
      [.oracle, .record, .equals]
    case .ignoresNamesOfOlderArrivals, .missesNamesInside: Set(Judge.allCases)
    case .replacesOtherFields, .replacesOtherTasks, .replacementDiesWithReplaced,
      .keptOnlyKindReplaces, .ignoresUnknownKinds, .forgetsLosers, .noImpliedDeletion,
      .deletionLeavesFlag:
      [.oracle, .record, .author]
    case .tiesByShortIndex, .comparesCanonically, .wrongKindsShow, .listsEqualLosers:
      [.oracle, .record]
    case .completedAtIsFirst, .updatedAtIsNewest, .nameWithoutLosers, .nothingMissing,
      .gapsAreNotMissing:
      [.oracle]
    case .createdAtIsFirstArrival, .localConflictNames: [.oracle, .equals]
    case .saturatedRepeats, .noLaterThanReplaced, .editorSeesNow, .namesWinnersOnly,
      .alwaysNamesAll:
      [.record, .author]
    case .notesNoClock: [.author]
    }
  }
}
