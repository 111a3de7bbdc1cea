import TestSupport
import Testing

/// Whole systems of spawned programs; what they agree on in the end is what everybody wrote.
///
/// `TASKS_SEEDS=1000 swift test --filter SpawnedSystemTests` looks longer.
@Suite struct SpawnedSystemTests {
  @Test(arguments: Seeds.first..<Seeds.first + Seeds.programCount)
  func everybodyAgreesInTheEnd(seed: UInt64) throws {
    let simulation = try SpawnedSystem(seed: seed)
    for number in 1...20 { try simulation.step(number) }
    try simulation.end()
  }
}
