import CSodium

/// Bytes that nobody may see: a key, a passphrase.
///
/// They are wiped when nobody needs them any more, and never printed. What passed through arrays and strings on its
/// way here may have left copies: this keeps a secret from lying about for the whole life of a process, no more.
package final class SecretBytes: @unchecked Sendable {
  // Sendable because the memory is written while this is made, and then only read until it is freed.
  private let memory: UnsafeMutablePointer<UInt8>
  package let count: Int

  /// Takes so many bytes, which `fill` writes.
  init<Failure: Error>(
    count: Int, _ fill: (UnsafeMutablePointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    memory = .allocate(capacity: count)
    memory.initialize(repeating: 0, count: count)
    self.count = count
    try fill(memory)
  }

  /// Takes a copy of bytes.
  package convenience init(_ bytes: some Collection<UInt8>) {
    let count = bytes.count
    self.init(count: count) { memory in
      _ = UnsafeMutableBufferPointer(start: memory, count: count).update(fromContentsOf: bytes)
    }
  }

  /// Overwrites what a secret came in, once it is no longer needed; other copies of the array keep what they have.
  package static func wipe(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBytes { sodium_memzero($0.baseAddress, $0.count) }
  }

  deinit {
    sodium_memzero(memory, count)
    memory.deallocate()
  }

  /// New bytes that nobody can guess.
  static func random(count: Int) -> SecretBytes {
    Sodium.prepare()
    return SecretBytes(count: count) { randombytes_buf($0, count) }
  }

  /// Lends the bytes, `count` from here; nothing of them may be kept.
  func withBytes<Result, Failure: Error>(
    _ body: (UnsafePointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafePointer(memory))
  }

  /// A copy of the bytes, for those who must store them.
  package var revealed: [UInt8] { Array(UnsafeBufferPointer(start: memory, count: count)) }

  /// The secret numbered `id` of those that follow from this one of 32 bytes, in one context of eight letters.
  ///
  /// Nobody finds this secret, or another that follows from it, from one of them.
  func subkey(_ id: UInt64, context: String, count: Int = 32) -> SecretBytes {
    Sodium.prepare()
    return SecretBytes(count: count) { key in
      _ = crypto_kdf_derive_from_key(key, count, id, context, memory)
    }
  }
}

extension SecretBytes: Equatable {
  /// Compares in a time that does not tell where the first difference is.
  package static func == (lhs: SecretBytes, rhs: SecretBytes) -> Bool {
    guard lhs.count == rhs.count else { return false }
    return sodium_memcmp(lhs.memory, rhs.memory, lhs.count) == 0
  }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "(secret)" }
  package var debugDescription: String { description }
  /// Hides the memory from `dump`.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
