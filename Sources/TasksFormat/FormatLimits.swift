import TasksModel

/// How much a file may hold.
///
/// A reader's limits are the writer's.
/// Operations and bytes of a change are limited by `ChangeLimits`.
package enum FormatLimits {
  /// The longest line, of a change or a header, without its line feed.
  package static let line = ChangeLimits.bytes
  /// The largest bundle file.
  package static let bundle = 4 << 20
  /// The most that a bundle may come to when it is decompressed.
  package static let content = 64 << 20
  /// The most that this writer puts into a bundle, line feeds and header included.
  ///
  /// Random bytes grow by less than half a percent when zstd cannot compress them, so this much never exceeds
  /// `bundle`. Nothing has to be compressed to know whether another line fits.
  package static let writtenContent = 4_000_000
  /// How far back a frame may refer: what decompressing costs in memory.
  package static let window = 8 << 20
  /// The greatest sequence number: twelve digits keep file names under 100 characters.
  package static let sequence = 999_999_999_999
  /// Arrays and objects inside one another in a line, the line's own object included.
  package static let depth = 32
}
