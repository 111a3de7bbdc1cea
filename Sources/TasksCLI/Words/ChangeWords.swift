import TasksModel
import TasksProgram

/// How a person names a change: `change:4a67384a`, at least four digits of its id.
enum ChangeWords {
  static let prefix = "change:"

  /// Whether a word is meant to name a change where a task could stand, too.
  static func isName(_ word: String) -> Bool { word.utf8.starts(with: prefix.utf8) }

  /// The digits of a name with or without `change:` before them.
  static func prefix(_ word: String) throws(Failure) -> String {
    let digits = isName(word) ? word.dropFirst(prefix.count) : word[...]
    guard (4...64).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ Hexadecimal.value(of: $0) != nil })
    else {
      throw .usage(
        "'\(word)' does not name a change",
        hint: TaskNames.isName(word)
          ? "the life of a task: tasks log \(word)"
          : "a change is named by change: and the first digits of its id; see tasks log")
    }
    return digits.lowercased()
  }
}
