import TasksModel
import TasksProgram

/// Dates as people type them.
enum DateWords {
  /// What completions offer.
  static let common = [
    "today", "tomorrow", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "eow", "eom", "+1d",
    "+1w", "none",
  ]

  /// The date or instant a word means; nil for `none` and for nothing.
  static func moment(_ word: String, _ clock: Clock) throws(Failure) -> Moment? {
    if word.isEmpty { return nil }
    do throws(WhenError) {
      return try WhenParser.parse(word, clock: clock)
    } catch {
      throw Failure(dateWord: word, error)
    }
  }
}
