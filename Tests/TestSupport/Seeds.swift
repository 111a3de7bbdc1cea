import Glibc

/// Which random scripts a run plays: `TASKS_SEEDS` many from `TASKS_SEED` on.
package enum Seeds {
  package static let first: UInt64 = number("TASKS_SEED") ?? 1
  package static let count: UInt64 = number("TASKS_SEEDS") ?? 300
  /// For what the program does, and not only the test's own devices.
  package static let storeCount: UInt64 = number("TASKS_SEEDS") ?? 2000
  /// For whole systems of devices and remotes, of which ten take as long as a hundred of the others.
  package static let simulationCount: UInt64 = number("TASKS_SEEDS") ?? 1000

  /// For systems of devices that are programs of their own.
  package static let programCount: UInt64 = number("TASKS_SEEDS") ?? 20

  /// How many seeds are one case of a parameterised test.
  private static let batch: UInt64 = 50

  /// All of them, in batches, so that cases run side by side and each says which it was.
  package static var batches: [Range<UInt64>] { batches(of: count) }

  package static func batches(of count: UInt64) -> [Range<UInt64>] {
    stride(from: 0, to: count, by: Int(batch)).map { start in
      first &+ start..<first &+ min(start + batch, count)
    }
  }

  private static func number(_ name: String) -> UInt64? {
    getenv(name).flatMap { UInt64(String(cString: $0)) }
  }
}
