/// When to sync next, for somebody who watches: soon after something has happened, and now and then anyway.
///
/// Times are milliseconds of a clock that never goes back.
package struct WatchPlan: Sendable {
  /// When the next sync is due.
  package private(set) var due: Int64
  private var failures = 0

  /// After an edit; more of them may follow at once.
  static let afterEdit: Int64 = 2_000
  /// After something came to a folder that others write to.
  static let afterArrival: Int64 = 500
  /// After the network came back: names are not known at once.
  static let afterNetwork: Int64 = 1_000
  static let interval: Int64 = 5 * 60_000
  static let longestInterval: Int64 = 30 * 60_000

  package init(now: Int64) { due = now }

  package mutating func edited(at now: Int64) { hasten(to: now + Self.afterEdit) }

  package mutating func arrived(at now: Int64) { hasten(to: now + Self.afterArrival) }

  /// What was out of reach may be in reach again.
  package mutating func reconnected(at now: Int64) {
    failures = 0
    hasten(to: now + Self.afterNetwork)
  }

  package mutating func succeeded(at now: Int64) {
    failures = 0
    due = now + Self.interval
  }

  /// Twice as long after every failure.
  package mutating func failed(at now: Int64) {
    due = now + min(Self.interval << min(failures, 8), Self.longestInterval)
    failures += 1
  }

  private mutating func hasten(to moment: Int64) { due = min(due, moment) }
}
