import Synchronization
import TasksModel
import TasksStore

/// Stores to read from, as many as there are threads that read at once: a reader waits for nobody.
final class Readers: Sendable {
  /// A store, and what it has counted.
  ///
  /// `@unchecked`: whoever takes one out of `idle` is the only one to use it until it is put back.
  private final class Reader: @unchecked Sendable {
    let store: Store
    var known = KnownAnswers()

    init(_ store: Store) { self.store = store }
  }

  /// A store to read from, and what is known of it.
  struct Reading {
    let store: Store
    /// How many tasks a filter means, and one page of them.
    let list: (PageRequest, Clock) throws -> (total: Int, page: RenderedPage)
  }

  private let directory: String
  private let zone: Zone
  private let idle = Mutex<[Reader]>([])
  /// How many are kept for the next requests.
  private static let mostIdle = 8
  /// Kilobytes that each keeps of the database in memory.
  private static let memory = 3 << 10

  init(_ directory: String, zone: Zone) {
    self.directory = directory
    self.zone = zone
  }

  func read<Result>(_ body: (Reading) throws -> Result) throws -> Result {
    let reader = try take()
    let result = try body(
      Reading(store: reader.store) { request, clock in
        try reader.known.list(request, in: reader.store, clock)
      })
    idle.withLock { idle in
      if idle.count < Self.mostIdle { idle.append(reader) }
    }
    return result
  }

  private func take() throws -> Reader {
    while let reader = idle.withLock({ $0.popLast() }) {
      // `fsck --rebuild` may have put another database there.
      if !reader.store.hasMoved { return reader }
    }
    let store = try Store.open(at: directory, creating: false, zone: zone)
    try store.limitMemory(toKilobytes: Self.memory)
    return Reader(store)
  }
}
