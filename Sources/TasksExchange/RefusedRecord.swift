package import TasksModel

/// Why one record of a file cannot be brought in.
///
/// The others can.
package enum RefusedRecord: Error, Hashable, Sendable {
  case notAnObject
  case notJSON(JSONError.Kind)
  /// It has no UUID, so that bringing it in twice would make two tasks.
  case noID
  case missing(String)
  /// A member is of a kind that makes no sense.
  case unexpected(String)
  case notATime(String, String)
  case notText
  case tooLong(limit: Int)
  /// A quotation mark without its partner.
  case openQuote
  /// A row has more cells than the first line has names.
  case tooManyCells
  /// A line of a calendar that is no `NAME:value`.
  case notAProperty(String)
  /// A part of a calendar that does not end.
  case unfinished
}
