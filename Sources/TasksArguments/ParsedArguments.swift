/// What the person typed, checked against the table and nothing else.
package struct ParsedArguments: Sendable {
  package let command: CommandDeclaration
  package let operands: [Operand]
  /// Values by long name, in the order given; a flag has one empty value for each time it was given.
  package let values: [String: [String]]

  /// A word that is no option.
  package struct Operand: Sendable, Equatable {
    package let text: String
    /// Whether it stood after `--`, where nothing has a special meaning.
    package let isLiteral: Bool

    package init(_ text: String, isLiteral: Bool = false) {
      self.text = text
      self.isLiteral = isLiteral
    }
  }

  package init(
    command: CommandDeclaration, operands: [Operand] = [], values: [String: [String]] = [:]
  ) {
    self.command = command
    self.operands = operands
    self.values = values
  }

  /// Whether the flag was given.
  package func has(_ option: OptionDeclaration) -> Bool { values[option.long] != nil }

  /// The last value given for the option.
  package func value(_ option: OptionDeclaration) -> String? { values[option.long]?.last }

  /// All values given for the option.
  package func all(_ option: OptionDeclaration) -> [String] { values[option.long] ?? [] }
}

/// What the person typed asks for.
package enum Invocation: Sendable {
  case run(ParsedArguments)
  /// `-h` (short) or `--help` (long): of a command, or of the whole program.
  case help(CommandDeclaration?, isLong: Bool)
  case version
}

/// Why a command line is not understood: facts; the words are made where it is shown.
///
/// Options are spelled as the person typed them, dashes included (`-d`, `--due`); suggestions can be typed as they are.
package enum ArgumentError: Error, Equatable, Sendable {
  case unknownCommand(String, nearest: String?)
  case unknownOption(String, command: String?, nearest: String?)
  case missingValue(option: String, value: String)
  case unexpectedValue(option: String)
  case repeatedOption(String)
  case notAChoice(option: String, value: String, choices: [String])
  case missingOperand(String, command: String)
  case unexpectedOperand(String, command: String)
}
