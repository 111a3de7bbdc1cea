/// The completion script for fish.
///
/// A `complete` line for each command, option and place of an operand; their conditions ask functions that read the
/// line before the cursor once and remember what they found.
package struct FishCompletion: Sendable {
  let table: CommandTable

  package init(_ table: CommandTable) {
    self.table = table
  }

  /// The script, for a directory of fish's `fish_complete_path`.
  package func text() -> String {
    let parts =
      [
        "# Completion of @P@ for fish. Made from the command table; edit that instead.",
        enter(), takesValue(), read(), Self.conditions, stored(), attributes(), commands(),
        globals(),
      ] + table.shown.map(lines(for:))
    return parts.joined(separator: "\n\n").split(separator: "@P@", omittingEmptySubsequences: false)
      .joined(separator: table.program) + "\n"
  }
}

// MARK: - From the table

extension FishCompletion {
  private func enter() -> String {
    let cases = table.commands.flatMap { command in
      [
        "        case "
          + ([command.name] + command.aliases).map(ShellQuote.fish).joined(separator: " "),
        "            set -g __@P@_command \(ShellQuote.fish(command.name))",
        "            set -g __@P@_dashes \(command.dashWords.word)",
      ]
    }
    return """
      # Notes the command that a word calls, and how it reads words with a dash.
      function __@P@_enter
          set -g __@P@_command $argv[1]
          switch $argv[1]
      \(cases.joined(separator: "\n"))
          end
      end
      """
  }

  private func takesValue() -> String {
    let own = table.commands.flatMap { command in
      command.options.filter { $0.value != nil }
        .flatMap { $0.spellings(shorts: command.dashWords != .operands) }
        .map { ShellQuote.fish("\(command.name) \($0)") }
    }
    let common = table.globals.filter { $0.value != nil }.flatMap { $0.spellings(shorts: true) }
      .map { ShellQuote.fish("* \($0)") }
    let patterns = own + common
    let body =
      patterns.isEmpty
      ? ""
      : "\n        case \(patterns.joined(separator: " \\\n            "))\n            return 0"
    return """
      # Whether a value follows an option of a command.
      function __@P@_takes_value
          switch "$argv[1] $argv[2]"\(body)
          end
          return 1
      end
      """
  }

  private func commands() -> String {
    let names = table.shown.map { command in
      let text = ShellQuote.fish(Prose.folded(command.summary))
      return
        "complete -c @P@ -n '__@P@_needs_command' -a \(ShellQuote.fish(command.name)) -d \(text)"
    }
    let described = table.shown.map { command in
      "    printf '%s\\t%s\\n' \(ShellQuote.fish(command.name)) "
        + ShellQuote.fish(Prose.folded(command.summary))
    }
    return """
      function __@P@_commands
      \(described.joined(separator: "\n"))
      end

      complete -c @P@ -e
      complete -c @P@ -f
      \(names.joined(separator: "\n"))
      """
  }

  private func globals() -> String {
    table.globals.flatMap { option in
      // A one-letter form apart from the long one: it is an operand of some commands.
      let tail = value(of: option) + " -d " + ShellQuote.fish(Prose.folded(option.help))
      let short = option.short.map {
        "complete -c @P@ -n '__@P@_has_short_options' -s \($0)" + tail
      }
      return (short.map { [$0] } ?? []) + ["complete -c @P@ -l \(option.long)" + tail]
    }.joined(separator: "\n")
  }

  private func lines(for command: CommandDeclaration) -> String {
    let name = ShellQuote.fish(command.name)
    let options = command.options.map { option in
      let short = command.dashWords == .operands ? "" : option.short.map { " -s \($0)" } ?? ""
      return "complete -c @P@ -n '__@P@_in \(name)'\(short) -l \(option.long)"
        + value(of: option) + " -d " + ShellQuote.fish(Prose.folded(option.help))
    }
    let places = OperandPlaces(command.operands)
    var operands = places.first.enumerated().flatMap { index, declarations in
      declarations.compactMap { offer($0.completion) }
        .map { "complete -c @P@ -n '__@P@_at \(name) \(index)'" + $0 }
    }
    operands += places.rest.compactMap { offer($0.completion) }
      .map { "complete -c @P@ -n '__@P@_at \(name) \(places.first.count) more'" + $0 }
    return (["# \(command.name)"] + options + operands).joined(separator: "\n")
  }

  private func value(of option: OptionDeclaration) -> String {
    guard option.value != nil else { return "" }
    if option.offered == .file { return " -r -F" }
    return " -x" + (offer(option.offered) ?? "")
  }

  /// The arguments of `complete` that offer something.
  private func offer(_ completion: Completion) -> String? {
    switch completion {
    case .none: nil
    case .file: " -F"
    case .directory: " -a '(__fish_complete_directories)'"
    case .words(let words):
      " -a " + ShellQuote.fish(words.map(ShellQuote.fish).joined(separator: " "))
    case .stored(let kind): " -a '(__@P@_stored \(kind.rawValue))'"
    case .attributes: " -a '(__@P@_attributes)'"
    case .command: " -a '(__@P@_commands)'"
    }
  }
}
