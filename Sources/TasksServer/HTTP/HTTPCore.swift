import Synchronization

/// What all connections of a server share.
final class HTTPCore: Sendable {
  let handler: any HTTPHandler
  let limits: HTTPLimits
  let observe: (@Sendable (HTTPObservation) -> Void)?
  let log: @Sendable (String) -> Void
  let connections = HTTPConnections()
  let lingering: Lingering
  private let stopping = Atomic(false)
  private let abandoning = Atomic(false)
  private let count: Atomic<UInt64>

  init(
    handler: any HTTPHandler, limits: HTTPLimits,
    observe: (@Sendable (HTTPObservation) -> Void)?, log: @escaping @Sendable (String) -> Void,
    lingering: Lingering
  ) {
    self.handler = handler
    self.limits = limits
    self.observe = observe
    self.log = log
    self.lingering = lingering
    count = Atomic(UInt64.random(in: .min ... .max))
  }

  /// Connections end with their next answer.
  var isStopping: Bool { stopping.load(ordering: .sequentiallyConsistent) }
  /// Nobody waits for an answer any more.
  var isAbandoning: Bool { abandoning.load(ordering: .sequentiallyConsistent) }

  func beginStopping() { stopping.store(true, ordering: .sequentiallyConsistent) }
  func beginAbandoning() { abandoning.store(true, ordering: .sequentiallyConsistent) }

  /// A name for a request: thirteen characters that no other request of this server has.
  func makeID() -> String {
    // SplitMix64 over a counter: each number once, in no order that shows how many there were.
    var value = count.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    value ^= value >> 31
    return String(unsafeUninitializedCapacity: 13) { buffer in
      for place in 0..<13 {
        let digit = UInt8(truncatingIfNeeded: value >> UInt64(60 - place * 5)) & 31
        buffer[place] = digit < 10 ? digit + UInt8(ascii: "0") : digit - 10 + UInt8(ascii: "a")
      }
      return 13
    }
  }
}
