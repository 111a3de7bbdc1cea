/// The completion script for bash: builtins only, nothing of the bash-completion package.
///
/// Its fixed part reads the command line; five functions made from the table say what stands where.
package struct BashCompletion: Sendable {
  let table: CommandTable

  package init(_ table: CommandTable) {
    self.table = table
  }

  /// The script, to be sourced.
  package func text() -> String {
    let parts = [
      """
      # Completion of @P@ for bash. Made from the command table; edit that instead.
      # Words are offered as the table has them, dollars and all, hence SC2016.
      # shellcheck shell=bash disable=SC2016
      """,
      enter(), takesValue(), options(), values(), operands(), commands(), Self.reading,
      Self.offering, attributes(), main(),
      "complete -o nosort -F _@P@ @P@ 2>/dev/null || complete -F _@P@ @P@",
    ]
    return parts.joined(separator: "\n\n").filled(with: table.program) + "\n"
  }
}

extension String {
  /// The script with the program's name put in.
  fileprivate func filled(with program: String) -> String {
    split(separator: "@P@", omittingEmptySubsequences: false).joined(separator: program)
  }
}

// MARK: - From the table

extension BashCompletion {
  private func enter() -> String {
    let cases = table.commands.map { command in
      let words = ([command.name] + command.aliases).map(ShellQuote.posix).joined(separator: " | ")
      return
        "    \(words)) command=\(ShellQuote.posix(command.name)) dashes=\(command.dashWords.word) ;;"
    }
    return function(
      "enter", "Notes the command that a word calls, and how it reads words with a dash.",
      ["  dashes=options", "  case $1 in"] + cases + ["    *) command=$1 ;;", "  esac"])
  }

  private func takesValue() -> String {
    let patterns = entries { $0.value != nil }.map { "    \($0.pattern)) return 0 ;;" }
    return function(
      "takes_value", "Whether a value follows an option of a command.",
      ["  case \"$1 $2\" in"] + patterns + ["  esac", "  return 1"])
  }

  private func options() -> String {
    func line(_ pattern: String, _ options: [OptionDeclaration]) -> String {
      let words = options.map { ShellQuote.posix("--\($0.long)") }.joined(separator: " ")
      return "    \(pattern)) _@P@_offer \(words) ;;"
    }
    let own = table.shown.filter { !$0.options.isEmpty }
      .map { line(ShellQuote.posix($0.name), $0.options) }
    let cases = own.isEmpty ? [] : ["  case $1 in"] + own + ["  esac"]
    let globals = table.globals.map { ShellQuote.posix("--\($0.long)") }
    return function(
      "options", "Offers the options of a command and those of all.",
      cases + ["  _@P@_offer " + (["--"] + globals).dropFirst().joined(separator: " ")])
  }

  private func values() -> String {
    let cases = entries { $0.value != nil }.compactMap { entry in
      action(entry.option.offered).map { "    \(entry.pattern)) \($0) ;;" }
    }
    return function(
      "value", "Offers values of an option.",
      ["  case \"$1 $2\" in"] + cases + ["    *) ;;", "  esac"])
  }

  private func operands() -> String {
    let cases = table.shown.flatMap { command in
      let places = OperandPlaces(command.operands)
      let first = places.first.enumerated().map { (String($0.offset), $0.element) }
      return (first + [("*", places.rest)]).compactMap { place, operands in
        let actions = operands.compactMap { action($0.completion) }
        // A place where nothing is offered must be named only where `*` would speak for it.
        let isNeeded = place != "*" && places.rest.contains { $0.completion != .none }
        guard !actions.isEmpty || isNeeded else { return nil as String? }
        let pattern = "\(ShellQuote.posix(command.name))\\ \(place)"
        return "    \(pattern)) \(actions.isEmpty ? ":" : actions.joined(separator: "; ")) ;;"
      }
    }
    return function(
      "operand", "Offers what may stand at a place among the operands of a command.",
      ["  case \"$1 $2\" in"] + cases + ["    *) ;;", "  esac"])
  }

  private func commands() -> String {
    let names = table.shown.map { ShellQuote.posix($0.name) }
    return function("commands", "Offers the commands.", ["  _@P@_offer"].appendingWords(names))
  }

  /// The shell's call that offers something.
  private func action(_ completion: Completion) -> String? {
    switch completion {
    case .none: nil
    case .file: "_@P@_files -f"
    case .directory: "_@P@_files -d"
    case .words(let words):
      "_@P@_offer " + words.map(ShellQuote.posix).joined(separator: " ")
    case .stored(let kind): "_@P@_stored \(kind.rawValue)"
    case .attributes: "_@P@_attributes"
    case .command: "_@P@_commands"
    }
  }

  /// The options with the pattern that finds them by `command option`; those of all commands have no command.
  private func entries(
    where isWanted: (OptionDeclaration) -> Bool
  ) -> [(pattern: String, option: OptionDeclaration)] {
    let own = table.commands.flatMap { command in
      command.options.filter(isWanted).map { option in
        let shorts = command.dashWords != .operands
        let patterns = option.spellings(shorts: shorts)
          .map { ShellQuote.posix(command.name) + "\\ " + ShellQuote.posix($0) }
        return (patterns.joined(separator: " | "), option)
      }
    }
    let common = table.globals.filter(isWanted).map { option in
      let patterns = option.spellings(shorts: true).map { "*\\ \(ShellQuote.posix($0))" }
      return (patterns.joined(separator: " | "), option)
    }
    return own + common
  }

  private func function(_ name: String, _ comment: String, _ body: [String]) -> String {
    (["# \(comment)", "_@P@_\(name)() {"] + body + ["}"]).joined(separator: "\n")
  }
}

extension [String] {
  /// The last line with words added, broken into lines that can be read.
  fileprivate func appendingWords(_ words: [String]) -> [String] {
    var lines = self
    for word in words {
      if let last = lines.last, last.count + word.count < 90 {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines[lines.count - 1] += " \\"
        lines.append("    \(word)")
      }
    }
    return lines
  }
}
