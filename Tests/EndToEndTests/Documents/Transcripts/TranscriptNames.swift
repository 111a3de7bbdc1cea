import Foundation

/// What the names that are drawn at random in a document are called in this run.
///
/// The first time that one is printed says what it stands for; from then on it must be the same, and commands may use it.
struct TranscriptNames {
  private var real: [String: String] = [:]
  private var documented: [String: String] = [:]

  /// Ids of tasks, changes, devices and conflicts, long or short, names of files, fingerprints of keys.
  private let expression =
    #/
    \b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b | \b[0-9a-f]{2}\/[0-9a-f]{64}\b
    | \b[0-9a-f]{8,64}\b | SHA256:[A-Za-z0-9+\/]{43}
    /#.wordBoundaryKind(.simple)

  /// Takes from a line of a document, and from what was printed in its place, what names are new.
  mutating func learn(_ documentedLine: String, _ realLine: String) {
    let pair = [documentedLine, realLine].map { $0.matches(of: expression).map { String($0.0) } }
    guard pair[0].count == pair[1].count else { return }
    for (name, value) in zip(pair[0], pair[1]) where name.count == value.count {
      // What is short is the start of what is long.
      let (start, realStart) = (String(name.prefix(8)), String(value.prefix(8)))
      guard real[name] == nil, documented[value] == nil, real[start] ?? realStart == realStart,
        documented[realStart] ?? start == start
      else { continue }
      for (name, value) in [(name, value), (start, realStart)] {
        real[name] = value
        documented[value] = name
      }
    }
  }

  /// A text of the document with what its names are in this run.
  func real(_ text: String) -> String {
    text.replacing(expression) { real[String($0.0)] ?? String($0.0) }
  }

  /// A text of this run with the names that the document has for what is in it.
  func documented(_ text: String) -> String {
    text.replacing(expression) { match in
      let value = String(match.0)
      let start = documented[String(value.prefix(8))].map { $0 + value.dropFirst(8) }
      return documented[value] ?? start ?? value
    }
  }
}
