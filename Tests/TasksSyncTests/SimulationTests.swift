import TasksModel
import TestSupport
import Testing

/// Random histories of several devices and remotes, with everything that goes wrong, against the laws.
///
/// `TASKS_SEEDS=100000 swift test --filter SimulationTests` looks longer.
@Suite struct SimulationTests {
  @Test(arguments: Seeds.batches(of: Seeds.simulationCount))
  func whateverHappensNothingIsLostAndAllAgree(seeds: Range<UInt64>) {
    for seed in seeds where !Self.expectNoFailure(of: Script(random: seed)) { return }
  }

  @Test(arguments: Script.kept.indices)
  func whatOnceFailedPasses(number: Int) {
    Self.expectNoFailure(of: Script.kept[number])
  }

  /// Without this nobody would know whether the test can fail.
  @Test(arguments: Flaw.allCases)
  func everyFlawIsNoticed(flaw: Flaw) {
    let seed = Self.patience.first { World.failure(of: Script(random: $0), flaw: flaw) != nil }
    #expect(seed != nil, "nobody noticed")
  }

  /// The seeds within which a flaw must be noticed.
  private static let patience: ClosedRange<UInt64> = 1...100

  @Test func theSimulationComesAcrossEverything() {
    var missing = Set(Sight.allCases)
    for seed in Self.patience where !missing.isEmpty {
      _ = World.failure(of: Script(random: seed)) { missing.subtract($0) }
    }
    #expect(missing.isEmpty)
  }

  @Test func aFailingScriptShrinks() throws {
    let fails: (Script) -> Bool = { World.failure(of: $0, flaw: .hidesBundles) != nil }
    let seed = try #require((1...100).first { fails(Script(random: $0)) })
    let shrunk = Script(random: seed).shrunk(fails: fails)
    #expect(fails(shrunk))
    #expect(shrunk.events.count <= 4, "\(shrunk.source)")
  }

  @discardableResult
  static func expectNoFailure(of script: Script) -> Bool {
    guard let failure = World.failure(of: script) else { return true }
    let shrunk = script.shrunk { World.failure(of: $0) != nil }
    Issue.record(
      """
      seed \(script.seed) fails, \(failure)
      shrunk: \(World.failure(of: shrunk) ?? "it passes now")
      \(shrunk.source)
      """)
    return false
  }
}
