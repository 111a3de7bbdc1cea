/// Words that people bring from other programs, and ours for them.
enum ForeignWords {
  /// What to type for a command that is called something else here; nil if nobody would know.
  static func command(_ word: String) -> String? {
    switch word {
    case "complete", "finish", "do", "close": "to complete a task: tasks done ID"
    case "new", "create": "to add a task: tasks add TITLE"
    case "modify", "mod", "change", "set": "to change a task: tasks edit ID"
    case "annotate", "denotate", "comment": "for remarks: tasks note ID TEXT"
    case "remove", "del", "purge": "to delete a task: tasks delete ID"
    case "info", "information": "to see a task: tasks show ID"
    case "next", "all", "completed", "waiting": "see tasks list --help"
    case "redo": "there is no redo; 'tasks queue' shows what was written"
    case "dump", "backup": "for programs: tasks export"
    default: nil
    }
  }

  /// What to type for a word that looks like an attribute of some other program; nil if it does not.
  static func attribute(_ word: String) -> String? {
    guard let colon = word.firstIndex(of: ":"), word.index(after: colon) != word.endIndex,
      !word.contains(where: \.isWhitespace)
    else { return nil }
    let value = word[word.index(after: colon)...]
    switch word[..<colon].lowercased() {
    case "pri", "prio", "priority": return "for a priority: priority:\(value)"
    case "pro", "proj", "project": return "for a project: project:\(value)"
    case "tag", "tags": return "for a tag: +\(value)"
    case "due": return "for a date: due:\(value)"
    case "wait", "scheduled": return "to hide it until then: wait:\(value)"
    case "status": return "for other states see list --help"
    default: return nil
    }
  }
}
