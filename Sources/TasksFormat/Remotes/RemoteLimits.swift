/// How much the files of a remote may hold; a reader's limits are the writer's.
package enum RemoteLimits {
  /// The largest file in `bundles/`, sealed or not: what a cut-off transfer can lose.
  package static let fileSize = FormatLimits.bundle
  /// The largest `tasks-remote.json` and the largest key slot.
  package static let document = 64 << 10
  /// The bundle's bytes in one sealed piece.
  package static let piece = 64 << 10
  /// The largest bundle whose sealed file is at most `fileSize`.
  ///
  /// More than `FormatLimits.writtenContent` comes to, so whatever our writer makes can be sealed.
  package static let sealedBundle = SealedBundle.plainSize(ofFile: fileSize)
  /// The bytes of a passphrase: the lower end refuses the empty one, the upper a file that was given by mistake.
  package static let passphrase = 1...4096
  /// The bytes of a key file: fewer than 32 cannot hold a key's worth of chance.
  package static let keyFile = 32...(1 << 20)
}
