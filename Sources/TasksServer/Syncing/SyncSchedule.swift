/// When the server syncs next, and when it had better not: a circuit breaker around the remote.
///
/// Times are milliseconds of a clock that never goes back.
struct SyncSchedule: Sendable {
  enum Breaker: String, Sendable {
    case closed
    /// After so many failures nothing is tried for a while.
    case open
    /// The next try decides.
    case halfOpen = "half_open"
  }

  /// After an edit; more of them may follow at once.
  static let afterEdit: Int64 = 2_000
  /// After something came to a folder that others write to.
  static let afterArrival: Int64 = 500
  /// After the network came back: names are not known at once.
  static let afterNetwork: Int64 = 1_000
  /// After a failure, while the breaker is closed.
  static let afterFailure: Int64 = 15_000
  static let failuresToOpen = 3
  static let shortestPause: Int64 = 60_000
  static let longestPause: Int64 = 30 * 60_000

  /// How often without a reason; 0 for never.
  private let interval: Int64
  /// When the next sync is due; nil if nothing is.
  private(set) var due: Int64?
  private(set) var breaker = Breaker.closed
  private var failures = 0
  /// When to sync whatever comes of the one under way, because somebody asks or the network is back.
  private var asked: Int64?

  init(now: Int64, interval: Int64) {
    self.interval = interval
    due = now
  }

  mutating func edited(at now: Int64) { hasten(to: now + Self.afterEdit) }

  mutating func arrived(at now: Int64) { hasten(to: now + Self.afterArrival) }

  /// What was out of reach may be in reach again.
  mutating func reconnected(at now: Int64) {
    ask(for: now + Self.afterNetwork)
  }

  /// Somebody asks for it.
  mutating func triggered(at now: Int64) {
    ask(for: now)
  }

  mutating func succeeded(at now: Int64) {
    failures = 0
    breaker = .closed
    // What happened since it began it may not have seen.
    if interval > 0 { hasten(to: now + interval) }
  }

  mutating func failed(at now: Int64) {
    failures += 1
    guard failures >= Self.failuresToOpen else {
      hasten(to: now + Self.afterFailure)
      return
    }
    breaker = .open
    let doublings = min(failures - Self.failuresToOpen, 8)
    due = now + min(Self.shortestPause << Int64(doublings), Self.longestPause)
    if let asked { ask(for: asked) }
  }

  /// Called when the sync that is due begins.
  mutating func began() {
    halfOpen()
    due = nil
    asked = nil
  }

  private mutating func ask(for moment: Int64) {
    asked = min(asked ?? moment, moment)
    halfOpen()
    hasten(to: moment)
  }

  private mutating func halfOpen() { if breaker == .open { breaker = .halfOpen } }

  private mutating func hasten(to moment: Int64) {
    // Edits do not matter to a remote that cannot be reached.
    guard breaker != .open else { return }
    due = min(due ?? moment, moment)
  }
}
