/// How a remote is spoken to.
package struct SyncOptions: Sendable {
  /// What shall travel.
  package struct Ways: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let pull = Ways(rawValue: 1)
    package static let push = Ways(rawValue: 2)
  }

  package var ways: Ways
  /// How many changes a bundle that is sent holds at most.
  package var batch = usualBatch
  /// Whether a remote that has lost everything is filled again from what is held here.
  package var refills = false
  /// Whether edits are sent though this device's clock seems to be ahead.
  package var allowsFuture = false
  /// Whether somebody gave a passphrase, so that a remote that is seen first and says that it is plain is refused.
  package var expectsEncryption = false
  /// Whether it is only said what would travel.
  package var isDryRun = false

  package init(_ ways: Ways) { self.ways = ways }

  package static let usualBatch = 50
  package static let batches = 1...10_000
}
