/// Why a file of a remote could not be read, opened or written.
///
/// Facts for the one who decides: a file that is damaged may be put away and published anew, one that the key does
/// not open may not, since with another key it could be good.
package enum RemoteFormatError: Error, Equatable, Sendable {
  /// A bundle that is empty, too large, not the file that its name states, or damaged inside.
  case bundle(FormatError)
  /// The file holds another device, range or tip than its name says.
  case misnamed
  /// A bundle that shall be published holds changes of several devices.
  case severalDevices
  /// A sealed bundle that this key does not open.
  case sealed(SealFault)
  /// `tasks-remote.json` or a key slot breaks a rule, `offset` bytes after its start.
  case document(LineFault, offset: Int)
  /// A key slot that is not the one that its name states.
  case slotHash(expected: String, found: Digest)
  /// A key slot whose parts were put together by somebody who did not know the key.
  case slotForged
  /// A file of a version that only a newer program reads. It is not damaged.
  case newer(version: Int64)
  /// A cipher or a way to derive a key that this program does not know. It is not damaged.
  case unknownAlgorithm(String)
  /// The file belongs to another remote.
  case otherRemote(HexID)
  /// The file was made with another data key.
  case otherKey(HexID)
  /// A slot asks for more work than an honest one, or protects less than one of ours.
  case passphraseCost(kibibytes: Int64, passes: Int64)
  /// No slot takes a secret of this kind: a passphrase where there are only key files, or the other way round.
  case noSlot
  /// The passphrase, or the key file, is not the one that the slot was made with.
  case wrongSecret
  /// A passphrase or a key file that is too short, or too long, to be one.
  case secretLength(Int, allowed: ClosedRange<Int>)
  /// The system had no memory for deriving a key.
  case noMemory

  /// Whether the bytes are wrong whoever reads them: never true because a key does not fit.
  package var isDamage: Bool {
    switch self {
    case .bundle(let error): error.isDamage
    case .misnamed, .document, .slotHash, .passphraseCost: true
    case .severalDevices, .sealed, .slotForged, .newer, .unknownAlgorithm, .otherRemote, .otherKey,
      .noSlot, .wrongSecret, .secretLength, .noMemory:
      false
    }
  }
}

/// What is wrong with a sealed bundle.
package enum SealFault: Equatable, Sendable {
  /// The file does not start as a sealed bundle does: on an encrypted remote, perhaps a plain one.
  case notSealed
  /// The file ends before its last piece.
  case cutOff
  /// The file goes on after its last piece.
  case trailingBytes(offset: Int)
  /// A piece, counted from 0, is not what was sealed at this place of this file with this key.
  case forged(piece: Int)
}
