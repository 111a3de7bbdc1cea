/// The words that the client is started with.
///
/// Nobody but `tasks` types them, so nothing is guessed.
package struct ClientArguments: Equatable, Sendable {
  package var host = ""
  package var user: String?
  package var port: Int?
  /// Nobody is there to be asked.
  package var isInBackground = false
  /// Seconds.
  package var connectTimeout: Int?
  package var isVerbose = false

  package static let help = """
    Usage: tasks-ssh [--user U] [--port N] [--background] [--connect-timeout S] [-v] HOST
    Carries SFTP between its input and output and a server, over SSH. Part of tasks, which starts it when it is needed.
    Reads the configuration of ssh, or the file that TASKS_SSH_CONFIG names.

    """

  /// Understands the words after the program's name.
  package init(_ words: [String]) throws(SSHFailure) {
    var words = words[...]
    while let word = words.popFirst() {
      switch word {
      case "--user": user = try Self.value(of: word, &words)
      case "--port": port = try Self.number(of: word, &words, upTo: 65_535)
      case "--connect-timeout":
        connectTimeout = try Self.number(of: word, &words, upTo: 86_400)
      case "--background": isInBackground = true
      case "-v": isVerbose = true
      default:
        guard host.isEmpty, Self.isHarmless(word) else {
          throw .misconfigured("unexpected: \(word)")
        }
        host = word
      }
    }
    guard !host.isEmpty else { throw .misconfigured("no host") }
  }

  private static func value(
    of name: String, _ words: inout ArraySlice<String>
  ) throws(SSHFailure) -> String {
    guard let value = words.popFirst(), isHarmless(value) else {
      throw .misconfigured("\(name) needs a value")
    }
    return value
  }

  private static func number(
    of name: String, _ words: inout ArraySlice<String>, upTo most: Int
  ) throws(SSHFailure) -> Int {
    guard let number = Int(try value(of: name, &words)), (1...most).contains(number) else {
      throw .misconfigured("\(name) needs a number from 1 to \(most)")
    }
    return number
  }

  /// What begins with `-` may be meant as an option, by us or by `ssh -G`.
  private static func isHarmless(_ word: String) -> Bool {
    !word.isEmpty && word.utf8.first != UInt8(ascii: "-")
      && word.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f }
  }
}
