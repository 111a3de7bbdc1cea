import TasksProgram
import TasksStore

/// A stretch of the log as a person names it: `A..B`, `A..`, `..B`, or `A` for `A..`.
struct LogRangeWords {
  private let after: String?
  private let through: String?

  init(_ word: String) throws(Failure) {
    let ends = word.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false)
    let names = ends.filter { !$0.isEmpty }
    guard !names.isEmpty else {
      throw .usage(
        "'\(word)' names no changes", hint: "all since a change: tasks diff change:3f2a..")
    }
    after = ends[0].isEmpty ? nil : try ChangeWords.prefix(String(ends[0]))
    through = ends.count < 2 || ends[1].isEmpty ? nil : try ChangeWords.prefix(String(ends[1]))
  }

  /// The changes that are meant; all of them are there, or it throws.
  func resolve(in store: Store) throws -> LogRange {
    .changes(
      after: try after.map { try store.change(idPrefix: $0) },
      through: try through.map { try store.change(idPrefix: $0) })
  }
}
