/// Why one record of a file cannot be brought in.
///
/// The others can.
package enum RefusedRecord: Error, Hashable, Sendable {
  case notAnObject
  /// It has no UUID, so that bringing it in twice would make two tasks.
  case noID
  case missing(String)
  /// A member is of a kind that makes no sense.
  case unexpected(String)
  case notATime(String, String)
}
