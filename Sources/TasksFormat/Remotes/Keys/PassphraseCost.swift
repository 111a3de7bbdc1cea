/// How much work it is to try one passphrase (Argon2id, version 1.3, one lane).
package struct PassphraseCost: Hashable, Sendable {
  package let kibibytes: Int64
  package let passes: Int64

  /// Libsodium's `MODERATE`: 256 MiB, under a second on a desktop.
  ///
  /// The only one that we write without being asked.
  package static let moderate = PassphraseCost(kibibytes: 256 << 10, passes: 3)
  /// Libsodium's `INTERACTIVE`: 64 MiB, for machines that have no more.
  ///
  /// The least that is read.
  package static let interactive = PassphraseCost(kibibytes: 64 << 10, passes: 2)

  init(kibibytes: Int64, passes: Int64) {
    self.kibibytes = kibibytes
    self.passes = passes
  }
}
