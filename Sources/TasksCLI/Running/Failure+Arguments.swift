package import TasksArguments
package import TasksProgram

extension ArgumentError: Describing {
  package var failure: Failure { Failure(self) }
}

extension Failure {
  fileprivate init(_ error: ArgumentError) {
    func help(_ command: String?) -> String { command.map { "tasks \($0) --help" } ?? "tasks help" }
    switch error {
    case .unknownCommand(let word, let nearest):
      let hint =
        if let known = ForeignWords.command(word) {
          known
        } else if let nearest {
          "did you mean 'tasks \(nearest)'?"
        } else if TaskNames.isName(word) {
          "to see the task: tasks show \(word)"
        } else {
          "all commands: tasks help; to look for it: tasks search \(word)"
        }
      self = .usage("'\(word)' is not a command", hint: hint)
    case .unknownOption(let option, let command, let nearest):
      self = .usage(
        "unknown option '\(option)'",
        hint: nearest.map { "did you mean '\($0)'?" } ?? Failure.hint(option, command)
          ?? help(command))
    case .missingValue(let option, let value):
      self = .usage("'\(option)' needs a value", hint: "\(option) \(value)")
    case .unexpectedValue(let option): self = .usage("'\(option)' takes no value")
    case .repeatedOption(let option): self = .usage("'\(option)' is given more than once")
    case .notAChoice(let option, let value, let choices):
      self = .usage(
        "'\(value)' is no value for '\(option)'",
        hint: "it takes \(choices.joined(separator: ", "))")
    case .missingOperand(let name, let command):
      self = .usage("\(name) is missing", hint: help(command))
    case .unexpectedOperand(let word, let command):
      self = .usage("unexpected '\(word)'", hint: help(command))
    }
  }

  /// What to do about a word that is no option of a command whose words may begin with a dash.
  private static func hint(_ option: String, _ command: String?) -> String? {
    switch command {
    case "edit" where option.count == 2:
      "to remove the tag '\(option.dropFirst())': tasks tag ID \(option)"
    case "add", "note", "edit":
      "after -- every word is text: tasks \(command ?? "add") -- \(option)"
    default: nil
    }
  }
}
