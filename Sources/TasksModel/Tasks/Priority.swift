/// How urgent a person says a task is.
package enum Priority: String, CaseIterable, Sendable {
  case high = "H"
  case medium = "M"
  case low = "L"

  /// Reads a letter or a whole word, in either case.
  package init?(word: String) {
    switch word.lowercased() {
    case "h", "high": self = .high
    case "m", "medium": self = .medium
    case "l", "low": self = .low
    default: return nil
    }
  }
}
