/// Every command of the program, and the options that all of them take.
package struct CommandTable: Sendable {
  /// The name of the executable.
  package let program: String
  /// What the program is, in one line without a full stop.
  package let summary: String
  /// The version, as `tasks --version` prints it.
  package let version: String
  /// The day of that version, `2026-01-31`: the date of the manual pages, so that making them again changes nothing.
  package let released: String
  /// What a newcomer should know of the whole, a paragraph each.
  package let description: [String]
  /// Options that every command takes, before its name or after it.
  package let globals: [OptionDeclaration]
  package let commands: [CommandDeclaration]
  /// The command meant when none is named.
  package let defaultCommand: String
  /// Sections of the manual that belong to no command: dates, filters, exit statuses, environment, files.
  package let topics: [Topic]

  package init(
    program: String, summary: String, version: String, released: String = "",
    description: [String], globals: [OptionDeclaration], commands: [CommandDeclaration],
    defaultCommand: String = "list", topics: [Topic]
  ) {
    self.program = program
    self.summary = summary
    self.version = version
    self.released = released
    self.description = description
    self.globals = globals
    self.commands = commands
    self.defaultCommand = defaultCommand
    self.topics = topics
  }

  /// The command of this name or alias.
  package func command(named name: String) -> CommandDeclaration? {
    commands.first { $0.name == name || $0.aliases.contains(name) }
  }
}

/// A section of the manual: a title, paragraphs, and terms with their meaning.
package struct Topic: Sendable {
  package let title: String
  package let paragraphs: [String]
  package let terms: [(term: String, meaning: String)]

  package init(
    _ title: String, _ paragraphs: [String], terms: [(term: String, meaning: String)] = []
  ) {
    self.title = title
    self.paragraphs = paragraphs
    self.terms = terms
  }
}
