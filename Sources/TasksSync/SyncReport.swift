package import TasksRemote
package import TasksStore

/// What came of speaking to a remote: also what got through before it failed.
package struct SyncReport: Sendable {
  /// What travelled one way.
  package struct Way: Sendable {
    package var bundles = 0
    package var changes = 0
    package var bytes = 0
  }

  /// Changes of one device.
  package struct Stretch: Hashable, Sendable {
    /// What the device calls itself.
    package let name: String
    package let numbers: ClosedRange<Int>
  }

  /// A file of the remote that was left alone.
  package struct Skipped: Sendable {
    package enum Reason: Sendable {
      /// It is not whole: somebody may still be writing it.
      case notWhole
      /// It was not whole for long, and was renamed.
      case setAside
      /// It cannot be decrypted, or is not this remote's.
      case undecipherable
      case newer
      case unreadable
    }

    package let name: String
    package let reason: Reason

    var isNotWhole: Bool { if case .notWhole = reason { true } else { false } }
  }

  package var sent = Way()
  package var received = Way()
  /// What came of the changes received.
  package var intake = Intake()
  package var turns = 0
  /// Why OpenSSH was used in place of our own client, and is from now on.
  package var fallback: ConnectionProblem?
  /// Whether the remote was made now.
  package var isNew = false
  package var skipped: [Skipped] = []
  /// What the remote had and has no longer, and is sent again.
  package var returned: [Stretch] = []
  /// Bundles that the remote had and has no longer, and that are not held here.
  package var gone: [String] = []
  /// Who made operations that lie in the future, and how many of those that came in.
  package var future: [(name: String, count: Int)] = []
  /// How many bundles were folded, and into how many.
  package var folded = (from: 0, into: 0)
  /// How many bundles were removed whose changes are all in others.
  package var removed = 0

  package init() {}

  /// Stretches of one device that touch, as one.
  static func united(_ stretches: [Stretch]) -> [Stretch] {
    var united: [Stretch] = []
    let sorted = stretches.sorted {
      ($0.name, $0.numbers.lowerBound) < ($1.name, $1.numbers.lowerBound)
    }
    for stretch in sorted {
      if let last = united.last, last.name == stretch.name,
        stretch.numbers.lowerBound <= last.numbers.upperBound + 1
      {
        let upper = max(last.numbers.upperBound, stretch.numbers.upperBound)
        united[united.count - 1] = Stretch(
          name: last.name, numbers: last.numbers.lowerBound...upper)
      } else {
        united.append(stretch)
      }
    }
    return united
  }
}
