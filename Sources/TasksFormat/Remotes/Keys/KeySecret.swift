/// What a person opens a remote with: a passphrase, or a file that is the key to it.
package struct KeySecret: Equatable, Sendable {
  package enum Kind: Hashable, Sendable {
    case passphrase
    case keyFile
  }

  package let kind: Kind
  let bytes: SecretBytes

  /// What was typed, in UTF-8, without the line end.
  ///
  /// The bytes count as they are. Unicode has letters that can be written in two ways, `é` for one, and to make them
  /// the same takes tables that change; what is typed on one keyboard comes out in one way. So no other program needs
  /// more than the bytes to open a slot, and a passphrase may be any bytes.
  package static func passphrase(_ bytes: [UInt8]) throws(RemoteFormatError) -> KeySecret {
    try KeySecret(.passphrase, bytes, allowed: RemoteLimits.passphrase)
  }

  /// The content of a key file, all of it, line ends too.
  ///
  /// It has to be as good as random: nothing makes it slow to guess.
  package static func keyFile(_ content: [UInt8]) throws(RemoteFormatError) -> KeySecret {
    try KeySecret(.keyFile, content, allowed: RemoteLimits.keyFile)
  }

  private init(
    _ kind: Kind, _ bytes: [UInt8], allowed: ClosedRange<Int>
  ) throws(RemoteFormatError) {
    guard allowed.contains(bytes.count) else {
      throw .secretLength(bytes.count, allowed: allowed)
    }
    self.kind = kind
    self.bytes = SecretBytes(bytes)
  }
}
