import Synchronization
import TasksFiles
import TasksModel
import TasksStore

/// Stores to read from, as many as there are threads that read at once: a reader waits for nobody.
final class Readers: Sendable {
  /// A store, and what it has counted.
  ///
  /// `@unchecked`: whoever takes one out of `idle` is the only one to use it until it is put back.
  private final class Reader: @unchecked Sendable {
    let store: Store
    var known: KnownAnswers
    /// When it was the store that stands at its path, for sure.
    var seen: Int64

    init(_ store: Store, _ space: AnswerSpace, seen: Int64) {
      self.store = store
      known = KnownAnswers(space)
      self.seen = seen
    }
  }

  /// A store to read from, and what is known of it.
  struct Reading {
    let store: Store
    /// How many tasks a filter means, and one page of them.
    let list: (PageRequest, Clock) throws -> (total: Int, page: RenderedPage)
  }

  private let directory: String
  private let zone: Zone
  private let space: AnswerSpace
  private let idle = Mutex<[Reader]>([])
  /// When somebody last had reason to think that another store may be there.
  private let doubted = Atomic<Int64>(.min)
  /// How many are kept for the next requests.
  private static let mostIdle = 8
  /// Kilobytes that each keeps of the database in memory.
  private static let memory = 3 << 10

  init(_ directory: String, zone: Zone, space: AnswerSpace) {
    self.directory = directory
    self.space = space
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

  /// Who reads from here on reads what stands at the path now.
  func lookAgain() { doubted.store(SteadyClock.now, ordering: .sequentiallyConsistent) }

  private func take() throws -> Reader {
    let now = SteadyClock.now
    while let reader = idle.withLock({ $0.popLast() }) {
      // `fsck --rebuild` may have put another database there. To look costs a tenth of a request.
      let isFresh =
        now - reader.seen < Self.freshness
        && reader.seen > doubted.load(ordering: .sequentiallyConsistent)
      if isFresh { return reader }
      if !reader.store.hasMoved {
        reader.seen = now
        return reader
      }
    }
    let store = try Store.open(at: directory, creating: false, zone: zone)
    try store.limitMemory(toKilobytes: Self.memory)
    return Reader(store, space, seen: now)
  }

  /// Milliseconds for which a store is taken to be where it was.
  private static let freshness: Int64 = 100
}
