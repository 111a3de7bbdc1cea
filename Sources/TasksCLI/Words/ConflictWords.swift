import TasksModel
import TasksProgram

/// How a person names a conflict: `3f2a9c1e`, at least four digits of its id.
enum ConflictWords {
  /// Whether a word has the form of a name.
  static func isName(_ word: String) -> Bool {
    (4...16).contains(word.utf8.count)
      && word.utf8.allSatisfy { Hexadecimal.value(of: $0) != nil }
  }

  static func prefix(_ word: String) throws(Failure) -> String {
    guard isName(word) else {
      throw .usage(
        "'\(word)' does not name a conflict",
        hint: "a conflict is named by the first digits of its id; see tasks conflicts")
    }
    return word.lowercased()
  }
}
