/// The simple commands of a shell line, each as its words: enough of the shell to read the examples of the table.
///
/// Knows quotes, backslashes, comments, pipes, lists and redirections (which it drops); expands nothing. Nil when a
/// quote is left open.
func simpleCommands(of line: String) -> [[String]]? {
  var commands: [[String]] = []
  var words: [String] = []
  var word: String?
  var quote: Character?
  var isTarget = false  // of a redirection
  var rest = line[...]

  func endWord() {
    if let word, !isTarget { words.append(word) }
    if word != nil { isTarget = false }
    word = nil
  }

  while let character = rest.popFirst() {
    if let open = quote {
      if character == open {
        quote = nil
      } else if character == "\\", open == "\"", let next = rest.first, "\\\"$`".contains(next) {
        rest.removeFirst()
        word?.append(next)
      } else {
        word?.append(character)
      }
      continue
    }
    switch character {
    case "'", "\"":
      quote = character
      word = word ?? ""
    case "\\":
      guard let next = rest.popFirst() else { return nil }
      word = (word ?? "") + String(next)
    case " ", "\t", "\n":
      endWord()
    case "|", ";", "&":
      endWord()
      if !words.isEmpty { commands.append(words) }
      words = []
    case "<", ">":
      endWord()
      isTarget = true
    case "#" where word == nil:
      rest = ""
    default:
      word = (word ?? "") + String(character)
    }
  }
  guard quote == nil else { return nil }
  endWord()
  if !words.isEmpty { commands.append(words) }
  return commands
}
