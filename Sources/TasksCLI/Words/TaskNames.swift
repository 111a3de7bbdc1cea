import TasksModel
import TasksProgram
import TasksStore

/// The tasks that a person names: `3`, `3-6,9`, `3f2a`, `id:1234`.
struct TaskNames {
  private enum Name {
    case number(Int)
    case prefix(String)
  }

  private let names: [Name]

  /// More than anybody means; a slip such as `1-9999999` would otherwise keep the machine busy.
  private static let most = 100_000

  /// Understands words that must all name tasks.
  init(_ words: [String]) throws(Failure) {
    var names: [Name] = []
    for word in words {
      guard let parts = TaskNames.parts(of: word) else {
        throw .usage("'\(word)' does not name a task", hint: TaskNames.help)
      }
      names += parts
    }
    self.names = names
  }

  /// Whether a word has the form of a name.
  static func isName(_ word: String) -> Bool { parts(of: word) != nil }

  var isEmpty: Bool { names.isEmpty }

  static let help =
    "a task is named by its number or the first characters of its id; several by 3-6,9"

  /// The tasks, each once, in the order named.
  ///
  /// All of them are there, or it throws.
  func resolve(in store: Store) throws -> [TaskKey] {
    var keys: [TaskKey] = []
    var seen: Set<TaskKey> = []
    for name in names {
      let key =
        switch name {
        case .number(let number): try store.task(numbered: number)
        case .prefix(let prefix): try store.task(idPrefix: prefix)
        }
      if seen.insert(key).inserted { keys.append(key) }
    }
    return keys
  }

  private static func parts(of word: String) -> [Name]? {
    var names: [Name] = []
    for part in word.split(separator: ",", omittingEmptySubsequences: false) {
      if let number = number(part) {
        names.append(.number(number))
      } else if let range = range(part) {
        guard range.count <= most else { return nil }
        names += range.map(Name.number)
      } else if let prefix = prefix(part) {
        names.append(.prefix(prefix))
      } else {
        return nil
      }
    }
    return names
  }

  /// Up to seven digits are a number; eight may be the start of an id.
  private static func number(_ text: some StringProtocol) -> Int? {
    guard (1...7).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return Int(text)
  }

  private static func range(_ text: Substring) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let first = number(ends[0]), let last = number(ends[1]), first <= last
    else { return nil }
    return first...last
  }

  private static func prefix(_ text: Substring) -> String? {
    let digits = text.hasPrefix("id:") ? text.dropFirst(3) : text
    guard (4...36).contains(digits.utf8.count),
      digits.utf8.enumerated().allSatisfy({ place, byte in
        // The dashes stand where a UUID has them.
        [8, 13, 18, 23].contains(place)
          ? byte == UInt8(ascii: "-") : Hexadecimal.value(of: byte) != nil
      })
    else { return nil }
    return String(digits)
  }
}
