/// Words quoted for shells.
package enum ShellQuote {
  /// For bash and zsh: as it is where that is safe, else in single quotes.
  package static func posix(_ word: String) -> String {
    isSafe(word) && !reserved.contains(word) ? word : always(word)
  }

  /// For bash and zsh, in single quotes in any case.
  package static func always(_ word: String) -> String {
    "'" + word.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
  }

  /// For fish, in single quotes: there a backslash quotes a quote and itself.
  static func fish(_ word: String) -> String {
    if isSafe(word) { return word }
    return "'" + word.map { "\\'".contains($0) ? "\\\($0)" : String($0) }.joined() + "'"
  }

  /// Words of the shell's grammar; `done` is also a likely command.
  private static let reserved: Set = [
    "case", "coproc", "do", "done", "elif", "else", "end", "esac", "fi", "for", "foreach",
    "function", "if", "in", "nocorrect", "repeat", "select", "then", "time", "until", "while",
  ]

  private static func isSafe(_ word: String) -> Bool {
    !word.isEmpty
      && word.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
          || "-_./:+,".utf8.contains($0)
      }
  }
}
