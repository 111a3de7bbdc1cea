import TasksFiles

/// A moment by which something has to have happened.
struct Deadline {
  /// Microseconds of the steady clock; nil for never.
  private let moment: Int?

  static let never = Deadline(moment: nil)

  private init(moment: Int?) { self.moment = moment }

  init(seconds: Int) {
    moment = Self.now() + seconds * 1_000_000
  }

  init(milliseconds: Int) {
    moment = Self.now() + milliseconds * 1_000
  }

  var hasPassed: Bool { moment.map { Self.now() >= $0 } ?? false }

  /// Milliseconds from now, rounded up, as poll(2) takes them.
  var wait: Int32 {
    guard let moment else { return -1 }
    return Int32(clamping: max(0, (moment - Self.now() + 999) / 1_000))
  }

  func earlier(_ other: Deadline) -> Deadline {
    guard let mine = moment else { return other }
    guard let its = other.moment else { return self }
    return mine < its ? self : other
  }

  private static func now() -> Int { Int(SteadyClock.microseconds) }
}
