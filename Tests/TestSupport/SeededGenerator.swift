/// SplitMix64: random numbers that a seed repeats, so that a failing case can be run again.
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// Ten seeds that every run tries and one that it makes up; a test that takes them as arguments prints them.
  package static let seeds: [UInt64] = fixedSeeds + [UInt64.random(in: .min ... .max)]
  /// For tests whose bound holds nearly always, which is no reason to fail on a day at random.
  package static let fixedSeeds: [UInt64] = Array(1...10)
}
