/// Reads a command line by the rules of the table, and by nothing else: no file, no variable of the environment.
package struct ArgumentParser: Sendable {
  private let table: CommandTable

  package init(_ table: CommandTable) {
    self.table = table
  }

  /// What `words`, which do not include the program's own name, ask for.
  package func parse(_ words: [String]) throws(ArgumentError) -> Invocation {
    var reading = Reading(table: table, rest: words[...])
    return try reading.run()
  }
}

/// One reading of a command line, word by word.
///
/// Dashes and `=` are looked for as bytes: to Swift, `=` with a combining accent behind it is another character, but
/// `--title=` is an option whatever its value starts with.
private struct Reading {
  /// What was asked for in place of running a command; the first such wish counts.
  enum Wish {
    case help(isLong: Bool)
    case version
  }

  let table: CommandTable
  var rest: ArraySlice<String>
  var command: CommandDeclaration?
  var operands: [ParsedArguments.Operand] = []
  var values: [String: [String]] = [:]
  var wish: Wish?
  /// Whether `--` was read.
  var isLiteral = false

  mutating func run() throws(ArgumentError) -> Invocation {
    while let word = rest.popFirst() {
      try read(word)
      switch wish {
      case .version:
        return .version
      case .help(let isLong):
        // Before the command's name, read on: `tasks --help add` is about `add`.
        if let command { return .help(command, isLong: isLong) }
      case nil:
        break
      }
    }
    if case .help(let isLong) = wish { return .help(nil, isLong: isLong) }
    guard let command = command ?? defaultCommand else {
      throw .unknownCommand(table.defaultCommand, nearest: nil)
    }
    try checkCount(command)
    return .run(ParsedArguments(command: command, operands: operands, values: values))
  }

  private mutating func read(_ word: String) throws(ArgumentError) {
    if isLiteral || word == "-" || !word.utf8.starts(with: "-".utf8) {
      try readOperand(word)
    } else if word == "--" {
      isLiteral = true
    } else if word.utf8.starts(with: "--".utf8) {
      try readLong(word)
    } else {
      let letters = String(word.unicodeScalars.dropFirst())
      switch command?.dashWords ?? .options {
      case .options: try readBundle(letters)
      case .operandsIfLong where letters.count == 1: try readBundle(letters)
      case .operands where word == "-h": wish = wish ?? .help(isLong: false)
      case .operandsIfLong, .operands: try readOperand(word)
      }
    }
  }

  /// Whether nobody can have meant a command's name.
  private func isNoCommand(_ word: String) -> Bool {
    word.utf8.first == UInt8(ascii: "+") || word.utf8.contains(UInt8(ascii: ":"))
  }

  /// The command that is meant where none is named.
  private var defaultCommand: CommandDeclaration? { table.command(named: table.defaultCommand) }

  /// Goes on as if the default command had been named: for words that only it can understand, as in `tasks --json`
  /// and `tasks +shop`.
  ///
  /// Returns whether there is one.
  private mutating func takeDefaultCommand() -> Bool {
    command = defaultCommand
    return command != nil
  }

  private mutating func readOperand(_ word: String) throws(ArgumentError) {
    if command != nil {
      operands.append(.init(word, isLiteral: isLiteral))
    } else if let named = table.command(named: word) {
      command = named
    } else if isNoCommand(word), takeDefaultCommand() {
      operands.append(.init(word, isLiteral: isLiteral))
    } else {
      let known = table.commands.filter { !$0.isHidden }.flatMap { [$0.name] + $0.aliases }
      throw .unknownCommand(word, nearest: nearest(to: word, among: known))
    }
  }
}

// MARK: - Options

extension Reading {
  /// Reads `--long`, `--long=value` or `--long value`.
  private mutating func readLong(_ word: String) throws(ArgumentError) {
    let equals = word.utf8.firstIndex(of: UInt8(ascii: "="))
    let typed = String(word[..<(equals ?? word.endIndex)])
    let attached = equals.map { String(word.unicodeScalars[$0...].dropFirst()) }
    let name = String(typed.unicodeScalars.dropFirst(2))
    if name == "help" || name == "version" {
      guard attached == nil else { throw .unexpectedValue(option: typed) }
      wish = wish ?? (name == "help" ? .help(isLong: true) : .version)
      return
    }
    if command == nil, !table.globals.contains(where: { $0.long == name }),
      defaultCommand?.options.contains(where: { $0.long == name }) ?? false
    {
      _ = takeDefaultCommand()
    }
    guard let option = known.first(where: { $0.long == name }) else {
      throw .unknownOption(typed, command: command?.name, nearest: nearestLong(to: name))
    }
    try take(option, typed: typed, attached: attached)
  }

  /// Reads the letters of `-abc`: flags, the last of them perhaps an option with its value behind it.
  private mutating func readBundle(_ letters: String) throws(ArgumentError) {
    var left = letters[...]
    while let letter = left.popFirst() {
      if letter == "h" {
        wish = wish ?? .help(isLong: false)
        continue
      }
      guard let option = known.first(where: { $0.short == letter }) else {
        // `-stdin` is more likely a long option with a dash missing than five flags.
        let meant = letters.count > 1 ? nearestLong(to: letters) : nil
        throw .unknownOption(
          meant == nil ? "-\(letter)" : "-\(letters)", command: command?.name, nearest: meant)
      }
      guard option.value == nil else {
        try take(option, typed: "-\(letter)", attached: left.isEmpty ? nil : String(left))
        return
      }
      try take(option, typed: "-\(letter)", attached: nil)
    }
  }

  /// Notes an option, and fetches its value from the next word if none is attached.
  private mutating func take(
    _ option: OptionDeclaration, typed: String, attached: String?
  ) throws(ArgumentError) {
    if !option.isRepeatable && values[option.long] != nil { throw .repeatedOption(typed) }
    guard let name = option.value else {
      guard attached == nil else { throw .unexpectedValue(option: typed) }
      values[option.long, default: []].append("")
      return
    }
    // Whatever the next word is: somebody whose text starts with a dash need not know a trick.
    guard let value = attached ?? rest.popFirst() else {
      throw .missingValue(option: typed, value: name)
    }
    guard option.choices.isEmpty || option.choices.contains(value) else {
      throw .notAChoice(option: typed, value: value, choices: option.choices)
    }
    values[option.long, default: []].append(value)
  }

  /// The options that may stand here: before the command's name only those of all commands.
  private var known: [OptionDeclaration] { (command?.options ?? []) + table.globals }

  private func nearestLong(to name: String) -> String? {
    let longs = known.map(\.long) + ["help", "version"]
    return nearest(to: name, among: longs).map { "--\($0)" }
  }
}

// MARK: - Operands

extension Reading {
  /// Refuses too few and too many operands.
  ///
  /// Which declaration a word belongs to is left to the command: what is checked here is that some way exists.
  private func checkCount(_ command: CommandDeclaration) throws(ArgumentError) {
    var needed = 0
    for declaration in command.operands {
      needed += declaration.minimum
      guard operands.count >= needed else {
        throw .missingOperand(declaration.name, command: command.name)
      }
    }
    var allowed = 0
    for declaration in command.operands {
      guard let maximum = declaration.maximum else { return }
      allowed += maximum
    }
    if operands.count > allowed {
      throw .unexpectedOperand(operands[allowed].text, command: command.name)
    }
  }
}
