/// What is wrong with a table: a test demands that it is nothing.
///
/// The table is data, so the compiler cannot find two options of one name or an example that no longer parses.
extension CommandTable {
  /// One line for each fault, in the order of the table.
  package func problems() -> [String] {
    var found = programProblems() + wordProblems()
    found += optionProblems(globals, of: program)
    for command in commands {
      found += textProblems(of: command) + operandProblems(of: command)
      found += optionProblems(command.options, of: command.name)
      found += spellingProblems(of: command) + exampleProblems(of: command)
    }
    return found
  }

  private func programProblems() -> [String] {
    var found = summaryProblems(summary, of: program)
    if !isName(program) { found.append("\(program): not a name for a program") }
    if version.isEmpty { found.append("\(program): no version") }
    if !isISODay(released) { found.append("\(program): released is not a day such as 2026-01-31") }
    if description.isEmpty { found.append("\(program): no description") }
    found += blanks(in: description, of: "\(program): description")
    for title in repeated(topics.map(\.title)) { found.append("topic \(title): declared twice") }
    for topic in topics {
      if topic.title.isEmpty { found.append("topic: no title") }
      if topic.paragraphs.isEmpty && topic.terms.isEmpty {
        found.append("topic \(topic.title): empty")
      }
      found += blanks(
        in: topic.paragraphs + topic.terms.flatMap { [$0.term, $0.meaning] },
        of: "topic \(topic.title)")
    }
    return found
  }

  /// Faults in the words that call commands.
  private func wordProblems() -> [String] {
    let words = commands.flatMap { [$0.name] + $0.aliases }
    var found = repeated(words).map { "\($0): names more than one command" }
    found += words.filter { !isName($0) }.map { "\($0): not a name for a command" }
    if let command = command(named: defaultCommand) {
      if command.operands.contains(where: { $0.minimum > 0 }) {
        found.append("\(defaultCommand): is the default, but needs operands")
      }
    } else {
      found.append("\(defaultCommand): is the default, but not declared")
    }
    return found
  }
}

// MARK: - One command

extension CommandTable {
  private func textProblems(of command: CommandDeclaration) -> [String] {
    var found = summaryProblems(command.summary, of: command.name)
    if command.synopsis.isEmpty { found.append("\(command.name): no synopsis") }
    for form in command.synopsis where form.split(separator: " ").first != command.name[...] {
      found.append("\(command.name): synopsis does not start with its name: \(form)")
    }
    if !command.isHidden {
      if command.description.isEmpty { found.append("\(command.name): no description") }
      if command.examples.isEmpty { found.append("\(command.name): no example") }
    }
    return found + blanks(in: command.description, of: "\(command.name): description")
  }

  private func operandProblems(of command: CommandDeclaration) -> [String] {
    var found = repeated(command.operands.map(\.name)).map { "\(command.name) \($0): twice" }
    for operand in command.operands {
      let place = "\(command.name) \(operand.name)"
      if !isCapitals(operand.name) { found.append("\(place): not in capitals") }
      found += blanks(in: [operand.help], of: place)
      if operand.minimum < 0 || operand.maximum.map({ $0 < max(1, operand.minimum) }) ?? false {
        found.append("\(place): no number of words is right")
      }
    }
    return found
  }

  private func optionProblems(_ options: [OptionDeclaration], of owner: String) -> [String] {
    var found: [String] = []
    for option in options {
      let place = "\(owner) --\(option.long)"
      if !isName(option.long) { found.append("\(place): not a name for an option") }
      found += blanks(in: [option.help], of: place)
      if let short = option.short, !short.isASCII || !(short.isLetter || short.isNumber) {
        found.append("\(place): -\(short) is neither letter nor digit")
      }
      if let value = option.value {
        if !isCapitals(value) { found.append("\(place): value \(value) not in capitals") }
      } else if option.completion != .none || !option.choices.isEmpty {
        found.append("\(place): a flag has no values to choose from")
      }
      for choice in repeated(option.choices) { found.append("\(place): choice \(choice) twice") }
    }
    return found
  }

