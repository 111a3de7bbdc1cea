package import TasksModel
package import TasksRemote

/// Why a remote could not be synced with.
///
/// Facts; the words are the command line's.
package enum SyncError: Error, Sendable {
  /// The remote failed, after so many tries; where it is about a connection, why.
  case remote(RemoteError, ConnectionProblem?, attempts: Int)
  /// The remote's address is none.
  case address(RemoteAddressError)
  /// The program that leads to an SSH server is not installed.
  case noProgram(SSHTransport)
  /// The folder that the remote's folder should be in is not there.
  case noFolder(String)
  /// There is no remote at that place, and nothing that could be one.
  case nothingThere
  /// The remote was seen before, and does not say now what it is: it was emptied, or another disk is there.
  case lost(hasBundles: Bool)
  /// There are bundles, but nothing says what kind of remote it is.
  case noSettings
  /// What the place says about itself is not what it said before.
  case otherSettings
  /// What the place says about itself cannot be read.
  case badSettings
  /// The remote is of a later version than this program knows.
  case newer(version: Int64)
  /// Somebody gave a passphrase, and the remote says that it is not encrypted.
  case notEncrypted
  /// The remote is encrypted, and its keys are gone.
  case noKeys
  /// The remote is encrypted and nobody gave a passphrase.
  case locked
  /// Edits of this device are later than the server's clock, by so many milliseconds.
  case clockAhead(milliseconds: Int64, server: Instant)
}
