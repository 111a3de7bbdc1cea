/// The completion function for zsh, a file `_tasks` on its `fpath`.
///
/// zsh's own `_arguments` reads the line; the specifications that it wants come from the table.
package struct ZshCompletion: Sendable {
  let table: CommandTable

  package init(_ table: CommandTable) {
    self.table = table
  }

  /// The file.
  package func text() -> String {
    let parts =
      [
        """
        #compdef @P@
        # Completion of @P@ for zsh. Made from the command table; edit that instead.
        """,
        main(), commands(), dispatch(),
      ] + table.shown.map(function(for:)) + [Self.offering, attributes(), "_@P@ \"$@\""]
    return parts.joined(separator: "\n\n").split(separator: "@P@", omittingEmptySubsequences: false)
      .joined(separator: table.program) + "\n"
  }
}

// MARK: - From the table

extension ZshCompletion {
  private func main() -> String {
    let specs =
      table.globals.flatMap { specifications(of: $0, shorts: true, attached: true) }
      + ["'1:command:_@P@_commands'", "'*:: :_@P@_words'"]
    return #"""
      _@P@() {
        local curcontext=$curcontext store= dashes=options ended= word
        local -a state line expl
        local -A opt_args
      \#(table.storeOption.map(findStore) ?? "")
        _arguments -C -s -S \
      \#(continued(specs, indent: 4))
      }
      """#
  }

  /// The lines that look for the store before `_arguments` cuts the line up.
  private func findStore(_ option: OptionDeclaration) -> String {
    let spellings = option.spellings(shorts: true).joined(separator: "|")
    return #"""
        local -i at
        for ((at = 2; at < CURRENT; at++)); do
          case ${(Q)words[at]} in
            (\#(spellings)) ((at + 1 < CURRENT)) && store=${(Q)words[at + 1]} ;;
            (--\#(option.long)=*) store=${${(Q)words[at]}#*=} ;;
          esac
        done
        [[ $store == '~/'* ]] && store=$HOME/${store#*/}
      """#
  }

  private func commands() -> String {
    let lines = table.shown.map { command in
      "    " + ShellQuote.always(described(command.name, command.summary))
    }
    return """
      _@P@_commands() {
        local -a found=(
      \(lines.joined(separator: "\n"))
        )
        _describe -t commands command found
      }
      """
  }

  private func dispatch() -> String {
    let cases = table.shown.map { command in
      let words = ([command.name] + command.aliases).map(ShellQuote.posix).joined(separator: "|")
      return
        "    (\(words)) dashes=\(command.dashWords.word); _@P@_command_\(identifier(command)) ;;"
    }
    return """
      _@P@_words() {
        [[ -n ${words[(r)--]} && ${words[(i)--]} -lt $CURRENT ]] && ended=1
        case $words[1] in
      \(cases.joined(separator: "\n"))
        esac
      }
      """
  }

  private func function(for command: CommandDeclaration) -> String {
    let shorts = command.dashWords != .operands
    let attached = command.dashWords == .options
    var specs = (command.options + table.globals).flatMap {
      specifications(of: $0, shorts: shorts, attached: attached)
    }
    let places = OperandPlaces(command.operands)
    for (index, operands) in places.first.enumerated() {
      specs.append(specification(of: operands, place: "\(index + 1):"))
    }
    if !places.rest.isEmpty { specs.append(specification(of: places.rest, place: "*")) }
    let flags = attached ? "-s -S" : "-S"
    return """
      _@P@_command_\(identifier(command))() {
        _arguments \(flags) \\
      \(continued(specs, indent: 4))
      }
      """
  }

  /// What `_arguments` is told of an option: one word for each of its spellings.
  private func specifications(
    of option: OptionDeclaration, shorts: Bool, attached: Bool
  ) -> [String] {
    let spellings = option.spellings(shorts: shorts)
    let exclusion = option.isRepeatable ? "*" : "(\(spellings.joined(separator: " ")))"
    return spellings.map { spelling in
      var spec = exclusion + spelling
      if option.value != nil {
        let isLong = spelling.hasPrefix("--")
        spec += isLong ? "=" : attached ? "+" : ""
      }
      spec += "[\(bracketed(option.help))]"
      if let value = option.value { spec += ":\(value):\(action([option.offered]))" }
      return ShellQuote.always(spec)
    }
  }

  private func specification(of operands: [OperandDeclaration], place: String) -> String {
    let names = operands.map(\.name).joined(separator: " or ")
    let optional = place != "*" && operands.allSatisfy { $0.minimum == 0 } ? ":" : ""
    let tag = place == "*" ? "*:" : place + optional
    return ShellQuote.always("\(tag)\(colonless(names)):\(action(operands.map(\.completion)))")
  }
}

// MARK: - Words of the shell

extension ZshCompletion {
  /// What to run for the completions.
  ///
  /// The blank in front keeps `_arguments` from adding options of its own.
  private func action(_ completions: [Completion]) -> String {
    let calls = completions.compactMap(call)
    if calls.isEmpty { return " " }
    return calls.count == 1 ? " \(calls[0])" : "{\(calls.joined(separator: "; "))}"
  }

  private func call(_ completion: Completion) -> String? {
    switch completion {
    case .none: nil
    case .file: "_files"
    case .directory: "_files -/"
    case .words(let words):
      "compadd -- " + words.map { colonless(ShellQuote.posix($0)) }.joined(separator: " ")
    case .stored(let kind): "_@P@_stored \(kind.rawValue)"
    case .attributes: "_@P@_attributes"
    case .command: "_@P@_commands"
    }
  }

  /// A text between brackets of a specification.
  private func bracketed(_ text: String) -> String {
    Prose.folded(text).map { "[]\\:".contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  /// A text between colons of a specification.
  private func colonless(_ text: String) -> String {
    text.map { $0 == ":" ? "\\:" : String($0) }.joined()
  }

  /// An entry for `_describe`.
  private func described(_ word: String, _ text: String) -> String {
    let text = Prose.folded(text).map { $0 == "\\" ? "\\\\" : String($0) }.joined()
    return word.map { ":\\".contains($0) ? "\\\($0)" : String($0) }.joined() + ":" + text
  }

  private func identifier(_ command: CommandDeclaration) -> String {
    command.name.map { $0 == "-" ? "_" : String($0) }.joined()
  }

  private func continued(_ words: [String], indent: Int) -> String {
    words.map { String(repeating: " ", count: indent) + $0 }.joined(separator: " \\\n")
  }
}

// MARK: - The same for every table

extension ZshCompletion {
  private static let offering = #"""
    # Offers what the store holds, each with what it is about and behind a prefix that the word already has.
    _@P@_stored() {
      local -a found lines
      local line word prefix=$2 typed=${(Q)PREFIX}
      lines=("${(@f)$(command @P@ ${store:+--store=$store} complete-words $1 -- "${typed#$prefix}" \
        2>/dev/null </dev/null)}")
      for line in ${lines:#}; do
        line=${line//\\/\\\\}
        word=${prefix//:/\\:}${${line%%$'\t'*}//:/\\:}
        [[ $line == *$'\t'* ]] && word+=:${line#*$'\t'}
        found+=($word)
      done
      (($#found)) && _describe -V -t $1 ${1%s} found
    }
    """#

  private func attributes() -> String {
    let keys = CompletionVocabulary.attributes.joined(separator: " ")
    let dated = CompletionVocabulary.dateAttributes.map { "\($0)*" }.joined(separator: "|")
    return #"""
      # Offers words of filters and edits: `project:home`, `+tag`, `due:friday`. After `--` every word is text.
      _@P@_attributes() {
        [[ -n $ended ]] && return 1
        case $PREFIX in
          (project:*) _@P@_stored projects project: ;;
          (priority:*) compset -P priority: && compadd -- \#(CompletionVocabulary.priorities.joined(separator: " ")) ;;
          (\#(dated))
            compset -P '*:' && compadd -- \#(CompletionVocabulary.dates.joined(separator: " ")) ;;
          (+*) _@P@_stored tags + ;;
          (-*) [[ $dashes != options ]] && _@P@_stored tags - ;;
          (*) compadd -S '' -- \#(keys) ;;
        esac
      }
      """#
  }
}