  /// Faults in how the options of a command, those of all commands included, are told apart.
  private func spellingProblems(of command: CommandDeclaration) -> [String] {
    let options = command.options + globals
    var found = repeated(options.map(\.long)).map { "\(command.name) --\($0): declared twice" }
    found += repeated(options.compactMap(\.short)).map { "\(command.name) -\($0): declared twice" }
    for option in command.options {
      if ["help", "version"].contains(option.long) || option.short == "h" {
        found.append("\(command.name) --\(option.long): the parser keeps it for itself")
      }
      if let short = option.short, command.dashWords == .operands {
        found.append("\(command.name) -\(short): can never be given, such words are operands")
      }
    }
    return found
  }

  private func exampleProblems(of command: CommandDeclaration) -> [String] {
    var found: [String] = []
    for example in command.examples {
      let place = "\(command.name): example `\(example.call)`"
      found += blanks(in: [example.call, example.meaning], of: place)
      let calls = calls(inLine: example.call)
      found += calls.problems.map { "\(place): \($0)" }
      if calls.problems.isEmpty, !calls.commands.contains(command.name) {
        found.append("\(place): does not call it")
      }
    }
    return found
  }
}

// MARK: - Calls in text

extension CommandTable {
  /// What is wrong with the calls of the program in a line of shell; a test asks that of the documentation.
  package func problems(inLine line: String) -> [String] { calls(inLine: line).problems }

  /// The commands of the program that a line of shell calls, and what cannot be understood of it.
  private func calls(inLine line: String) -> (commands: [String], problems: [String]) {
    guard let calls = simpleCommands(of: line) else { return ([], ["a quote is left open"]) }
    var commands: [String] = []
    var problems: [String] = []
    for words in calls where words.first == program {
      do throws(ArgumentError) {
        let invocation = try ArgumentParser(self).parse(Array(words.dropFirst()))
        if case .run(let arguments) = invocation { commands.append(arguments.command.name) }
      } catch {
        problems.append("\(error)")
      }
    }
    return (commands, problems)
  }
}

// MARK: - Rules

private func summaryProblems(_ summary: String, of owner: String) -> [String] {
  var found = blanks(in: [summary], of: "\(owner): summary")
  if summary.hasSuffix(".") { found.append("\(owner): summary ends with a full stop") }
  if summary.count > 72 { found.append("\(owner): summary is longer than 72 characters") }
  return found
}

/// Faults of texts that are empty or hold something that is no text.
private func blanks(in texts: [String], of place: String) -> [String] {
  var found: [String] = []
  if texts.contains(where: { $0.allSatisfy(\.isWhitespace) }) { found.append("\(place): no text") }
  if texts.contains(where: { $0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 } }) {
    found.append("\(place): holds a control character")
  }
  return found
}

/// The values that occur more than once, each named once.
private func repeated<Value: Hashable>(_ values: [Value]) -> [Value] {
  var counts: [Value: Int] = [:]
  return values.filter { value in
    counts[value, default: 0] += 1
    return counts[value] == 2
  }
}

/// Whether the word is small letters, digits and inner dashes: one that no shell and no file name needs to quote.
private func isName(_ word: String) -> Bool {
  let plain = word.utf8.allSatisfy {
    (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
  }
  return plain && !word.isEmpty && !word.hasPrefix("-") && !word.hasSuffix("-")
}

private func isCapitals(_ word: String) -> Bool {
  !word.isEmpty && word == word.uppercased() && !word.contains(where: \.isWhitespace)
}

private func isISODay(_ text: String) -> Bool {
  let parts = text.split(separator: "-", omittingEmptySubsequences: false)
  guard parts.map(\.utf8.count) == [4, 2, 2] else { return false }
  return parts.joined().utf8.allSatisfy { (0x30...0x39).contains($0) }
}
