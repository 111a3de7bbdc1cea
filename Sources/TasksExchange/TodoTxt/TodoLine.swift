import TasksModel

/// What stands at the beginning of a line of todo.txt, and the rest of it.
struct TodoLine {
  var isCompleted = false
  /// A letter from A to Z.
  var priority: String?
  var completedOn: CivilDate?
  var createdOn: CivilDate?
  /// The words behind that.
  var text: String

  init(_ line: String) {
    var rest = Substring(line)
    isCompleted = TodoLine.take("x", from: &rest)
    if let word = TodoLine.word(rest), word.utf8.count == 3, word.first == "(", word.last == ")",
      let letter = word.dropFirst().first, ("A"..."Z").contains(letter), letter.isASCII
    {
      _ = TodoLine.take(word, from: &rest)
      priority = String(letter)
    }
    var dates: [CivilDate] = []
    while dates.count < (isCompleted ? 2 : 1), let word = TodoLine.word(rest),
      let date = CivilDate(iso: String(word)), TodoLine.take(word, from: &rest)
    {
      dates.append(date)
    }
    if isCompleted {
      completedOn = dates.first
      createdOn = dates.count > 1 ? dates[1] : nil
    } else {
      createdOn = dates.first
    }
    text = String(rest)
  }

  private static func word(_ text: Substring) -> Substring? {
    let end = text.utf8.firstIndex(of: 0x20) ?? text.endIndex
    return end == text.startIndex ? nil : text[..<end]
  }

  /// Takes the word and the blank behind it.
  private static func take(_ word: Substring, from text: inout Substring) -> Bool {
    guard text.utf8.starts(with: word.utf8) else { return false }
    let rest = text.utf8.dropFirst(word.utf8.count)
    guard rest.first == 0x20 else { return false }
    text = Substring(rest.dropFirst())
    return true
  }

  /// What begins the line of a task.
  static func beginning(of task: TaskRecord, letter: String?, zone: Zone) -> String {
    let has = { (field: Field) in task.otherFields.contains { Field($0.key) == field } }
    let created =
      has(TodoTxt.isNotCreated) ? "" : "\(zone.civil(of: task.createdAt).date) "
    guard task.isCompleted else { return (letter.map { "(\($0)) " } ?? "") + created }
    guard let at = task.completedAt, !has(TodoTxt.isNotCompleted) else { return "x " }
    return "x \(zone.civil(of: at).date) \(created)"
  }
}
