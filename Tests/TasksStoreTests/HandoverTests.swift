import Synchronization
import TasksFiles
import Testing

/// What one thread puts and another takes.
@Suite struct HandoverTests {
  private struct Fault: Error {}

  private final class Counter: Sendable {
    let value = Atomic(0)
  }

  @Test func everythingArrivesInOrderAndNeverTooMuchAtOnce() throws {
    let handover = Handover<Int>(limit: 10)
    let put = Counter()
    try withWorker {
      for number in 0..<1000 where handover.put(number, weight: 1 + number % 7) {
        put.value.store(number + 1, ordering: .sequentiallyConsistent)
      }
      handover.finish(.success(()))
    } run: {
      var taken: [Int] = []
      while let number = try handover.take() {
        taken.append(number)
        // Each weighs at least 1; one more may have come to those within the limit, and one be on its way.
        #expect(put.value.load(ordering: .sequentiallyConsistent) - number <= 12)
      }
      #expect(taken == Array(0..<1000))
    }
  }

  @Test func anErrorComesAfterWhatWasPutBefore() throws {
    let handover = Handover<Int>(limit: 10)
    try withWorker {
      _ = handover.put(1, weight: 1)
      handover.finish(.failure(Fault()))
    } run: {
      try #expect(handover.take() == 1)
      #expect(throws: Fault.self) { try handover.take() }
    }
  }

  @Test func whoPutsIsToldWhenNobodyTakes() throws {
    let handover = Handover<Int>(limit: 10)
    let count = Counter()
    try withWorker {
      while handover.put(0, weight: 4) { count.value.add(1, ordering: .sequentiallyConsistent) }
    } run: {
      _ = try handover.take()
      handover.abandon()
    }
    #expect(count.value.load(ordering: .sequentiallyConsistent) <= 4)
  }

  /// Returns when both are done.
  private func withWorker(
    _ work: @escaping @Sendable () -> Void, run: () throws -> Void
  ) throws {
    let worker = try #require(Worker(work))
    try withExtendedLifetime(worker, run)
  }
}
