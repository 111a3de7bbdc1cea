/// Which tasks are meant: a condition as a value, which the store turns into SQL.
package indirect enum Filter: Hashable, Sendable {
  /// All of these hold; an empty list always does.
  case all([Filter])
  /// At least one of these holds.
  case any([Filter])
  case not(Filter)
  case open
  case completed
  case deleted
  /// Done, whether it was deleted then or not.
  case ticked
  /// It hides until a moment that has not come.
  case waiting
  /// The project of that name or one below it: `home` holds `home.garden`. Nil: no project at all.
  case project(String?)
  case tag(String)
  /// Any tag at all.
  case tagged
  case priority(String?)
  case due(DueTest)
  case wait(DueTest)
  /// Written to at that moment or later.
  case updated(since: Instant)
  /// Words of the title, the description or the notes begin with these words.
  case text(String)
}

extension Filter {
  /// Whether it says anything of the day a task waits for.
  package var asksAboutWaiting: Bool {
    switch self {
    case .all(let filters), .any(let filters): filters.contains(where: \.asksAboutWaiting)
    case .not(let filter): filter.asksAboutWaiting
    case .wait, .waiting: true
    default: false
    }
  }

  /// The tags it shuts out.
  package var excludedTags: [String] {
    switch self {
    case .all(let filters), .any(let filters): filters.flatMap(\.excludedTags)
    case .not(.tag(let tag)): [tag]
    default: []
    }
  }

  /// The texts it searches for, but for those it excludes.
  package var searches: [String] {
    switch self {
    case .all(let filters), .any(let filters): filters.flatMap(\.searches)
    case .text(let words): [words]
    default: []
    }
  }
}

/// A test of a date or instant.
package enum DueTest: Hashable, Sendable {
  case none
  case any
  case on(CivilDate)
  case before(Instant)
  case after(Instant)
}

/// What a list is sorted by.
package enum SortField: String, CaseIterable, Sendable {
  case due
  case priority
  case created
  case updated
  case completed
  case wait
  case project
  case title
  case number
}

/// One key of an order: a field, and whether it runs backwards.
package struct SortKey: Hashable, Sendable {
  package let field: SortField
  package let descending: Bool

  package init(_ field: SortField, descending: Bool = false) {
    self.field = field
    self.descending = descending
  }

  /// What is due first, then what matters most, then what has waited longest.
  package static let everyday = [SortKey(.due), SortKey(.priority), SortKey(.created)]
}
