/// What came of a file that was asked for.
package enum Fetched: Equatable, Sendable {
  case content([UInt8])
  /// It has gone since it was listed.
  case missing
  /// It holds more than `RemoteLimits.fileSize`.
  case tooLarge
  /// It could not be read; others may be.
  case failed(RemoteError)
}
