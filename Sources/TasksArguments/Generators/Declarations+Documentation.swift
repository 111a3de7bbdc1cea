// What every kind of documentation says alike.

extension CommandTable {
  /// The commands that people are told about.
  var shown: [CommandDeclaration] { commands.filter { !$0.isHidden } }

  /// The groups that have commands to show, with these.
  var groups: [(group: CommandGroup, commands: [CommandDeclaration])] {
    CommandGroup.allCases.map { group in (group, shown.filter { $0.group == group }) }
      .filter { !$0.commands.isEmpty }
  }

  /// The name of a command's manual page.
  func page(of command: CommandDeclaration) -> String { "\(program)-\(command.name)" }

  /// How the program is called, in general.
  var synopsis: String { "\(program) [OPTION]… [COMMAND [ARGUMENT]…]" }

  /// The global options as they can be given after the command's name.
  func globals(for command: CommandDeclaration) -> [OptionDeclaration] {
    guard command.dashWords == .operands else { return globals }
    return globals.map {
      OptionDeclaration(
        $0.long, value: $0.value, help: $0.help, isRepeatable: $0.isRepeatable,
        completion: $0.completion, choices: $0.choices)
    }
  }
}

extension OptionDeclaration {
  /// The help, followed by what the declaration says by itself.
  var fullHelp: String {
    var help = Prose.folded(help)
    var notes: [String] = []
    if !choices.isEmpty { notes.append("One of \(choices.joined(separator: ", ")).") }
    if isRepeatable && value != nil { notes.append("May be given more than once.") }
    guard !notes.isEmpty else { return help }
    if let last = help.last, !".!?…".contains(last) { help += "." }
    return ([help] + notes).joined(separator: " ")
  }

  /// How it is typed, `-d, --due WHEN`, with blanks where a one-letter form is missing.
  var label: String {
    let short = short.map { "-\($0), " } ?? "    "
    return "\(short)--\(long)" + (value.map { " \($0)" } ?? "")
  }
}

extension OperandDeclaration {
  /// Its name, `[ID]…` when it may be left out and repeated.
  var label: String {
    let name = minimum == 0 ? "[\(name)]" : name
    return maximum == 1 ? name : "\(name)…"
  }
}
