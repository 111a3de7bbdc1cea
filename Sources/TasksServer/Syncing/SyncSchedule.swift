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
  /// When somebody, or the network, wants it whatever the breaker says.
  private var wanted: Int64?
  /// When the network last came back.
  private var reconnection: Int64?

  init(now: Int64, interval: Int64) {
    self.interval = interval
    due = now
  }

  mutating func edited(at now: Int64) { hasten(to: now + Self.afterEdit) }

  mutating func arrived(at now: Int64) { hasten(to: now + Self.afterArrival) }

  /// What was out of reach may be in reach again.
  ///
  /// Addresses that come and go, as those of containers do, are no reason to try again and again.
  mutating func reconnected(at now: Int64) {
    if breaker == .open {
      if let reconnection, now - reconnection < Self.shortestPause { return }
      reconnection = now
    }
    want(at: now + Self.afterNetwork)
  }

  /// Somebody asks for it.
  mutating func triggered(at now: Int64) { want(at: now) }

  /// What came up during the sync is still due.
  mutating func succeeded(at now: Int64) {
    failures = 0
    breaker = .closed
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
    let pause = min(Self.shortestPause << Int64(doublings), Self.longestPause)
    due = min(wanted ?? .max, now + pause)
    if wanted != nil { halfOpen() }
  }

  /// Called when the sync that is due begins.
  mutating func began() {
    halfOpen()
    due = nil
    wanted = nil
  }

  private mutating func want(at moment: Int64) {
    halfOpen()
    wanted = min(wanted ?? moment, moment)
    hasten(to: moment)
  }

  private mutating func halfOpen() { if breaker == .open { breaker = .halfOpen } }

  private mutating func hasten(to moment: Int64) {
    // Edits do not matter to a remote that cannot be reached.
    guard breaker != .open else { return }
    due = min(due ?? moment, moment)
  }
}
