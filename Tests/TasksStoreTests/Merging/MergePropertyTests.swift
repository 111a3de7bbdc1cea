import MergeSupport
import TasksModel
import TestSupport
import Testing

/// Random histories of several devices, against the law of merging.
///
/// `TASKS_SEEDS=100000 swift test --filter MergePropertyTests` looks longer.
@Suite struct MergePropertyTests {
  @Test(arguments: Seeds.batches(of: Seeds.storeCount))
  func aStoreKeepsTheLaw(seeds: Range<UInt64>) {
    Self.expectNoFailure(seeds) { try StoreReplica(number: $0) }
  }

  @Test(arguments: HistoryScript.kept.indices)
  func aStorePassesWhatOnceFailed(number: Int) {
    Self.expectNoFailure(of: HistoryScript.kept[number]) { try StoreReplica(number: $0) }
  }

  @Test func aChangeTwiceInABundleIsNoDamage() throws {
    let one = try StoreReplica(number: 0)
    _ = try one.create(HistoryScript.task(0), ["title": "a"])
    let lines = try one.seal()
    let other = try StoreReplica(number: 1)
    try other.take(lines + lines)
    try other.fsck()
  }

  @Test(arguments: Seeds.batches)
  func aNaiveDeviceKeepsTheLaw(seeds: Range<UInt64>) {
    Self.expectNoFailure(seeds) { NaiveReplica(number: $0) }
  }

  @Test(arguments: HistoryScript.kept.indices)
  func aNaiveDevicePassesWhatOnceFailed(number: Int) {
    Self.expectNoFailure(of: HistoryScript.kept[number]) { NaiveReplica(number: $0) }
  }

  /// Without this nobody would know whether the test can fail.
  @Test(arguments: Flaw.allCases)
  func everyFlawIsNoticed(flaw: Flaw) {
    for judge in flaw.noticedBy {
      let seed = Self.patience.first { seed in
        Trial.failure(of: HistoryScript(random: seed), judges: [judge]) {
          NaiveReplica(number: $0, flaw: flaw)
        } != nil
      }
      #expect(seed != nil, "the \(judge) found nothing")
    }
  }

  /// The seeds within which a flaw must be noticed, twice of what was needed.
  private static let patience: ClosedRange<UInt64> = 1...300

  @Test func aFailingScriptShrinks() throws {
    let fails: (HistoryScript) -> Bool = { script in
      Trial.failure(of: script) { NaiveReplica(number: $0, flaw: .forgetsLosers) } != nil
    }
    let seed = try #require((1...100).first { fails(HistoryScript(random: $0)) })
    let shrunk = Shrinker.shrink(HistoryScript(random: seed), fails: fails)
    #expect(fails(shrunk))
    #expect(shrunk.steps.count <= 4, "\(shrunk.source)")
  }

  /// Plays random scripts; the first that fails is shrunk and printed.
  static func expectNoFailure<Replica: ReplicaUnderTest>(
    _ seeds: Range<UInt64>, _ make: (Int) throws -> Replica
  ) {
    for seed in seeds where !expectNoFailure(of: HistoryScript(random: seed), make) { return }
  }

  /// Plays a script, and says how little of it fails if it does.
  @discardableResult
  static func expectNoFailure<Replica: ReplicaUnderTest>(
    of script: HistoryScript, _ make: (Int) throws -> Replica
  ) -> Bool {
    guard let failure = Trial.failure(of: script, make) else { return true }
    withoutActuallyEscaping(make) { make in
      let shrunk = Shrinker.shrink(script) { Trial.failure(of: $0, make) != nil }
      Issue.record(
        """
        seed \(script.seed) fails, \(failure)
        shrunk: \(Trial.failure(of: shrunk, make) ?? "it passes now")
        \(shrunk.source)
        """)
    }
    return false
  }
}
