/// One command as a person meets it: its words, its options and its documentation.
///
/// The parser, `--help`, the man pages, the completions and the reference are all loops over a table of these,
/// so that none of them can say something the others do not.
package struct CommandDeclaration: Sendable {
  /// The word that calls it.
  package let name: String
  /// Other words that call it; never shown in completions.
  package let aliases: [String]
  package let group: CommandGroup
  /// What it does, in one line without a full stop.
  package let summary: String
  /// The forms it is called in, without `tasks` and without options common to all commands.
  package let synopsis: [String]
  /// What a newcomer should know, a paragraph each.
  package let description: [String]
  package let operands: [OperandDeclaration]
  package let options: [OptionDeclaration]
  package let examples: [Example]
  /// How a word that starts with a single dash is read.
  package let dashWords: DashWords
  /// Whether it is left out of help, manual and completions.
  package let isHidden: Bool

  package init(
    name: String,
    aliases: [String] = [],
    group: CommandGroup,
    summary: String,
    synopsis: [String],
    description: [String],
    operands: [OperandDeclaration] = [],
    options: [OptionDeclaration] = [],
    examples: [Example] = [],
    dashWords: DashWords = .options,
    isHidden: Bool = false
  ) {
    self.name = name
    self.aliases = aliases
    self.group = group
    self.summary = summary
    self.synopsis = synopsis
    self.description = description
    self.operands = operands
    self.options = options
    self.examples = examples
    self.dashWords = dashWords
    self.isHidden = isHidden
  }
}

/// Where a command stands in the overview.
package enum CommandGroup: String, CaseIterable, Sendable {
  case everyday = "Everyday"
  case history = "History"
  case sync = "Sync"
  case care = "Care"
}

/// How a command reads a word that starts with a single dash and is no lone `-`.
package enum DashWords: Sendable {
  /// As one-letter options, possibly several in one word, the last with its value attached.
  case options
  /// As an option if it is a dash and one letter, else as an operand: `edit 3 -d text -home`.
  case operandsIfLong
  /// As an operand: `list -home`, `tag 3 -a`.
  case operands
}

/// A call worth copying, and what it does.
package struct Example: Sendable {
  package let call: String
  package let meaning: String

  package init(_ call: String, _ meaning: String) {
    self.call = call
    self.meaning = meaning
  }
}

/// Words of a command that are no options.
package struct OperandDeclaration: Sendable {
  /// How the documentation calls it, in capitals.
  package let name: String
  package let help: String
  package let minimum: Int
  /// The most there may be; nil for any number.
  package let maximum: Int?
  package let completion: Completion

  package init(
    _ name: String, help: String, minimum: Int = 0, maximum: Int? = nil,
    completion: Completion = .none
  ) {
    self.name = name
    self.help = help
    self.minimum = minimum
    self.maximum = maximum
    self.completion = completion
  }
}

/// An option, with or without a value.
package struct OptionDeclaration: Sendable {
  /// The long name without its dashes.
  package let long: String
  package let short: Character?
  /// What the value is called, in capitals; nil for a flag.
  package let value: String?
  package let help: String
  /// Whether it may be given more than once.
  ///
  /// One that may not is refused the second time.
  package let isRepeatable: Bool
  package let completion: Completion
  /// The only values it takes; empty when any value may be right.
  package let choices: [String]

  package init(
    _ long: String, short: Character? = nil, value: String? = nil, help: String,
    isRepeatable: Bool = false, completion: Completion = .none, choices: [String] = []
  ) {
    self.long = long
    self.short = short
    self.value = value
    self.help = help
    self.isRepeatable = isRepeatable
    self.completion = completion
    self.choices = choices
  }
}

/// What a shell offers when somebody presses Tab.
package enum Completion: Sendable, Equatable {
  case none
  case file
  case directory
  /// A fixed set of words.
  case words([String])
  /// What the store holds, asked for with `tasks complete KIND` when the key is pressed.
  case stored(StoredKind)
  /// Words of a filter or of attributes: `project:`, `+tag`, `due:` and so on.
  case attributes
  case command
}

/// A kind of thing that only the store can list.
package enum StoredKind: String, CaseIterable, Sendable {
  /// Tasks that are open, then those that were done lately.
  case tasks
  /// Tasks that are done and can be opened again.
  case completed
  /// Tasks that are deleted and can be brought back.
  case deleted
  case projects
  case tags
  case settings
  /// Conflicts that are open.
  case conflicts
  case remotes
}
